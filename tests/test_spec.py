"""The language as data: every case of ``tests/spec`` against the loader and the engine."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from escalate.errors import Severity
from escalate.policy.loader import load_text
from escalate.reading import read_ticket
from support.spec_cases import FORMS, ZERO, Case, all_cases, case_files
from support.spec_coverage import COVERAGE, DOCS, covered, table
from support.spec_match import mismatches
from support.spec_run import World, outcomes, run

CASES = all_cases()
BY_NAME = {str(case): case for case in CASES}


@cache
def _found_wrong(case: str) -> list[str]:
    """What a case finds wrong as it is written; each is run once."""
    with TemporaryDirectory() as folder:
        return run(BY_NAME[case], Path(folder))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    wrong = _found_wrong(str(case))
    assert not wrong, f"{case.title}\n" + "\n".join(wrong)


def _dated(case: Case) -> bool:
    return re.search(r"\b\d{4}-\d\d", json.dumps(case.said)) is not None


NOWHERE = Path()  # these write no files
DECIDED = [case for case in CASES if case.form != "diagnostics" and "files" not in case.said]


@pytest.mark.parametrize("case", [c for c in DECIDED if not _dated(c)], ids=str)
def test_the_same_comes_out_in_another_week(case: Case) -> None:
    """Law 6."""
    wrong = run(case, NOWHERE, World(zero=ZERO + timedelta(weeks=9)))
    assert not wrong or _found_wrong(str(case))


@pytest.mark.parametrize(
    "case",
    [c for c in DECIDED if not isinstance(c.said.get("policy"), str)],
    ids=str,
)
def test_a_field_that_nothing_reads_changes_nothing(case: Case) -> None:
    """Law 5."""
    wrong = run(case, NOWHERE, World(unrelated=True))
    assert not wrong or _found_wrong(str(case))


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in DECIDED
        if case.form == "decisions"
        and not isinstance(case.said.get("policy"), str)
        and "policies" not in case.said
    ],
    ids=str,
)
def test_the_order_of_writing_decides_only_among_equals(case: Case) -> None:
    """Law 4."""
    assert outcomes(case, World(backwards=True)) == outcomes(case, World())


def test_each_case_has_one_form_and_a_sentence() -> None:
    for case in CASES:
        assert [name for name in FORMS if name in case.said] == [case.form], str(case)
        assert case.sentences, f"say which sentence {case} holds down"
        assert case.said[case.form] or case.form == "diagnostics", str(case)


def test_there_are_cases() -> None:
    assert len(case_files()) >= 50
    assert {case.form for case in CASES} == set(FORMS)


def test_quotes_stand_in_the_language() -> None:
    *_, lost = covered()
    assert not lost


def test_every_sentence_has_a_case() -> None:
    by_sentence, by_point, _ = covered()
    assert not [s.text for s, files in by_sentence.items() if not files]
    assert not [number for number, files in by_point.items() if not files]


NO_INSTANT = (
    "Working time is exact",
    "A calendar with no working time",
    "The checker points at",
    "Such a file lies",
    "Cases of targets",
)
"""Rules of "Time" that say which policies are errors, or how exact all others are."""


def test_every_rule_of_time_has_a_table_of_instants() -> None:
    by_sentence, *_ = covered()
    rules = {s.plain: files for s, files in by_sentence.items() if s.section == "Time"}
    assert len(rules) > 30
    without = [text for text, files in rules.items() if not any("time/" in f for f in files)]
    assert [t for t in without if not t.startswith((*NO_INSTANT, "Workdays in always"))] == []


def test_the_table_is_up_to_date() -> None:
    again = "run `python -m support.spec_coverage` in tests"
    assert COVERAGE.read_text(encoding="utf-8") == table(), again


def test_every_file_that_the_table_names_is_there() -> None:
    named = set(re.findall(r"[\w/-]+\.(?:yaml|py)\b", COVERAGE.read_text(encoding="utf-8")))
    places = (COVERAGE.parent, DOCS.parent)
    # The page itself names files of its examples.
    named = {name for name in named if "/" in name and not name.startswith("shared/")}
    assert {path.relative_to(COVERAGE.parent).as_posix() for path in case_files()} <= named
    assert not [name for name in named if not any((at / name).exists() for at in places)]


def _examples(language: str) -> list[str]:
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)


@pytest.mark.parametrize("text", _examples("yaml"))
def test_policies_of_the_page_are_policies(text: str) -> None:
    errors = [d for d in load_text(text).diagnostics if d.severity is Severity.ERROR]
    assert not errors


@pytest.mark.parametrize("text", _examples("json"))
def test_the_ticket_of_the_page_is_a_ticket(text: str) -> None:
    assert read_ticket(json.loads(text)).id == "T-1001"


@pytest.mark.parametrize(
    ("wanted", "seen", "fits"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": None}, {}, True),
        ({"a": True}, {"a": 1}, False),
        ([1, 2], [1, 2], True),
        ([1], [1, 2], False),
        ({"contains": [{"a": 1}]}, [{"a": 1, "b": 1}, {"a": 2}], True),
        ({"contains": [{"a": 3}]}, [{"a": 1}, {"a": 2}], False),
        ({"lacks": [{"a": 1}]}, [{"a": 2}], True),
        ({"lacks": [{"a": 1}]}, [{"a": 1, "b": 1}], False),
        ({"keys": ["a"]}, {"a": None}, True),
        ({"keys": ["a"]}, {"a": 1, "b": 2}, False),
        ({"keys": []}, None, False),
        ({"says": "half"}, "the half of it", True),
        ({"says": "half"}, "all of it", False),
        ("2026-11-23T09:00:00+00:00", "2026-11-23T11:00:00+02:00", True),
        ("2026-11-23T09:00:00+00:00", "2026-11-23T11:00:00+01:00", False),
        ({"not_after": "2026-11-23T09:00:00Z"}, "2026-11-23T09:00:00Z", True),
        ({"not_after": "2026-11-23T09:00:00Z"}, "2026-11-23T09:00:01Z", False),
        ({"not_after": "2026-11-23T09:00:00Z"}, None, False),
        ({"after": "2026-11-23T09:00:00Z"}, "2026-11-23T09:00:00Z", False),
        ({"present": False}, [], True),
        ({"present": True}, None, False),
    ],
)
def test_comparison_of_expected_and_seen(wanted: object, seen: object, fits: bool) -> None:
    assert (not mismatches(wanted, seen)) is fits
