"""Declared fields: the plain test is JSON Schema's verdict, and says what is wrong."""

import subprocess
import sys

from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from escalate.policy.field import FieldSpec
from escalate.policy.loader import load_text
from escalate.policy.ticket_fields import FieldChecker, plain_test
from escalate.reading import read_ticket

SCALARS = st.one_of(
    st.sampled_from([True, False, 0, 1, -1, 2, 1.0, 1.5, 2.0, "", "a", "b", "1", "true"]),
    st.integers(-3, 3),
    st.floats(-3, 3),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from("ab"), SCALARS, max_size=2),
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object"])
CHOICES = st.lists(SCALARS, min_size=1, max_size=4)
NUMBERS = st.one_of(st.integers(-2, 2), st.sampled_from([0.5, 1.5]))
SPECS = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES, "enum": CHOICES, "ordered": CHOICES,
            "minimum": NUMBERS, "maximum": NUMBERS,
        },
    ),
    lambda inner: st.fixed_dictionaries({"items": inner}, optional={"type": TYPES}),
    max_leaves=2,
)  # fmt: skip


@given(SPECS, VALUES)
def test_the_plain_test_is_the_schema(raw, value):
    try:
        spec = FieldSpec.model_validate(raw)
    except ValidationError:
        assume(False)
    held = tuple(value) if isinstance(value, list) else value
    assert plain_test(spec)(held) == Draft7Validator(spec.json_schema()).is_valid(value)


POLICY = load_text("""
escalate: 1
name: fields
owners: {a: team}
levels: [{id: L1, owner: a}]
fields:
  severity: {ordered: [low, high]}
  value: {type: number, minimum: 0, maximum: 10}
  parts: {type: array, items: {type: string}}
  due_at: {type: string, format: date-time}
  day: {type: string, format: date}
  days: {type: array, items: {format: date}}
  open: {type: boolean}
""").policy


def said(**fields):
    raw = {"id": "T", "created_at": "2026-01-01T00:00:00Z", **fields}
    ticket = read_ticket(raw, frozenset(POLICY.fields))
    return [(d.code, d.path, d.message, d.help) for d in FieldChecker(POLICY).check(ticket)]


def test_what_is_right():
    due = "2026-01-01T00:00:00Z"
    assert said() == []
    assert said(severity="low", value=10, parts=["a"], due_at=due, day="2026-02-28") == []


def test_what_is_wrong():
    assert said(severity="hgh", value=11, parts=["a", 5], open="yes") == [
        ("ESC919", "severity", "`severity` is `hgh`, which is not among its values",
         "did you mean `high`?"),
        ("ESC919", "value", "`value` is `11`, more than 10", None),
        ("ESC919", "parts[1]", "`parts[1]` is a number, not text", None),
        ("ESC919", "open", "`open` is text, not true or false", None),
    ]  # fmt: skip
    assert [m for _, _, m, _ in said(value=-1)] == ["`value` is `-1`, less than 0"]


def test_instants_and_dates_exist():
    assert [m for _, _, m, _ in said(due_at="2026-01-01T00:00:00", day="2026-02-30")] == [
        "`due_at` is `2026-01-01T00:00:00`, no instant with an offset",
        "`day` is `2026-02-30`, no date",
    ]
    assert [m for _, _, m, _ in said(days=["2026-02-28", "soon"])] == [
        "`days[1]` is `soon`, no date"
    ]


def test_a_valid_ticket_never_loads_jsonschema():
    code = """
import sys
from escalate.policy.loader import load_text
from escalate.policy.ticket_fields import FieldChecker
from escalate.reading import read_ticket
policy = load_text('''
escalate: 1
name: x
owners: {a: team}
levels: [{id: L1, owner: a}]
fields: {severity: {ordered: [low, high]}}
''').policy
raw = {"id": 1, "created_at": "2026-01-01T00:00:00Z", "severity": "low"}
assert FieldChecker(policy).check(read_ticket(raw)) == []
assert not {"jsonschema", "dateutil", "holidays"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
