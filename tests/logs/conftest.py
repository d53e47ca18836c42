"""The logs and readers that several files of tests ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from support import logs


@pytest.fixture(scope="session")
def log() -> Callable[[str], Path]:
    """The path of one log, by folder and file."""
    return logs.log


@pytest.fixture(scope="session")
def servicenow() -> ModuleType:
    """The reader of ServiceNow's audit log."""
    return logs.reader("servicenow")


@pytest.fixture(scope="session")
def boston() -> ModuleType:
    """The reader of Boston's service requests."""
    return logs.reader("boston311")
