"""What is wrong with a declared field is said in an author's words, at its place."""

from __future__ import annotations

import pytest

from escalate import Engine, TicketError
from escalate.policy.loader import load_text

POLICY = """
escalate: 1
name: fields
owners: {o: team}
levels: [{id: L1, owner: o}]
fields:
  severity: {ordered: [low, high]}
  impact: {type: integer, minimum: 1, maximum: 3}
  vip: {type: boolean}
  parts: {type: array, items: {type: string}}
"""

CASES = {
    "severity": ("hihg", "severity", "is `hihg`, which is not among its values", "`high`"),
    "impact": ("two", "impact", "is text, not a whole number", None),
    "vip": (1, "vip", "is a number, not true or false", None),
    "parts": (["a", 2], "parts[1]", "is a number, not text", None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_value(name: str) -> None:
    value, path, message, hint = CASES[name]
    said = wrong(name, value)
    assert (said.code, said.path, said.message) == ("ESC919", path, f"`{path}` {message}")
    assert (hint is None and said.help is None) or hint in said.help


@pytest.mark.parametrize(("value", "message"), [(0, "is `0`, less than 1"), (4, "more than 3")])
def test_a_value_out_of_bounds(value: int, message: str) -> None:
    assert message in wrong("impact", value).message


def test_right_values() -> None:
    given = {"severity": "low", "impact": 2, "vip": True, "parts": ["a"]}
    assert engine().ticket(ticket(**given)).values["impact"] == 2


def engine() -> Engine:
    loaded = load_text(POLICY)
    assert loaded.policy is not None, loaded.diagnostics
    return Engine(loaded.policy)


def ticket(**values: object) -> dict[str, object]:
    return {"id": "T", "created_at": "2026-11-12T09:00:00Z", **values}


def wrong(name: str, value: object):
    with pytest.raises(TicketError) as told:
        engine().ticket(ticket(**{name: value}))
    (found,) = told.value.diagnostics
    return found


def test_who_did_it_is_no_matter_of_fields() -> None:
    """What an event says has a code of its own."""
    event = {"at": "2026-11-20T09:20:00+02:00", "type": "reply", "by": "supervisor"}
    with pytest.raises(TicketError) as caught:
        engine().ticket(ticket(events=[event]))
    [said] = caught.value.diagnostics
    assert (said.code, said.path) == ("ESC920", "events[0].by")
