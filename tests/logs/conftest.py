"""Where the public logs are, and the readers that turn them into tickets.

The logs are not part of the project. `ESCALATE_DATA` names their folder; without it they
are looked for beside the checkout. Where they are absent the tests are skipped, but not in
continuous integration.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "examples" / "logs"


@pytest.fixture(scope="session")
def log() -> Callable[[str], Path]:
    """The path of one log, by folder and file."""
    given = os.environ.get("ESCALATE_DATA")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            said = f"{name} is not there; set ESCALATE_DATA to the folder that holds it"
            if os.environ.get("CI") == "true":
                pytest.fail(said)
            pytest.skip(said)
        return path

    return find


def reader(name: str) -> ModuleType:
    """A script of `examples/logs` as a module."""
    spec = importlib.util.spec_from_file_location(name, LOGS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def servicenow() -> ModuleType:
    """The reader of ServiceNow's audit log."""
    return reader("servicenow")


@pytest.fixture(scope="session")
def boston() -> ModuleType:
    """The reader of Boston's service requests."""
    return reader("boston311")
