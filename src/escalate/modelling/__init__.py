"""What the models of the language are made of: pydantic, in one of two forms of one meaning.

The models are written with the words of :mod:`escalate.modelling.words`, which are
pydantic's. Who imports the library gets them as they are. To load pydantic's models and to
make ours of them takes longer, though, than all else that a check of a policy does. So what
pydantic makes of each model, its core schema, is kept with the package as Python keeps
bytecode (``escalate.policy.core_schemas``, written by ``make schema``), and a program that
asks for it before it imports the models, the command line, gets the *light* form: plain
classes, checked and filled from the same schemas by the same ``pydantic_core``. Only to
validate, copy and compare; whatever else pydantic's models can do, the light ones cannot.
"""

from __future__ import annotations

from typing import Final

__all__ = ["NEWEST", "OLDEST", "is_light", "prefer_light"]

OLDEST: Final = (2, 23)
"""The first ``pydantic_core`` for which tests hold both forms equal: that of pydantic 2.9."""

NEWEST: Final = (2, 50)
"""The last one: that of pydantic 2.14."""

_preferred = False


def prefer_light() -> None:
    """Ask for the light form. In vain where the models have been imported already."""
    global _preferred
    _preferred = True


def is_light() -> bool:
    """Whether models that are imported now are light ones: somebody has asked for them, and
    the installed ``pydantic_core`` is one of those that are known to read the kept schemas."""
    if not _preferred:
        return False
    from pydantic_core import __version__

    major, minor, *_ = __version__.split(".")
    return OLDEST <= (int(major), int(minor)) <= NEWEST
