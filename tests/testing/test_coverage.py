"""What tests reach of a policy, and the plain meaning of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from escalate import Engine, load_policy
from escalate.policy.loader import load_text
from escalate.testing import run
from escalate.testing.coverage import coverage_of, pieces_of, reached_by
from support.policy_data import EXAMPLES

FILES = Path(__file__).parent / "files"
CREATED = "2026-11-10T09:00:00+01:00"


def decided(now: str, **ticket: object) -> set[tuple[str, str]]:
    engine = Engine(load_policy(FILES / "desk.escalation.yaml"))
    raw = {"id": "T-1", "created_at": CREATED, "events": [], **ticket}
    decision = engine.decide(raw, now=now, trace=True, desk={"similar": {"T-1": 5}})
    return {(kind, what) for _, kind, what in reached_by([decision])}


def test_what_a_decision_reaches() -> None:
    assert decided(CREATED, severity="high") == {
        ("path", "grave"),
        ("level", "L1"),
        ("trigger", "many-alike"),
        ("message", "taken-over"),
        ("message", "statement"),
    }
    later = decided(
        "2026-11-10T10:00:00+01:00", severity="high", product="x", level="L1", owner="front-line"
    )
    assert later >= {("level", "L1"), ("level", "L2"), ("trigger", "high-and-old")}
    assert ("message", "statement") in later


def test_nothing_is_reached_by_nothing() -> None:
    coverage = coverage_of(str(FILES / "desk.escalation.yaml"), frozenset())
    assert coverage is not None
    assert coverage.reached == 0
    assert coverage.percent == 0
    assert coverage.total == len(coverage.missed)
    assert {d.code for d in coverage.diagnostics} == {"ESC974"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.escalation.yaml")), ids=lambda p: p.name)
def test_pieces_stand_where_they_are_written(path: Path) -> None:
    loaded = load_text(path.read_bytes(), str(path))
    assert loaded.policy is not None
    lines = path.read_text("utf-8").splitlines()
    seen = set()
    for piece in pieces_of(loaded.policy, loaded.places):
        written = lines[piece.place.line - 1][piece.place.column - 1 : piece.place.end_column - 1]
        if piece.kind == "case":
            assert written.startswith("{")
            assert "use:" in written or "otherwise:" in written
        else:
            assert written == piece.id
        seen.add((piece.kind, piece.id))
    assert len(seen) == len(list(pieces_of(loaded.policy, loaded.places)))


TEST = """\
policy: {policy}
date: 2026-11-10
tests:
  - name: a
    ticket: {{severity: low}}
    now: 09:00
    expect: {{level: L1}}
"""


def test_policies_that_are_included_are_marked_in_their_own_text(tmp_path: Path) -> None:
    text = (FILES / "desk.escalation.yaml").read_text("utf-8")
    start = text.index("messages:")
    (tmp_path / "words.escalation.yaml").write_text(text[start:], "utf-8")
    (tmp_path / "desk.escalation.yaml").write_text(
        "include: [words.escalation.yaml]\n" + text[:start], "utf-8"
    )
    (tmp_path / "desk.test.yaml").write_text(TEST.format(policy="desk.escalation.yaml"), "utf-8")
    report = run(tmp_path, coverage=True)
    (coverage,) = report.coverage
    assert report.passed
    messages = [piece for piece in coverage.missed if piece.kind == "message"]
    assert [(piece.id, Path(piece.place.file).name) for piece in messages] == [
        ("statement", "words.escalation.yaml")
    ]


def test_a_folder_of_policies_is_covered_one_by_one(tmp_path: Path) -> None:
    for name, words in (("one", "low"), ("two", "high")):
        text = (FILES / "desk.escalation.yaml").read_text("utf-8")
        text = text.replace("small-desk", name) + f"applies_to: {{severity: {words}}}\n"
        (tmp_path / f"{name}.escalation.yaml").write_text(text, "utf-8")
    (tmp_path / "set.test.yaml").write_text(
        TEST.format(policy=".").replace("level: L1", "policy: one"), "utf-8"
    )
    report = run(tmp_path, coverage=True)
    assert report.passed
    assert [(c.policy, c.counts["level"]) for c in report.coverage] == [
        ("one", (1, 2)),
        ("two", (0, 2)),
    ]


def test_what_one_file_reaches_another_need_not(tmp_path: Path) -> None:
    shutil.copy(FILES / "desk.escalation.yaml", tmp_path)
    for name, severity in (("a", "low"), ("b", "high")):
        text = TEST.format(policy="desk.escalation.yaml").replace("low", severity)
        (tmp_path / f"{name}.test.yaml").write_text(text, "utf-8")
    alone = run(tmp_path / "a.test.yaml", coverage=True).coverage[0]
    both = run(tmp_path, coverage=True).coverage[0]
    assert alone.counts["path"] == (1, 2)
    assert both.counts["path"] == (2, 2)
