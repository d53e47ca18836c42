"""What is read in few steps is what is read key by key; what is odd is refused by both."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from escalate import Ticket, TicketError, load_policy
from escalate.policy.json_text import read_pairs
from escalate.policy.loader import load_text
from escalate.policy.policy import Policy
from escalate.policy.ticket_fields import FieldChecker
from escalate.policy.ticket_reader import TicketReader
from escalate.reading import read_ticket

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted((EXAMPLES / "policies").glob("*.escalation.yaml"))
ODD: tuple[Any, ...] = (
    None, "", "x", "agent", "L1", 0, 7, -1, 2.5, 1e300, True, False, [], ["x"], [1], [None], {},
    {"x": 1}, "2026-11-20T09:12:00+02:00", "2026-11-20T09:12:00", "2026-11-20", "1960-01-01T00:00Z",
)  # fmt: skip
NAMES = (
    "id", "created_at", "status", "tags", "customer", "events", "done", "fields", "level", "owner",
    "priority", "resolved_at", "first_reply_at", "at", "type", "by", "to", "from", "public", "key",
    "requests", "text", "name", "tier", "unknown",
)  # fmt: skip


ANYTHING = """\
escalate: 1
name: anything
timezone: UTC
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
calendar: office
statuses: {open: [open], resolved: [solved], closed: [closed]}
fields: {whatever: {description: any}, things: {type: array}}
owners: {desk: team}
levels: [{id: L1, owner: desk}]
triggers: []
"""


def key_by_key(policy: Policy, raw: object) -> Ticket:
    return read_ticket(raw, frozenset(policy.fields), FieldChecker(policy).check_values)


def said(read: Any, raw: object) -> Any:
    try:
        ticket = read(raw)
    except TicketError as error:
        return [str(found) for found in error.diagnostics]
    return ticket, list(ticket.values), ticket.to_json()


def changed(raw: dict[str, Any], draw: Random) -> dict[str, Any]:
    """The ticket with something odd in one place."""
    odd = copy.deepcopy(raw)
    places: list[Any] = [odd]
    for place in places:
        inner = place.values() if isinstance(place, dict) else place
        places += [part for part in inner if isinstance(part, dict | list) and part]
    place = draw.choice(places)
    if isinstance(place, list):
        place[draw.randrange(len(place))] = draw.choice(ODD)
    elif draw.random() < 0.2:
        del place[draw.choice(list(place))]
    else:
        name = draw.choice((*place, *NAMES))
        place[name] = draw.choice(ODD)
    return odd


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_both_ways_of_reading(path: Path) -> None:
    policy = load_policy(path)
    reader, draw = TicketReader(policy), Random(path.name)
    lines = (EXAMPLES / "tickets" / f"{path.name.split('.')[0]}.jsonl").read_text().splitlines()
    read = refused = 0
    for line in filter(str.strip, lines):
        raw = json.loads(line)
        for version in (raw, *(changed(raw, draw) for _ in range(60))):
            found = said(lambda raw: key_by_key(policy, raw), version)
            text = json.dumps(version)
            # A function for a shape is written when it comes again: ticket, customer, events.
            for _ in range(6 if isinstance(found, tuple) else 1):
                assert said(reader.read, version) == found
                assert said(reader.read_text, text) == found
            read += isinstance(found, tuple)
            refused += isinstance(found, list)
    assert read > 50
    assert refused > 50


def short(reader: TicketReader, raw: dict[str, Any]) -> Ticket | None:
    """The ticket, if it is read by a function for its shape; from text so read, too."""
    for _ in range(8):
        reader.read(raw), reader.read_text(json.dumps(raw))
    ticket = reader._swiftly(raw, reader._mappings)
    assert reader._swiftly(read_pairs(json.dumps(raw)), reader._pairs) == ticket
    return ticket


def test_a_usual_ticket_is_read_in_few_steps() -> None:
    policy = load_policy(POLICIES[0])
    lines = (EXAMPLES / "tickets" / f"{POLICIES[0].name.split('.')[0]}.jsonl").read_text()
    for line in filter(str.strip, lines.splitlines()):
        raw = json.loads(line)
        assert short(TicketReader(policy), raw) == key_by_key(policy, raw)


def test_what_is_null_is_as_good_as_absent_also_in_few_steps() -> None:
    policy = load_policy(EXAMPLES / "policies" / "customer-support.escalation.yaml")
    raw = {"id": 7, "assignee": None, "created_at": "2026-11-20T09:12:00Z", "resolved_at": None}
    raw |= {"customer": {"email": None, "name": "x"}, "unknown": None, "tags": ["a"]}
    entered = {"at": "2026-11-20T09:12:00Z", "type": "entered", "from": None, "to": "L1"}
    raw |= {"events": [entered, {**entered, "owner": "x"}]}
    found = short(TicketReader(policy), raw)
    assert found == key_by_key(policy, raw)
    assert list(found.values) == list(key_by_key(policy, raw).values)
    odd = {**raw, "events": [{**entered, "public": None}]}
    assert short_fails(TicketReader(policy), odd) == ["ESC914"]


def short_fails(reader: TicketReader, raw: dict[str, Any]) -> list[str]:
    for _ in range(8):
        with pytest.raises(TicketError) as raised:
            reader.read(raw)
    return [d.code for d in raised.value.diagnostics]


TWICE = {
    '"owner": "L1", "owner": null': "ESC903",
    '"customer": {"tier": "gold", "tier": "gold"}': "ESC903",
    '"events": [{"at": "2026-11-20T09:12:00Z", "type": "reply", "by": "bot", "by": "bot"}]': (
        "ESC903"
    ),
    f'"subject": "x", "priority": {"1" * 101}': "ESC906",
    '"subject": "\\ud800"': "ESC907",
    '"subject": "\ud800"': "ESC907",
    f'"subject": {"[" * 101 + "]" * 101}': "ESC905",
    '"priority": NaN': "ESC904",
    '"priority": 1e999': "ESC906",
    '"priority": 1, ': "ESC902",
}


@pytest.mark.parametrize("more", TWICE, ids=lambda more: repr(more[:25]))
def test_what_is_wrong_with_the_text_is_found_on_the_short_way_too(more: str) -> None:
    policy = load_policy(EXAMPLES / "policies" / "customer-support.escalation.yaml")
    reader = TicketReader(policy)
    usual = {"owner": "x", "customer": {"tier": "gold"}, "events": [], "priority": "P1"}
    for name, value in usual.items():
        short(reader, {"id": "T", "created_at": "2026-11-20T09:12:00Z", name: value})
    text = '{"id": "T", "created_at": "2026-11-20T09:12:00Z"}'
    assert reader.read_text(text) == reader.read(json.loads(text))
    with pytest.raises(TicketError) as raised:
        reader.read_text(f"{text[:-1]}, {more}}}")
    assert raised.value.diagnostics[0].code == TWICE[more]


def test_objects_within_fields_stay_mappings() -> None:
    loaded = load_text(ANYTHING, "anything.escalation.yaml")
    assert loaded.policy is not None
    raw = {
        "id": 7,
        "created_at": "2026-11-20T09:12:00Z",
        "whatever": {"x": [1]},
        "things": [{"y": 1}],
    }
    for value in (raw, {**raw, "things": [[1, 2]]}, {**raw, "things": [1, "x"], "whatever": 5}):
        reader = TicketReader(loaded.policy)
        for _ in range(4):
            assert reader.read_text(json.dumps(value)) == key_by_key(loaded.policy, value)


def test_every_mistake_is_said_at_once():
    """What cannot be read hides nothing of what is not as declared."""
    policy = load_policy(EXAMPLES / "policies" / "customer-support.escalation.yaml")
    raw = {"id": "T", "created_at": "2026-11-20", "tags": "x", "severity": "crit", "language": 5}
    with pytest.raises(TicketError) as raised:
        TicketReader(policy).read({**raw, "customer": {"tier": "z"}, "events": [{"type": "no"}]})
    assert [(d.code, d.path) for d in raised.value.diagnostics] == [
        ("ESC911", "created_at"),
        ("ESC912", "language"),
        ("ESC912", "tags"),
        ("ESC913", "events[0]"),
        ("ESC915", "events[0].type"),
        ("ESC919", "severity"),
        ("ESC919", "customer.tier"),
    ]
