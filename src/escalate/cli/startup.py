"""What makes the program start faster, done before anything heavy is imported.

None of it happens to those who import the library: a program may do with its own process
what a library may not.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any, Final

from escalate.modelling import prefer_light

__all__ = ["hasten"]

_LOADER: Final = "pydantic.plugin._loader"


def hasten() -> None:
    """Leave out what only other programs need."""
    prefer_light()
    # Nearly all that is made while starting stays until the end: no garbage to look for.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)  # nor when it ends: the process goes, and all with it
    if _LOADER not in sys.modules:
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        sys.modules[_LOADER] = _NoPlugins(_LOADER)


class _NoPlugins(ModuleType):
    """Stands for pydantic's search for plugins, which reads about every package that is
    installed and is a seventh of the time of a check. Whatever else is asked of it, the
    real module answers."""

    @staticmethod
    def get_plugins() -> Iterable[Any]:
        """There are none."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from importlib import import_module

        del sys.modules[_LOADER]
        return getattr(import_module(_LOADER), name)
