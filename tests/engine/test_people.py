"""Who gets a ticket and why, as the trace tells it; names that hold anything."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from escalate import Engine, Policy
from escalate.decision import Decision

NOW = "2026-11-23T09:00:00+00:00"
MEMBERS = ["ana", "ion", "maria"]


def decide(desk: dict[str, Any] | None = None, **team: Any) -> Decision:
    policy = {
        "escalate": 1,
        "name": "desk",
        "owners": {
            "front": {"kind": "team", "members": MEMBERS} | team,
            "watch": {"kind": "rotation", "members": ["maria", "ion"], "starts": "2026-11-23"},
        },
        "levels": [{"id": "L1", "owner": "front"}],
    }
    engine = Engine(Policy.model_validate(policy))
    ticket = {"id": "T-1", "created_at": NOW, "events": []}
    return engine.decide(ticket, now=NOW, desk=desk, trace=True)


@pytest.mark.parametrize(
    ("assign", "desk", "assignee", "by"),
    [
        ("none", {}, None, "nobody in particular"),
        ("first", {}, "ana", "the order of members"),
        ("round-robin", {"last_assigned": {"front": "ion"}}, "maria", "the turn after ion"),
        (
            "round-robin",
            {},
            "ion",
            "the ticket's id, since desk.last_assigned does not tell who of front was last",
        ),
        ("least-loaded", {"open": {"ion": 2, "ana": 3}}, "maria", "the fewest open tickets, 0"),
        (
            "least-loaded",
            {"open": {"front": 7}},
            "ion",
            "the ticket's id, since desk.open does not tell what each of them has",
        ),
        ("on-duty", {}, "maria", "duty in watch"),
        ("all", {}, None, "whoever takes it"),
        ("first", {"away": MEMBERS}, None, "nobody is there"),
        ("first", {"open": {"ana": 1}, "capacity": {"ana": 1}, "away": MEMBERS[1:]}, None,
         "nobody has room"),
    ],
)  # fmt: skip
def test_the_trace_says_by_what(
    assign: str, desk: dict[str, Any], assignee: str | None, by: str
) -> None:
    more = {"rotation": "watch"} if assign == "on-duty" else {}
    decision = decide(desk, assign=assign, **more)
    assert decision.to.assignee == assignee
    assert decision.trace is not None
    assert decision.trace["assigned"] == {"owner": "front", "assignee": assignee, "by": by}


def test_the_trace_says_that_there_are_no_members() -> None:
    decision = decide({"away": MEMBERS}, assign="first", members=[])
    assert decision.trace is not None
    assert decision.trace["assigned"]["by"] == "no members are named"


def test_a_hold_assigns_nobody() -> None:
    levels = [{"id": "L", "owner": "a"}]
    policy = {"escalate": 1, "name": "desk", "owners": {"a": "team"}, "levels": levels}
    engine = Engine(Policy.model_validate(policy))
    entered = {"at": NOW, "type": "entered", "to": "L", "owner": "a", "key": "enter:0"}
    ticket = {"id": "T-1", "created_at": NOW, "events": [entered]}
    decision = engine.decide(ticket, now=NOW, trace=True)
    assert decision.trace is not None
    assert decision.trace["assigned"] is None


CHOICE = """
from escalate import Engine, Policy
team = {"kind": "team", "members": ["a", "b", "c", "d", "e"], "assign": "least-loaded"}
policy = {"escalate": 1, "name": "x", "owners": {"t": team}, "levels": [{"id": "L", "owner": "t"}]}
engine = Engine(Policy.model_validate(policy))
now = "2026-11-23T09:00:00+00:00"
new = {"created_at": now, "events": []}
print("".join(engine.decide({"id": f"T-{i}"} | new, now=now).to.assignee for i in range(40)))
"""


def test_the_id_decides_the_same_everywhere() -> None:
    """Whatever Python's own hash does, and each member now and then."""
    said = set()
    for seed in ("0", "1", "random"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", CHOICE], env=env, capture_output=True, text=True, check=True
        )
        said.add(done.stdout.strip())
    assert len(said) == 1
    assert set(said.pop()) == set("abcde")


def test_the_policys_capacity_reaches_every_desk() -> None:
    """The same engine, one desk after the other."""
    owners = {"t": {"kind": "team", "members": ["a", "b"], "assign": "first"}}
    owners["a"] = {"kind": "person", "capacity": 1}
    policy = {"escalate": 1, "name": "x", "owners": owners, "levels": [{"id": "L", "owner": "t"}]}
    engine = Engine(Policy.model_validate(policy))
    ticket = engine.ticket({"id": "T-1", "created_at": NOW, "events": []})

    def who(desk: Any) -> str | None:
        return engine.decide(ticket, now=NOW, desk=desk).to.assignee

    full = {"open": {"a": 1}}
    assert [who(desk) for desk in (full, None, full, {"open": {"a": 0}})] == ["b", "a", "b", "a"]
    assert who({"open": {"a": 1}, "capacity": {"a": 2}}) == "a"
