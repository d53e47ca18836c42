"""The sentence of a decision says a name once, and does not hide that nobody takes the ticket."""

from __future__ import annotations

from typing import Any

import pytest

from escalate import Engine, Policy

NOW = "2026-11-20T12:00:00Z"
TICKET = {
    "id": "T-1",
    "created_at": "2026-11-20T09:00:00Z",
    "events": [{"at": "2026-11-20T09:00:00Z", "type": "entered", "to": "L1", "owner": "bot"}],
}


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("First line", "so it goes from L1 to First line (L2)."),
        ("Night watch", "so it goes from L1 to First line (L2), to Night watch."),
    ],
)
def test_a_level_called_like_its_owner_is_named_once(owner: str, said: str) -> None:
    policy = Policy.model_validate(
        {
            "escalate": 1,
            "name": "x",
            "owners": {"bot": "bot", "team": {"kind": "team", "name": owner}},
            "levels": [
                {"id": "L1", "owner": "bot", "deadlines": {"resolve": "1h"}},
                {"id": "L2", "name": "First line", "owner": "team"},
            ],
        }
    )
    assert Engine(policy).decide(TICKET, now=NOW).reason.endswith(said)


TEAM = {"kind": "team", "name": "First line", "members": ["ana", "ion"], "assign": "first"}
DESK = Policy.model_validate(
    {
        "escalate": 1,
        "name": "x",
        "owners": {"team": TEAM, "chief": "person"},
        "levels": [{"id": "L1", "owner": "team"}, {"id": "L2", "owner": "team"}],
        "triggers": [
            {"id": "up", "when": {"subject": "up"}, "escalate": "next"},
            {"id": "over", "when": {"subject": "over"}, "transfer": "team"},
        ],
    }
)
ENGINE = Engine(DESK)
FULL = {"open": {"ana": 5, "ion": 5}, "capacity": {"ana": 5, "ion": 5}}
REOPENED = [
    {"at": "2026-11-20T09:00:00Z", "type": "entered", "to": "L1", "owner": "team"},
    {"at": "2026-11-20T10:00:00Z", "type": "status", "from": "open", "to": "solved"},
    {"at": "2026-11-20T11:00:00Z", "type": "status", "from": "solved", "to": "open"},
]
WITH_CHIEF = [{"at": "2026-11-20T09:00:00Z", "type": "entered", "to": "L1", "owner": "chief"}]
NOBODY_THERE = "L1, to First line, but nobody is there."
NO_ROOM = "to First line, but nobody who is there has room."


@pytest.mark.parametrize(
    ("ticket", "desk", "said"),
    [
        ({}, {}, "The ticket is new and goes to L1, where First line has it."),
        ({}, {"away": ["team"]}, f"The ticket is new and goes to {NOBODY_THERE}"),
        ({}, {"away": ["ana", "ion"]}, f"The ticket is new and goes to {NOBODY_THERE}"),
        ({}, FULL, f"The ticket is new and goes to L1, {NO_ROOM}"),
        ({}, FULL | {"away": ["ana"]}, f"The ticket is new and goes to L1, {NO_ROOM}"),
        (
            {"level": "L9"},
            {"away": ["team"]},
            f"The policy has no level `L9`, so the ticket goes to {NOBODY_THERE}",
        ),
        (
            {"events": REOPENED},
            {"away": ["team"]},
            f"The ticket was reopened and returns to {NOBODY_THERE}",
        ),
        (
            {"events": REOPENED, "subject": "up"},
            FULL,
            f"`up` holds, so it goes from L1 to L2, {NO_ROOM}",
        ),
        (
            {"events": WITH_CHIEF, "subject": "over"},
            FULL,
            "`over` holds, so it passes to First line at L1, but nobody who is there has room.",
        ),
    ],
)
def test_it_says_that_nobody_takes_the_ticket(
    ticket: dict[str, Any], desk: dict[str, Any], said: str
) -> None:
    ticket = {"id": "T-1", "created_at": "2026-11-20T09:00:00Z", "events": []} | ticket
    # One engine for all: a sentence that is kept must not be said of another desk.
    assert ENGINE.decide(ticket, now=NOW, desk=desk).reason == said
