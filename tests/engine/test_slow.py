"""The slow evaluator on cases worked by hand, so that it can be trusted as a judge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from escalate.desk import read_desk
from escalate.policy.policy import Policy
from escalate.reading import read_ticket
from support.generators import Case
from support.slow import slow_decide
from support.slow_apply import slow_apply
from support.slow_history import us_of

MONDAY = "2026-11-23T"
CALENDARS = {"office": {"hours": {"mon-fri": ["09:00-13:00", "14:00-18:00"]}}}
OWNERS = {
    "front": {"kind": "team", "members": ["ana", "ion"], "assign": "first"},
    "lead": "person",
    "boss": "person",
}
LEVELS = [
    {"id": "L1", "owner": "front", "deadlines": {"resolve": "4h"}},
    {"id": "L2", "owner": "lead", "kind": "functional"},
    {"id": "L3", "owner": "boss", "kind": "hierarchical"},
]


def at(time: str) -> str:
    return f"{MONDAY}{time}:00+00:00"


def decide(
    now: str, events: list[dict[str, Any]] | None, desk: Any = None, **policy: Any
) -> dict[str, Any]:
    """Created on Monday at 09:00; ``events`` with ``at`` as a time of that day."""
    ticket = policy.pop("ticket", {})
    whole = {
        "escalate": 1,
        "name": "hand-worked",
        "owners": OWNERS,
        "calendars": CALENDARS,
        "levels": LEVELS,
    } | policy
    raw = {"id": "T-1", "created_at": at("09:00")} | ticket
    if events is not None:
        raw["events"] = [e | {"at": at(e["at"])} for e in events]
    moment = datetime.fromisoformat(now if "T" in now else at(now))
    read = read_ticket(raw, None)
    return slow_decide(Policy.model_validate(whole), read, read_desk(desk or {}), us_of(moment))


def entered(time: str = "09:00", level: str = "L1") -> dict[str, Any]:
    return {"at": time, "type": "entered", "to": level, "owner": "front", "key": "enter:0"}


def status(time: str, before: str, after: str) -> dict[str, Any]:
    return {"at": time, "type": "status", "from": before, "to": after}


def keys(decision: dict[str, Any]) -> list[str]:
    return [action["key"] for action in decision["actions"]]


def hour(time: str) -> int:
    return us_of(datetime.fromisoformat(at(time)))


def test_a_new_ticket_enters_the_first_level() -> None:
    decision = decide("09:00", [])
    assert decision["step"] == "enter"
    assert decision["to"] == {"level": "L1", "owner": "front", "assignee": "ana"}
    assert decision["deadlines"] == {"resolve": hour("13:00")}
    assert keys(decision) == ["enter:0/assign", "enter:0/notify"]


def test_nobody_is_there_and_it_enters_nevertheless() -> None:
    decision = decide("09:00", [], {"away": ["front", "lead", "boss"]})
    assert decision["to"]["level"] == "L1"
    assert decision["to"]["owner"] == "front"
    assert decision["warnings"] == ["ESC938"]


@pytest.mark.parametrize(
    ("away", "now", "step", "level"),
    [
        ([], "12:59", "hold", None),
        ([], "13:00", "escalate", "L2"),
        (["lead"], "13:00", "escalate", "L3"),
        ([{"who": "lead", "until": at("13:00")}], "13:00", "escalate", "L2"),
        (["lead", "boss"], "13:00", "act", None),
    ],
)
def test_a_missed_deadline_climbs(away: Any, now: str, step: str, level: str | None) -> None:
    decision = decide(now, [entered()], {"away": away})
    assert decision["step"] == step
    if level is not None:
        assert decision["to"]["level"] == level
        assert decision["trigger"] == "deadline:L1:resolve"
    if step == "act":
        assert keys(decision) == ["deadline:L1:1:resolve/waiting"]
        assert decision["fired"] == []
        assert decision["warnings"] == ["ESC938"]


def test_a_deadline_stands_still_while_waiting() -> None:
    waits = [entered(), status("10:00", "open", "pending")]
    assert decide("15:00", waits)["step"] == "hold"
    assert decide("15:00", waits)["deadlines"] == {"resolve": None}
    again = [*waits, status("12:00", "pending", "open")]
    assert decide("14:59", again)["deadlines"] == {"resolve": hour("15:00")}
    assert decide("15:00", again)["step"] == "escalate"


def test_a_pause_at_the_due_instant_comes_before_it() -> None:
    waits = [entered(), status("13:00", "open", "pending")]
    assert decide("13:00", waits)["step"] == "hold"
    again = [*waits, status("16:00", "pending", "open")]
    assert decide("16:00", again)["step"] == "escalate"


CLOCK = {"c": {"from": "created", "until": "agent-reply", "target": "4h", "calendar": "office"}}


@pytest.mark.parametrize(
    ("reply", "now", "state", "due"),
    [
        (None, "12:59", "running", "13:00"),
        (None, "13:00", "breached", "13:00"),
        ("13:00", "17:00", "met", None),
        ("14:30", "17:00", "breached", "13:00"),
    ],
)
def test_a_target_that_ends_at_closing(reply: Any, now: str, state: str, due: Any) -> None:
    replies = [{"at": reply, "type": "reply", "by": "agent"}] if reply else []
    clock = decide(now, [entered(), *replies], clocks=CLOCK)["clocks"]["c"]
    assert clock["state"] == state
    assert clock["due"] == (hour(due) if due else None)


@pytest.mark.parametrize(
    ("on_reopen", "state", "cycle", "elapsed"),
    [("resume", "running", 1, 3), ("restart", "running", 2, 1), ("ignore", "met", 1, 2)],
)
def test_reopening(on_reopen: str, state: str, cycle: int, elapsed: int) -> None:
    clocks = {"c": {"from": "created", "until": "resolved", "target": "4h", "on_reopen": on_reopen}}
    past = [entered(), status("11:00", "open", "solved"), status("13:00", "solved", "open")]
    decision = decide("14:00", past, clocks=clocks)
    clock = decision["clocks"]["c"]
    assert (clock["state"], clock["cycle"]) == (state, cycle)
    assert clock["elapsed"] == elapsed * 3_600_000_000
    assert decision["step"] == "enter"
    assert decision["key"] == "enter:1"
    assert decision["to"]["owner"] == "front"


def test_the_farthest_movement_is_made_and_all_fire() -> None:
    triggers = [
        {"id": "near", "when": {"severity": "high"}, "escalate": "next"},
        {"id": "far", "when": {"severity": "high"}, "escalate": "L3"},
        {"id": "aside", "when": {"severity": "high"}, "transfer": "boss"},
    ]
    decision = decide("10:00", [entered()], ticket={"severity": "high"}, triggers=triggers)
    assert decision["trigger"] == "far"
    assert decision["to"]["level"] == "L3"
    assert [f["trigger"] for f in decision["fired"]] == ["near", "far", "aside"]
    assert decision["kind"] == "hierarchical"


def test_missing_is_unknown_and_what_never_was_is_false() -> None:
    triggers = [
        {"id": "unknown", "when": {"not": {"severity": "high"}}, "escalate": "next"},
        {"id": "false", "when": {"since.agent-reply": {"gte": "1h"}}, "escalate": "next"},
        {"id": "true", "when": {"not": {"since.agent-reply": {"gte": "1h"}}}, "transfer": "lead"},
    ]
    decision = decide("10:00", [entered()], triggers=triggers)
    assert [f["trigger"] for f in decision["fired"]] == ["true"]
    assert decision["missing"] == ["severity"]
    without = decide("10:00", None, ticket={"level": "L1"}, triggers=triggers[1:])
    assert without["fired"] == []
    assert without["missing"] == ["events"]


def test_a_request_is_answered_once() -> None:
    triggers = [
        {"id": "t", "when": {"requested": {"by": "customer", "to": "L3"}}, "escalate": "requested"}
    ]
    asked = {"at": "09:30", "type": "requested", "by": "customer", "to": "L3"}
    past = [entered(), asked, asked | {"at": "09:40"}]
    decision = decide("10:00", past, triggers=triggers)
    assert decision["fired"] == [
        {"trigger": "t", "key": "trigger:t:request=0", "requests": (0, 1), "spent": False}
    ]
    assert decision["to"]["level"] == "L3"
    moved = [*past, {"at": "09:50", "type": "transferred", "to": "front"}]
    assert decide("10:00", moved, triggers=triggers)["fired"] == []


def test_a_hand_over_is_asked_for_and_then_made() -> None:
    triggers = [
        {"id": "t", "when": {"severity": "high"}, "escalate": "L2", "requires": ["summary"]}
    ]
    high = {"severity": "high"}
    decision = decide("10:00", [entered()], ticket=high, triggers=triggers)
    assert decision["step"] == "ask"
    assert keys(decision) == ["ask:t:0:L1:L2:summary:0"]
    written = {"at": "09:30", "type": "documented", "item": "summary"}
    decision = decide("10:00", [entered(), written], ticket=high, triggers=triggers)
    assert decision["step"] == "escalate"


def test_a_repetition_counts_from_its_last() -> None:
    triggers = [
        {
            "id": "t",
            "when": {"severity": "high"},
            "notify": ["lead"],
            "repeat": {"every": "2h", "times": 1},
        }
    ]
    fired = {"at": "10:00", "type": "fired", "trigger": "t", "key": "trigger:t:0"}
    high = {"severity": "high"}
    past = [entered(), fired, status("10:30", "open", "pending")]
    assert decide("11:59", past, ticket=high, triggers=triggers)["fired"] == []
    found = decide("12:00", past, ticket=high, triggers=triggers)["fired"]
    assert [f["key"] for f in found] == ["trigger:t:0:1"]


def test_a_message_speaks_of_the_state_after_the_step() -> None:
    levels = [{**LEVELS[0], "tell_customer": "hello"}]
    messages = {"hello": "{{{customer.name|You}}}: {owner.name|?} by {deadline.resolve|then}"}
    decision = decide("09:00", [], levels=levels, messages=messages, timezone="Europe/Chisinau")
    assert decision["actions"][-1]["text"] == "{You}: front by 2026-11-23 15:00"


def test_carrying_out_leads_to_hold() -> None:
    policy = {"escalate": 1, "name": "x", "owners": OWNERS, "levels": LEVELS}
    raw = {"id": "T-1", "created_at": at("09:00"), "events": []}
    case = Case(policy, raw, {}, datetime(2026, 11, 23, 9, tzinfo=UTC))
    read, ticket, desk, now = case.read()
    first = slow_decide(read, ticket, desk, now)
    ticket = slow_apply(ticket, first, now)
    assert [e.type for e in ticket.events or ()] == ["entered", "action"]
    assert slow_decide(read, ticket, desk, now)["step"] == "hold"
    later = slow_decide(read, ticket, desk, now + 4 * 3_600_000_000)
    assert later["step"] == "escalate"
    assert later["key"] == "escalate:1"
