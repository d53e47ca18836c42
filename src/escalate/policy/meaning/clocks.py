"""Can a clock end as its author means? Language: "Time", resolving and closing."""

from __future__ import annotations

from typing import Final

from escalate.errors import Severity
from escalate.policy.meaning.context import Context

__all__ = ["check_clocks"]

_OVER: Final = frozenset({"resolved", "closed"})


def check_clocks(context: Context) -> None:
    """Resolving ends every clock, so one until closing ends no later; and where that counts
    for nothing, a clock that only it ends is never met."""
    phases = set(context.policy.status_phases().values())
    for name, clock in context.policy.clocks.items():
        until, path = set(clock.until), ("clocks", name, "until")
        if not clock.resolved_counts and until <= _OVER:
            context.report(
                "ESC535",
                f"the clock `{name}` is never met: only resolving ends it, which does not count",
                ("clocks", name, "resolved_counts"),
                "leave out `resolved_counts: false`, or say what else ends it in `until`",
                severity=Severity.WARNING,
            )
        late = "closed" in until and "resolved" not in until and "resolved" in phases
        if late and not _OVER & set(clock.from_):
            context.report(
                "ESC536",
                f"the clock `{name}` ends when the ticket is resolved, before it is closed",
                path,
                "write `until: resolved`; or `from: resolved` for the time until closing",
                severity=Severity.WARNING,
            )
