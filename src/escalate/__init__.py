"""Escalation policies as files: who takes a ticket next, by when, and why.

The public names, each fetched when it is first asked for: importing the package costs
next to nothing. Everything else is reached through its folder and may change faster.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from escalate.agenda import Agenda
    from escalate.checking.check import check
    from escalate.decision import Decision
    from escalate.desk import Desk
    from escalate.errors import Diagnostic, EscalateError, PolicyError, TicketError
    from escalate.evaluator.apply import apply
    from escalate.evaluator.choosing import decide, engine_for
    from escalate.evaluator.engine import Engine
    from escalate.policy.loader import load_policies, load_policy
    from escalate.policy.policy import Policy
    from escalate.policy.policy_set import PolicySet
    from escalate.ticket import Ticket
    from escalate.worktime.calendar import Calendar
    from escalate.worktime.duration import Duration

__all__ = [
    "Agenda",
    "Calendar",
    "Decision",
    "Desk",
    "Diagnostic",
    "Duration",
    "Engine",
    "EscalateError",
    "Policy",
    "PolicyError",
    "PolicySet",
    "Ticket",
    "TicketError",
    "apply",
    "check",
    "decide",
    "engine_for",
    "load_policies",
    "load_policy",
]

_HOMES: Final = {
    "Agenda": "agenda",
    "Calendar": "worktime.calendar",
    "Decision": "decision",
    "Desk": "desk",
    "Diagnostic": "errors",
    "Duration": "worktime.duration",
    "Engine": "evaluator.engine",
    "EscalateError": "errors",
    "Policy": "policy.policy",
    "PolicyError": "errors",
    "PolicySet": "policy.policy_set",
    "Ticket": "ticket",
    "TicketError": "errors",
    "apply": "evaluator.apply",
    "check": "checking.check",
    "decide": "evaluator.choosing",
    "engine_for": "evaluator.choosing",
    "load_policies": "policy.loader",
    "load_policy": "policy.loader",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
