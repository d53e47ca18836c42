"""Tests of policies: what is expected of decisions, written beside the policy.

The author's page is docs/testing.md. The names are fetched when they are first asked for:
the plugin for pytest is loaded by everybody who has both.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from escalate.testing.coverage import Coverage
    from escalate.testing.outcome import Failure, FileOutcome, Outcome, Unmet
    from escalate.testing.runner import NothingToTestError, Report, run

__all__ = [
    "Coverage",
    "Failure",
    "FileOutcome",
    "NothingToTestError",
    "Outcome",
    "Report",
    "Unmet",
    "run",
]

_HOMES: Final = {
    "Coverage": "coverage",
    "Failure": "outcome",
    "FileOutcome": "outcome",
    "NothingToTestError": "runner",
    "Outcome": "outcome",
    "Report": "runner",
    "Unmet": "outcome",
    "run": "runner",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
