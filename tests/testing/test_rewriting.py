"""`--update`: the smallest edit that makes the expectations true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.policy.source import read_source
from escalate.policy.text import Text
from escalate.testing import run
from escalate.testing.rewriting import rewrite
from support.policy_data import EXAMPLES, at, places

DESK = (Path(__file__).parent / "files" / "desk.escalation.yaml").read_bytes()

BEFORE = """\
# A comment at the top.
policy: desk.escalation.yaml
date: 2026-11-10   # a Tuesday
tests:
  - name: "in quotes: and so on"
    ticket: {severity: low, product: router}
    desk: {similar: {T-1: 5}}
    story:
      - {at: 09:00, expect: {level: L2, notify: [manager, press], step: hold}}  # one line
      - at: 09:30
        expect:
          level: L1        # the level
          deadlines:
            resolve: 11:30   # at noon
          fired:
            # what fired
            - high-and-old
            - many-alike  # and this
          notify:
            - press   # they know already
            - manager
          tell_customer: {message: taken-over,
                          language: fr}  # none is told
          reason: it goes up
          next_check_at: +5m
"""

AFTER = """\
# A comment at the top.
policy: desk.escalation.yaml
date: 2026-11-10   # a Tuesday
tests:
  - name: "in quotes: and so on"
    ticket: {severity: low, product: router}
    desk: {similar: {T-1: 5}}
    story:
      - {at: 09:00, expect: {level: L1, notify: [front-line, press], step: enter}}  # one line
      - at: 09:30
        expect:
          level: L2        # the level
          deadlines:
            resolve: none   # at noon
          fired:
            # what fired
            - deadline:L1:acknowledge
          notify:
            - manager
          tell_customer: none  # none is told
          reason: At First line (L1) nobody took it up in time, so it goes from First line (L1) to L2, to manager.
          next_check_at: +1h
"""  # noqa: E501


def written(folder: Path, text: str) -> Path:
    (folder / "desk.escalation.yaml").write_bytes(DESK)
    path = folder / "it.test.yaml"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "mark"])
def test_only_what_was_not_met_is_touched(tmp_path: Path, ends: str, mark: str) -> None:
    path = written(tmp_path, mark + BEFORE.replace("\n", ends))
    assert rewrite(run(path)).files
    assert path.read_bytes().decode() == mark + AFTER.replace("\n", ends)
    assert run(path).passed


def test_what_passes_is_not_written(tmp_path: Path) -> None:
    path = written(tmp_path, AFTER)
    before = path.stat().st_mtime_ns
    assert rewrite(run(path)).files == {}
    assert path.stat().st_mtime_ns == before


def test_what_must_not_be_is_left_to_the_author(tmp_path: Path) -> None:
    text = AFTER.replace("step: enter}", "not: {step: enter}}")
    path = written(tmp_path, text)
    assert rewrite(run(path)).files == {}
    assert path.read_text("utf-8") == text


def test_words_that_yaml_would_take_for_something_else_are_quoted(tmp_path: Path) -> None:
    text = (
        "policy: desk.escalation.yaml\ntests:\n"
        "  - name: a\n    ticket: {customer: {name: 'x: #y'}}\n    now: 2026-11-10 09:00\n"
        "    expect: {tell_customer: {text: Hello}}\n"
    )
    path = written(tmp_path, text)
    assert rewrite(run(path)).files
    assert '{text: "Hello x: #y, you will hear' in path.read_text("utf-8")
    assert run(path).passed


# A law: whatever is written over the expectations of the examples, one update mends it, and
# leaves everything else as it was.

EXAMPLE = EXAMPLES / "four-levels.test.yaml"
WRONG = {
    "level": ["representative", "expert", "manager", "executive", "none"],
    "owner": ["technicians", "supervisor", "none"],
    "step": ["enter", "hold", "transfer"],
    "trigger": ["expert-gives-up", "none"],
    "kind": ["functional", "hierarchical", "none"],
    "warn": ["manager", "none", "[supervisor, manager]"],
    "fired": ["comes-back-again", "none", "{only: [expert-gives-up]}"],
    "assignee": ["lena", "none"],
    "resolve": ["09:00", "+3h", "none", "2026-11-20T09:00:00+01:00", "wed 10:00"],
    "ask": ["summary", "none"],
}
SOURCE = read_source(EXAMPLE.read_bytes(), "it.test.yaml")
PLACES = [
    (*Text(SOURCE.text, "it").span(SOURCE.place(way)), way[-1])
    for way in places(SOURCE.data)
    if "expect" in way and way[-1] in WRONG and isinstance(at(SOURCE.data, way), str)
]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_an_update_mends_what_it_was_given(tmp_path: Path, data: st.DataObject) -> None:
    text = EXAMPLE.read_text("utf-8")
    spoilt = text
    chosen = data.draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True))
    for start, end, key in sorted(chosen, reverse=True):
        spoilt = spoilt[:start] + data.draw(st.sampled_from(WRONG[key])) + spoilt[end:]
    path = tmp_path / "it.test.yaml"
    (tmp_path / "four-levels.escalation.yaml").write_bytes(
        (EXAMPLES / "four-levels.escalation.yaml").read_bytes()
    )
    path.write_text(spoilt, "utf-8")
    first = run(path)
    assert not any(test.wrong for test in first.tests)
    rewrite(first)
    assert run(path).passed
    new = path.read_text("utf-8")
    # Lines in which nothing was spoilt are as they were, and so are all comments.
    lines = zip(text.split("\n"), spoilt.split("\n"), new.split("\n"), strict=True)
    for old, bad, good in lines:
        if old == bad:
            assert good == old
        assert good.partition("  #")[2] == old.partition("  #")[2]
    assert read_source(new).diagnostics == ()


def test_there_is_enough_to_spoil() -> None:
    assert len(PLACES) > 20
    assert {key for _, _, key in PLACES} > {"level", "owner", "trigger", "step", "resolve"}
