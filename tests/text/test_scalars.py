"""Plain scalars are YAML 1.2's core schema; quoted ones are text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.policy.source import read_source

VALUES = {
    "NO": "NO", "yes": "yes", "on": "on", "Off": "Off", "y": "y",
    "9:00": "9:00", "09:00": "09:00", "1:2:3": "1:2:3", "1_000": "1_000",
    "2026-12-24": "2026-12-24", "2026-12-24T09:00:00Z": "2026-12-24T09:00:00Z",
    "null": None, "Null": None, "NULL": None, "~": None, "nULL": "nULL",
    "true": True, "True": True, "TRUE": True, "tRUE": "tRUE",
    "false": False, "False": False, "FALSE": False,
    "0": 0, "-0": 0, "+7": 7, "-12": -12, "0777": 777, "08": 8,
    "0o17": 15, "0o8": "0o8", "-0o7": "-0o7", "0x1F": 31, "0xg": "0xg", "0b1": "0b1",
    "1.5": 1.5, "1.": 1.0, ".5": 0.5, "-.5": -0.5, "1e3": 1000.0, "1E-2": 0.01, "+1.5e+2": 150.0,
    ".": ".", "-": "-", "1.2.3": "1.2.3", "1e": "1e", "e3": "e3", "4h": "4h", "80%": "80%",
    "=": "=", "١٢": "١٢",
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), [(w, m) for w, m in VALUES.items() if w != "-"])
def test_plain_scalars(written, meant):
    source = read_source(f"a: {written}\nb: [{written}]\n")
    assert source.diagnostics == ()
    assert source.data == {"a": meant, "b": [meant]}
    assert type(source.data["a"]) is type(meant)


@pytest.mark.parametrize("written", list(VALUES))
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quoted_scalars_are_text(written, quote):
    assert read_source(f"a: {quote}{written}{quote}").data == {"a": written}


@pytest.mark.parametrize("written", [".inf", "-.inf", "+.INF", ".nan", ".NaN"])
def test_numbers_that_do_not_count(written):
    (found,) = read_source(f"a: {written}").diagnostics
    assert (found.code, found.line, found.column) == ("ESC116", 1, 4)


@pytest.mark.parametrize("written", ["1" * 101, "-" + "1" * 5000, "0x" + "f" * 5000, "1e999"])
def test_numbers_that_are_too_long(written):
    (found,) = read_source(f"a: {written}").diagnostics
    assert (found.code, found.line, found.column) == ("ESC117", 1, 4)


def test_the_longest_number():
    assert read_source("a: " + "9" * 100).data == {"a": int("9" * 100)}


@given(st.integers(-(10**90), 10**90))
def test_integers_come_back(number):
    assert read_source(f"a: {number}").data == {"a": number}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_come_back(number):
    data = read_source(f"a: {number!r}").data
    assert data == {"a": number}
    assert type(data["a"]) is float
