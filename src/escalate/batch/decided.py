"""Decisions as columns: the schema, and decisions of the scalar engine put into it.

Page: "Decisions in columns".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from escalate.batch.extra import pa
from escalate.batch.schema import INSTANT
from escalate.decision import Decision
from escalate.errors import TicketError
from escalate.policy.level import DEADLINES
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["STEPS", "WAYS", "Refused", "columns_of_decisions", "decision_schema"]

STEPS: Final = ("hold", "act", "ask", "enter", "escalate", "transfer")
WAYS: Final = ("columns", "engine")

_CODED: Final = pa.dictionary(pa.int32(), pa.string())
_SEVERAL: Final = pa.list_(_CODED)


class Refused(NamedTuple):
    """A row that cannot be decided: its ticket's id as far as known, a code and why."""

    ticket: str | None
    code: str
    why: str

    @classmethod
    def of(cls, ticket: object, error: TicketError) -> Refused:
        """All that is wrong with a row, under the code of the first of it."""
        found = error.diagnostics
        ident = None if ticket is None else str(ticket)
        return cls(ident, found[0].code, "; ".join(_said(d.path, d.message) for d in found))


def _said(path: str, message: str) -> str:
    return message if not path or f"`{path}`" in message else f"{path}: {message}"


def decision_schema(policy: Policy | PolicySet, *, full: bool = False) -> Any:
    """The Arrow schema of a policy's decisions in columns.

    ``full`` adds ``decision``, the whole decision as JSON text. Page: "Decisions in columns".
    """
    fields = [
        ("ticket", pa.string()),
        ("now", INSTANT),
        ("step", _CODED),
        ("key", _CODED),
        ("trigger", _CODED),
        ("fired", _SEVERAL),
        ("kind", _CODED),
        ("path", _CODED),
        *((f"{way}_{what}", _CODED) for way in ("from", "to") for what in _STAND),
        *((f"due_{name}", INSTANT) for name in DEADLINES),
    ]
    for name in clock_names(policy):
        fields += [(f"clock.{name}.state", _CODED), (f"clock.{name}.due", INSTANT)]
    fields += [
        ("missing", _SEVERAL),
        ("warnings", _SEVERAL),
        ("next_check_at", INSTANT),
        ("by", _CODED),
        ("error_code", _CODED),
        ("error", pa.string()),
    ]
    if full:
        fields.append(("decision", pa.string()))
    return pa.schema(fields)


_STAND: Final = ("level", "owner", "assignee")


def clock_names(policy: Policy | PolicySet) -> tuple[str, ...]:
    """The clocks of a policy, or all that a set's policies have."""
    policies = [policy] if isinstance(policy, Policy) else list(policy)
    return tuple(dict.fromkeys(name for one in policies for name in one.clocks))


def columns_of_decisions(
    found: Sequence[Decision | Refused], now: int, schema: Any
) -> Mapping[str, Any]:
    """What the scalar engine decided, as the columns of the schema."""
    made = [one if isinstance(one, Decision) else None for one in found]

    def texts(values: Iterable[Any]) -> Any:
        return pa.array(list(values), pa.string()).dictionary_encode()

    def several(values: Iterable[Any]) -> Any:
        plain = pa.array(list(values), pa.list_(pa.string()))
        return pa.ListArray.from_arrays(
            plain.offsets,
            plain.values.dictionary_encode(),
            mask=plain.is_null() if plain.null_count else None,
        )

    def of(take: Any) -> list[Any]:
        return [None if one is None else take(one) for one in made]

    columns: dict[str, Any] = {
        "ticket": pa.array([one.ticket for one in found], pa.string()),
        "now": pa.array([now] * len(found), INSTANT),
        "step": texts(of(lambda d: d.step)),
        "key": texts(of(lambda d: d.key)),
        "trigger": texts(of(lambda d: d.trigger)),
        "fired": several(of(lambda d: [fired.trigger for fired in d.fired])),
        "kind": texts(of(lambda d: d.kind)),
        "path": texts(of(lambda d: d.path)),
        "missing": several(of(lambda d: list(d.missing))),
        "warnings": several(of(lambda d: [warned.code for warned in d.warnings])),
        "next_check_at": pa.array(of(lambda d: d.next_us), INSTANT),
        "by": texts([WAYS[1]] * len(found)),
        "error_code": texts(one.code if isinstance(one, Refused) else None for one in found),
        "error": pa.array(
            [one.why if isinstance(one, Refused) else None for one in found], pa.string()
        ),
    }
    for i, what in enumerate(_STAND):
        columns[f"from_{what}"] = texts(of(lambda d, i=i: d.from_[i]))
        columns[f"to_{what}"] = texts(of(lambda d, i=i: d.to[i]))
    for name in DEADLINES:
        columns[f"due_{name}"] = pa.array(of(lambda d, n=name: d.deadlines.get(n)), INSTANT)
    for name in schema.names:
        if name.startswith("clock."):
            clock, _, what = name.removeprefix("clock.").rpartition(".")
            shown = [None if d is None else d.clocks.get(clock) for d in made]
            if what == "state":
                columns[name] = texts(None if c is None else c.state for c in shown)
            else:
                due = [None if c is None else c.due_us for c in shown]
                columns[name] = pa.array(due, INSTANT)
    if "decision" in schema.names:
        columns["decision"] = pa.array(of(lambda d: d.to_json_text()), pa.string())
    return columns
