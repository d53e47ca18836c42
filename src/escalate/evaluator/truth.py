"""Kleene's three values, each with when it can change and what was missing.

A :data:`Truth` is ``(value, horizon, missing)``: ``value`` is true, false or ``None``
for unknown; ``horizon`` is the earliest instant (microseconds since 1970) at which
time alone can change the value or the missing set; ``missing`` names the absent facts
that leave it unknown. Language: "Conditions", missing data; "Laws", 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.context import Context

__all__ = [
    "FALSE",
    "NO_EVENTS",
    "TRUE",
    "Asks",
    "Truth",
    "all_of",
    "any_of",
    "not_of",
    "truth",
    "unknown",
]

Truth = tuple[bool | None, int, tuple[str, ...]]
Asks = Callable[["Context"], Truth]
"""A compiled condition."""

TRUE: Final[Truth] = (True, NEVER, ())
FALSE: Final[Truth] = (False, NEVER, ())


def unknown(*missing: str) -> Truth:
    """Unknown for want of these facts, until somebody gives them."""
    return (None, NEVER, missing)


NO_EVENTS: Final = unknown("events")


def truth(value: bool, horizon: int = NEVER) -> Truth:
    """True or false, until ``horizon``."""
    if horizon >= NEVER:
        return TRUE if value else FALSE
    return (value, horizon, ())


def conjunction(truths: Sequence[Truth]) -> Truth:
    """All of them. False stays false until the *last* of the false ones can change."""
    earliest, latest_false, open_ = NEVER, -1, False
    missing: tuple[str, ...] = ()
    for value, horizon, lacks in truths:
        if value is False:
            latest_false = max(latest_false, horizon)
            continue
        earliest = min(earliest, horizon)
        if value is None:
            open_ = True
            missing += lacks
    if latest_false >= 0:
        return truth(False, latest_false)
    return (None, earliest, missing) if open_ else truth(True, earliest)


def all_of(parts: Sequence[Asks]) -> Asks:
    """Every part holds."""
    if not parts:
        return lambda ctx: TRUE
    if len(parts) == 1:
        return parts[0]

    def ask(ctx: Context) -> Truth:
        earliest, latest_false, open_ = NEVER, -1, False
        missing: tuple[str, ...] = ()
        for part in parts:
            value, horizon, lacks = part(ctx)
            if value is False:
                if horizon >= NEVER:
                    return FALSE
                if horizon > latest_false:
                    latest_false = horizon
                continue
            if horizon < earliest:
                earliest = horizon
            if value is None:
                open_ = True
                missing += lacks
        if latest_false >= 0:
            return (False, latest_false, ())
        return (None, earliest, missing) if open_ else truth(True, earliest)

    return ask


def any_of(parts: Sequence[Asks]) -> Asks:
    """At least one part holds: the mirror image of :func:`all_of`."""
    if len(parts) == 1:
        return parts[0]

    def ask(ctx: Context) -> Truth:
        earliest, latest_true, open_ = NEVER, -1, False
        missing: tuple[str, ...] = ()
        for part in parts:
            value, horizon, lacks = part(ctx)
            if value is True:
                if horizon >= NEVER:
                    return TRUE
                if horizon > latest_true:
                    latest_true = horizon
                continue
            if horizon < earliest:
                earliest = horizon
            if value is None:
                open_ = True
                missing += lacks
        if latest_true >= 0:
            return (True, latest_true, ())
        return (None, earliest, missing) if open_ else truth(False, earliest)

    return ask


def not_of(part: Asks) -> Asks:
    """The part does not hold."""

    def ask(ctx: Context) -> Truth:
        value, horizon, missing = part(ctx)
        return (None if value is None else not value, horizon, missing)

    return ask
