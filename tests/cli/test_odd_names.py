"""Names and subjects that hold anything come to no harm and do none, wherever they are shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

NAME = "Eve {owner.name} }}\n\t\u05d0\u05d1 [x](y) |`<b>` =1+1"
"""What a policy may hold: braces, ends of lines, letters from right to left, mark-up."""
ODD = NAME + " \x1b[31mred\x1b]0;title\x07 \x85\u202egnp.exe\u2066 \u200f"
"""What a ticket may hold: also sequences that a terminal obeys, and turns of direction."""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u061c\u200e\u200f]")
POLICY = {
    "escalate": 1,
    "name": "odd",
    "language": "en",
    "tell_customer": "hello",
    "owners": {
        "team": {"kind": "team", "name": NAME, "members": [NAME, "ben"], "assign": "first",
                 "channels": ["inbox"]},
        "duty": {"kind": "rotation", "name": NAME, "members": [NAME, "ana"], "starts": "2026-11-09",
                 "hands_over": {"every": "day"}, "channels": ["phone"]},
    },
    "levels": [
        {"id": "L1", "name": NAME, "owner": "team", "notify": [{"owner": "duty", "message": "say"}],
         "deadlines": {"resolve": "4h"}},
        {"id": "L2", "owner": "duty", "requires": ["summary"]},
    ],
    "messages": {
        "hello": {"en": "Hello {customer.name|you}, {owner.name} has {ticket.subject|it}."},
        "say": {"en": "{ticket.id}: {ticket.subject|-} of {customer.name|-}"},
    },
}  # fmt: skip
NOW = "2026-11-18T15:00:00+00:00"
TICKET = {
    "id": f"T {ODD}",
    "subject": ODD,
    "customer": {"name": ODD, "email": ODD},
    "created_at": "2026-11-18T09:00:00+00:00",
    "events": [
        {"at": "2026-11-18T09:00:00+00:00", "type": "entered", "to": "L1", "owner": "team",
         "assignee": ODD, "key": "enter:0"},
        {"at": "2026-11-18T10:00:00+00:00", "type": "reply", "by": "customer", "text": ODD},
    ],
}  # fmt: skip
WEEK = ("--from", "2026-11-16", "--until", "2026-11-20")
SHOWN = [
    ("decide", "POLICY", "TICKETS", "--now", NOW),
    ("decide", "POLICY", "NEW", "--now", NOW),
    ("decide", "POLICY", "TICKETS", "--now", NOW, "--output-format", "jsonl", "--handover"),
    ("explain", "POLICY", "TICKETS", "--now", NOW),
    ("explain", "POLICY", "NEW", "--now", NOW),
    ("explain", "POLICY", "TICKETS", "--now", NOW, "--json"),
    ("explain", "POLICY", "TICKETS", "--now", NOW, "--handover"),
    ("explain", "POLICY", "TICKETS", "--now", NOW, "--clock", "resolve"),
    ("oncall", "POLICY", "--from", "2026-11-16", "--until", "2026-11-20"),
    (
        "oncall",
        "POLICY",
        "--from",
        "2026-11-16",
        "--until",
        "2026-11-20",
        "--output-format",
        "json",
    ),
    ("check", "POLICY"),
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    new = {**TICKET, "events": []}
    texts = {"POLICY": POLICY, "TICKETS": TICKET, "NEW": new}
    ends = {"POLICY": ".escalation.yaml", "TICKETS": ".json", "NEW": ".new.json"}
    for name, value in texts.items():
        (tmp_path / f"odd{ends[name]}").write_text(json.dumps(value), "utf-8")
    return {name: str(tmp_path / f"odd{end}") for name, end in ends.items()}


@pytest.mark.parametrize(
    "words",
    SHOWN,
    ids=lambda words: "-".join(
        w.strip("-") for w in words if w not in (NOW, "--now") and not w.startswith("2026")
    ),
)
def test_nothing_that_a_terminal_obeys(run, files: dict[str, str], words: tuple[str, ...]) -> None:
    result = run(*[files.get(word, word) for word in words])
    assert result.exit_code == 0, result.stderr
    for text in (result.stdout, result.stderr):
        assert HARMFUL.findall(text) == [], text
    assert "Eve" in result.stdout or words[0] == "check"


def test_what_is_said_says_it_all(run, files: dict[str, str]) -> None:
    result = run("decide", files["POLICY"], files["NEW"], "--now", NOW, "--output-format", "jsonl")
    (decision,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert decision["ticket"] == TICKET["id"]
    assert decision["to"]["assignee"] == NAME
    said = {action["action"]: action.get("text") for action in decision["actions"]}
    for text in (said["tell_customer"], said["notify"]):
        assert "Eve {owner.name} }}" in text
        assert "\x1b" not in text
        assert len(re.findall("[\u2066-\u2068]", text)) == text.count("\u2069") > 0
