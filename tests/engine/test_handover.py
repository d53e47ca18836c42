"""The note that goes with a ticket: beside the decision, and harmless whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from escalate import Engine, apply, load_policy
from escalate.evaluator.choosing import SetEngine
from escalate.policy.loader import load_text
from escalate.policy.policy_set import PolicySet
from support.generators import Case, cases
from support.twins import instant

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICY = """\
escalate: 1
name: small-desk
timezone: Europe/Chisinau
owners: {front-line: {kind: team, members: [ana, ion]}, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, requires: [summary], tell_customer: taken-over}
triggers: [{id: up, when: {requested: {by: customer}}, escalate: next}]
messages: {taken-over: "{owner.name} has it, {customer.name|dear customer}"}
"""
LOADED = load_text(POLICY)
assert LOADED.policy is not None
ENGINE = Engine(LOADED.policy)
NOW = "2026-11-20T10:30:00+02:00"
COMMONMARK = MarkdownIt("commonmark")
WITH_LINKS_AND_TABLES = MarkdownIt("gfm-like", {"linkify": False})

NASTY = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *(
                    "#",
                    " ",
                    "\n",
                    "\r\n",
                    "- ",
                    "1. ",
                    "> ",
                    "```",
                    "~~~",
                    "*",
                    "_",
                    "`",
                    "![",
                    "+",
                ),
                *("<b>", "</b>", "<!--", "&amp;", "|", "---", "===", "\\", "    ", "\t", "[x](y)"),
                *("\u202e", "\u2066", "\u2069", "\x1b[31m", "\x00", "\u05d0", "\u200d", "\u2028"),
                *("[a]: b", "www.x.yz", "me@x.yz", "http://x.yz", "\x85", "{id}", "$x$", "a", "1"),
                *(".", ":", "(", ")", "!"),
            ]
        ),
        max_size=12,
    ).map("".join),
)


def ticket(text: str) -> dict[str, Any]:
    """A ticket that says the same everywhere."""
    at = "2026-11-20T09:00:00+02:00"
    written: list[dict[str, Any]] = [
        {"type": "entered", "to": "L1", "owner": "front-line", "assignee": text, "key": "enter:0"},
        {"type": "promised", "due": NOW, "about": text, "by": text, "text": text},
        {"type": "reply", "by": "customer", "text": text},
        {"type": "reply", "by": "agent", "text": text},
        {"type": "reply", "by": "agent", "public": False, "text": text},
        {"type": "documented", "item": text, "text": text},
        {"type": "requested", "by": "customer", "to": text, "summary": text},
    ]
    return {
        "id": text,
        "subject": text,
        "description": text,
        "category": text,
        "tags": [text],
        "customer": {"name": text, "email": text},
        "created_at": at,
        "events": [{"at": at, **event} for event in written],
    }


def shape(parser: MarkdownIt, text: str) -> list[str]:
    """What a reader of Markdown makes of a note, but for text and how it is broken."""
    inner = {"text", "text_special", "softbreak", "hardbreak", "inline"}
    found = []
    for token in parser.parse(text):
        for part in (token, *(token.children or ())):
            if part.type not in inner and not part.type.startswith("paragraph"):
                found.append(part.type)
    return found


@pytest.mark.parametrize("parser", [COMMONMARK, WITH_LINKS_AND_TABLES], ids=["plain", "more"])
@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_nothing_that_people_wrote_is_markup(parser: MarkdownIt, text: str) -> None:
    """A note of whatever has the shape of the same note of plain words."""
    plain, odd = (ENGINE.handover(ticket(said), now=NOW) for said in ("words", text))
    if not text.strip():
        return  # what is empty is left out
    assert shape(parser, odd.to_markdown()) == shape(parser, plain.to_markdown())


@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_no_character_is_obeyed(text: str) -> None:
    note = ENGINE.handover(ticket(text), now=NOW).to_markdown()
    assert not {c for c in note if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"}
    assert not set(note) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    assert note.count("\u2068") == note.count("\u2069")


@settings(max_examples=100, deadline=None)
@given(NASTY)
def test_json_has_every_text_as_it_was_written(text: str) -> None:
    note = ENGINE.handover(ticket(text), now=NOW).to_json()
    assert (note["subject"], note["description"]) == (text, text)
    assert note["known"]["customer"] == {"name": text, "email": text}
    assert json.loads(json.dumps(note)) == note


@settings(max_examples=80, deadline=None)
@given(cases())
def test_a_note_changes_nothing(case: Case) -> None:
    """Asked for or not, the decision is the same; and a note speaks of it."""
    policy, read, desk, us = case.read()
    engine, now = Engine(policy), instant(us)
    bare = engine.decide(read, now=now, desk=desk)
    with_note = engine.decide(read, now=now, desk=desk, handover=True)
    assert with_note._replace(handover=None) == bare
    assert (with_note.handover is not None) is (bare.step in ("enter", "escalate", "transfer"))
    note = engine.handover(read, now=now, desk=desk)
    if with_note.handover is not None:
        assert with_note.handover == note.to_json()
    assert (note.step, note.after.level, note.after.owner) == (bare.step, *bare.to[:2])
    open_ = [pledge for pledge in note.promised if pledge.state == "open"]
    assert len({pledge.about for pledge in open_}) == len(open_)
    assert note.to_markdown().startswith(f"# {read.id}")


def test_a_trace_may_be_had_as_well() -> None:
    both = ENGINE.decide(ticket("x"), now=NOW, trace=True, handover=True)
    assert both.trace is not None
    assert both.handover is not None
    assert list(both.to_json())[-2:] == ["handover", "trace"]


def test_the_note_of_a_ticket_that_stays() -> None:
    """At the end of a shift, say. Nothing has to move."""
    raw = ticket("x") | {"events": ticket("x")["events"][:1]}
    note = ENGINE.handover(raw, now=NOW)
    assert note.step == "hold"
    assert note.to_markdown().splitlines()[2] == (
        "At **L1**, front-line, x, at 2026-11-20 10:30 (Europe/Chisinau)."
    )


def test_the_note_of_a_decision_that_was_carried_out() -> None:
    """The same promises, each once, as before it."""
    engine = Engine(load_policy(EXAMPLES / "policies" / "key-accounts.escalation.yaml"))
    lines = (EXAMPLES / "tickets" / "key-accounts.jsonl").read_text("utf-8").splitlines()
    checked = 0
    for read in map(engine.ticket, lines):
        now = read.created_at
        decision = engine.decide(read, now=now)
        before = engine.handover(read, now=now, decision=decision)
        after = engine.handover(apply(read, decision), now=now, decision=decision)
        assert [p.to_json("UTC") for p in after.promised] == [
            p.to_json("UTC") for p in before.promised
        ]
        checked += bool(before.promised)
    assert checked > 1


def test_in_a_set_the_policy_that_decides_makes_the_note() -> None:
    wanted = load_text(POLICY + "applies_to: {category: x}\n").policy
    assert wanted is not None
    engine = SetEngine(PolicySet.of([wanted]))
    note = engine.handover(ticket("x"), now=NOW)
    assert note is not None
    assert note.after.owner == "manager"
    assert engine.decide(ticket("x"), now=NOW, handover=True).handover == note.to_json()
    assert engine.handover(ticket("y"), now=NOW) is None
    assert engine.decide(ticket("y"), now=NOW, handover=True).handover is None
