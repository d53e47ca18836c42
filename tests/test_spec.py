"""The language as data: every case of ``tests/spec`` against the loader and the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.spec_cases import FORMS, Case, all_cases, case_files, run
from support.spec_coverage import COVERAGE, covered, table
from support.spec_match import mismatches

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    wrong = run(case, tmp_path)
    assert not wrong, f"{case.title}\n" + "\n".join(wrong)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_has_one_form_and_a_sentence(case: Case) -> None:
    assert [name for name in FORMS if name in case.said] == [case.form]
    assert case.sentences, "say which sentence this holds down"
    assert case.said[case.form] or case.form == "diagnostics"


def test_there_are_cases() -> None:
    assert len(case_files()) > 50
    assert {case.form for case in CASES} == set(FORMS)


def test_quotes_stand_in_the_language() -> None:
    *_, lost = covered()
    assert not lost


def test_every_sentence_has_a_case() -> None:
    by_sentence, by_point, _ = covered()
    assert not [s.text for s, files in by_sentence.items() if not files]
    assert not [number for number, files in by_point.items() if not files]


def test_the_table_is_up_to_date() -> None:
    again = "run `python -m support.spec_coverage` in tests"
    assert COVERAGE.read_text(encoding="utf-8") == table(), again


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
        ({"text": "half"}, "the half of it", True),
        ({"text": "half"}, "all of it", False),
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
