"""Two decisions side by side: the comparable parts, and the smallest useful difference."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from escalate.decision import Action, Decision
from escalate.worktime.zone import to_us

__all__ = ["comparable", "difference"]

SAID = frozenset(
    {"assignee", "assignees", "fields", "items", "on_duty", "promises", "urgency", "with"}
)
"""What an action says of itself; other words are for the reader alone."""


def comparable(decision: Decision) -> dict[str, Any]:
    """A decision of the engine in the form of the slow evaluator."""
    return {
        "step": decision.step,
        "key": decision.key,
        "trigger": decision.trigger,
        "fired": [
            {"trigger": f.trigger, "key": f.key, "requests": tuple(f.requests), "spent": f.spent}
            for f in decision.fired
        ],
        "kind": decision.kind,
        "path": decision.path,
        "from": decision.from_.to_json(),
        "to": decision.to.to_json(),
        "deadlines": dict(decision.deadlines),
        "clocks": {
            name: {
                "state": c.state,
                "due": c.due_us,
                "elapsed": c.elapsed_us,
                "remaining": c.remaining_us,
                "overdue": c.overdue_us,
                "cycle": c.cycle,
            }
            for name, c in decision.clocks.items()
        },
        "actions": [
            {
                "action": a.action,
                "key": a.key,
                "to": a.to,
                "message": a.message,
                "text": a.text,
                "channels": list(a.channels) if a.action == "notify" else [],
                "what": {k: a.what[k] for k in SAID & a.what.keys() if a.what[k] is not None}
                | _held(a),
            }
            for a in decision.actions
        ],
        "missing": sorted(decision.missing),
        "warnings": sorted({w.code for w in decision.warnings}),
    }


def _held(action: Action) -> dict[str, Any]:
    until = action.what.get("hold_until")
    return {} if until is None else {"hold_until": to_us(datetime.fromisoformat(until))}


def difference(fast: Any, slow: Any, path: str = "", exact: bool = False) -> list[str]:
    """Where the two differ, innermost places only, as lines of text.

    Unless ``exact``, the engine may name more as missing than the slow evaluator does:
    it may look at more than it needs, but must tell what it needs.
    """
    if fast == slow:
        return []
    if isinstance(fast, dict) and isinstance(slow, dict):
        found = []
        for key in dict.fromkeys([*fast, *slow]):
            if key == "status" and not path:
                continue
            if key == "missing" and not path and not exact:
                if not set(slow[key]) <= set(fast[key]):
                    found.append(f"missing: engine {fast[key]!r}, slow {slow[key]!r}")
            elif key not in fast or key not in slow:
                found += difference(
                    fast.get(key, "absent"), slow.get(key, "absent"), f"{path}.{key}"
                )
            else:
                found += difference(fast[key], slow[key], f"{path}.{key}")
        return found
    if isinstance(fast, list) and isinstance(slow, list) and len(fast) == len(slow):
        return [
            line
            for i, (a, b) in enumerate(zip(fast, slow, strict=True))
            for line in difference(a, b, f"{path}[{i}]")
        ]
    return [f"{path.lstrip('.')}: engine {fast!r}, slow {slow!r}"]
