"""Anything at all as a policy: diagnostics or a policy, never another exception."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate import Engine
from escalate.analysis.check import examine
from escalate.errors import Diagnostic
from escalate.policy.loader import load_text
from escalate.policy.policy import Policy
from support.effort import at_most
from support.policy_data import KEYS, POOL, example, examples, mutated

ALL = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = sorted(Policy.model_fields) + list(KEYS)
ANYTHING = st.recursive(
    st.sampled_from(POOL)
    | st.text(max_size=5)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=12,
)


def sound(loaded):
    assert (loaded.policy is None) == any(d.severity == "error" for d in loaded.diagnostics)
    for d in loaded.diagnostics:
        assert isinstance(d, Diagnostic)
        assert d.code.startswith("ESC")
        assert "Traceback" not in d.message


@ALL
@given(mutated(most=3))
def test_nearly_right(data):
    sound(load_text(json.dumps(data)))


@ALL
@given(st.dictionaries(st.sampled_from(WORDS), ANYTHING, max_size=8))
def test_right_keys_and_anything_behind_them(data):
    sound(load_text(json.dumps({"escalate": 1, "name": "x", **data})))


@ALL
@given(st.sampled_from(examples()), st.data())
def test_sections_of_other_policies(name, data):
    """Each section right, but not for the rest: names lead nowhere."""
    mixed = example(name)
    other = example(data.draw(st.sampled_from(examples())))
    for key in data.draw(st.lists(st.sampled_from(sorted(other)), max_size=6)):
        mixed[key] = other[key]
    for key in data.draw(st.lists(st.sampled_from(sorted(mixed)), max_size=2)):
        mixed.pop(key, None)
    sound(load_text(json.dumps(mixed)))


HEAD = "escalate: 1\nname: big\nowners: {a: team}\nlevels: [{id: L1, owner: a}]\n"


def lines(section, line, count):
    """A section with so many entries, written by ``line`` from their numbers."""
    return f"{HEAD}{section}:\n" + "".join(f"  {line(i)}\n" for i in range(count))


def web(i):
    """A condition that asks for the next forty: ways without number from first to last."""
    return f"c{i}: {{all: [{', '.join(f'{{is: c{j}}}' for j in range(i + 1, i + 40))}]}}"


def stack(i):
    """A condition as deep as may be, that asks for the next twice at the bottom."""
    inner = f"{{any: [{{is: c{i + 1}}}, {{is: c{i + 1}}}]}}" if i < 8 else "{severity: x}"
    return f"c{i}: " + "{not: " * 13 + inner + "}" * 13


def calendar(count, entry):
    """A calendar with so many holidays, written by ``entry`` from their numbers."""
    listed = ", ".join(entry(i) for i in range(count))
    return f"{HEAD}calendars: {{c: {{hours: {{mon: '09:00-10:00'}}, holidays: [{listed}]}}}}\n"


MEMBERS = ", ".join(f"m{i}" for i in range(80_000))
OWNERS = ", ".join(f"o{i}: teem" for i in range(20_000))
VALUES = ", ".join(f"v{j}" for j in range(20))
LARGE = {
    "unknown keys": HEAD + "".join(f"k{i}: 1\n" for i in range(40_000)),
    "misspelt kinds": HEAD.replace("{a: team}", f"{{a: team, {OWNERS}}}"),
    "unknown facts": lines("triggers", lambda i: f"- {{id: t{i}, when: {{fact{i}: 1}}}}", 9_000),
    "unknown names": lines(
        "triggers", lambda i: f"- {{id: t{i}, when: {{is: c{i}}}, escalate: L{i + 9}}}", 7_000
    ),
    "a long circle": lines("conditions", lambda i: f"c{i}: {{is: c{(i + 1) % 15_000}}}", 15_000),
    "short circles": lines("conditions", lambda i: f"c{i}: {{is: c{i}}}", 15_000),
    "derived": lines("derive", lambda i: f"f{i}: [{{when: {{f{i + 1}: 1}}, use: 1}}]", 8_000),
    "placeholders": lines("messages", lambda i: "m: " + "{x} " * 100_000, 1).replace(
        "m: {", "m: '{"
    )[:-1]
    + "'\n",
    "braces": f"{HEAD}messages: {{m: '{'{' * 399_999}'}}\n",
    "near values": lines("fields", lambda i: f"f{i}: {{enum: [{VALUES}]}}", 3_000)
    + "triggers:\n"
    + "".join(f"  - {{id: t{i}, when: {{f{i}: vx{i}}}}}\n" for i in range(2_000)),
    "a web": lines("conditions", web, 600)
    + "clocks: {k: {from: created, until: resolved, target: [{when: {is: c0}, use: 1h}]}}\n",
    "a text of folded lines": f"{HEAD}messages:\n  m: >\n" + "   {x} y\n" * 30_000,
    "a text far to the right": f"{HEAD}messages:\n  m: |2\n" + (" " * 20_000 + "{x}\n") * 10,
    "a staircase of text": f"{HEAD}messages:\n  m: |\n"
    + "".join(" " * (4 + i) + "{x}\n" for i in range(700)),
    "a long way of names": lines("conditions", lambda i: f"c{i}: {{is: c{i + 1}}}", 15_000)
    + "clocks: {k: {from: created, until: resolved, target: [{when: {is: c0}, use: 1h}]}}\n",
    "a long circle that is read": lines(
        "conditions", lambda i: f"c{i}: {{is: c{(i + 1) % 15_000}}}", 15_000
    )
    + "derive: {f: [{when: {is: c0}, use: x}]}\n",
    "rules that never fall": calendar(
        50,
        lambda i: f"{{rrule: 'FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2;BYDAY={i % 50}MO', name: n{i}}}",
    ),
    "files that are not there": f"{HEAD}include: ["
    + ", ".join(f"x{i}.escalation.yaml" for i in range(40_000))
    + "]\n",
    "depth": HEAD + "owners3: " + "[" * 31 + "]" * 31 + "\n",
}

EACH = ", ".join(f"{{subject: {{like: '*{i}*a*'}}}}" for i in range(4_990))
CASES = ", ".join(
    f"{{when: {{any: [{{category: c{i}}}, {{id: d{i}}}]}}, use: a}}" for i in range(2_000)
)
PAIRS = ", ".join(f"{{any: [{{category: c{i}}}, {{id: d{i}}}]}}" for i in range(2_400))
FIELDS = ", ".join(f"f{i}: {{type: integer}}" for i in range(2_500))
SIZES = ", ".join(f"{{any: [{{f{i}: 1}}, {{f{i + 1}: 2}}]}}" for i in range(2_400))
HARD = {
    "patterns side by side": f"{HEAD}triggers: [{{id: t, when: {{any: [{EACH}]}}}}]\n",
    "choices upon choices": f"{HEAD}triggers: [{{id: t, when: {{all: [{PAIRS}]}}}}]\n",
    "fields upon fields": f"{HEAD}fields: {{{FIELDS}}}\n"
    f"triggers: [{{id: t, when: {{all: [{SIZES}]}}}}]\n",
    "many movements": lines(
        "triggers",
        lambda i: (
            f"- {{id: t{i}, when: {{any: [{{category: c{i}}}, "
            f"{{id: d{i}}}]}}, escalate: L1, set: {{category: c{i + 1}}}}}"
        ),
        3_000,
    ),
    "many movements but one": lines(
        "triggers",
        lambda i: f"- {{id: t{i}, when: {{category: {{ne: c{i}}}}}, escalate: L1}}",
        5_000,
    ),
    "many owners by cases": HEAD.replace(
        "owner: a",
        f"owner: [{CASES}, {{otherwise: a}}]",
    ),
    "names in names": lines("conditions", stack, 9) + "triggers: [{id: t, when: {is: c0}}]\n",
    "ranges over ranges": calendar(
        2_000, lambda i: f"{{from: 1970-01-0{i % 8 + 2}, to: 2199-12-0{i % 7 + 1}}}"
    ),
    "a crowd in turn": HEAD.replace(
        "{a: team}",
        f"{{a: {{kind: rotation, starts: 2026-01-05, members: [{MEMBERS}]}}}}",
    ),
    "groups in groups": HEAD.replace(
        "{a: team}",
        "{a: team, "
        + ", ".join(f"g{i}: {{kind: group, of: [g{i + 1}]}}" for i in range(8_000))
        + ", g8000: team}",
    ),
    "a glob": f"{HEAD}triggers: [{{id: t, when: {{subject: {{like: '{'*a' * 100_000}'}}}}}}]\n",
    "derived": lines("derive", lambda i: f"f{i}: [{{when: {{f{i + 1}: x}}, use: x}}]", 5_000)
    + "fields:\n"
    + "".join(f"  f{i}: {{type: string}}\n" for i in range(5_001)),
}


def some_at_once(texts):
    """Every third of them; all of them where there is time."""
    slow = pytest.mark.slow
    return [pytest.param(name, marks=[slow] if n % 3 else []) for n, name in enumerate(texts)]


@pytest.mark.parametrize("name", some_at_once(LARGE))
def test_large_and_wrong(name):
    """Work stays in proportion to the text, whatever is wrong with it."""
    with at_most(calls=12_000_000):
        loaded = load_text(LARGE[name])
    sound(loaded)
    assert 0 < len(loaded.diagnostics) <= 201


@pytest.mark.parametrize("name", some_at_once(HARD))
def test_large_and_perhaps_right(name):
    """What loads can be examined and made an engine, with as little work."""
    with at_most(calls=20_000_000):
        loaded = load_text(HARD[name])
        if loaded.policy is not None:
            examine(loaded.policy, loaded.places)
            Engine(loaded.policy)
    sound(loaded)


def test_large_and_right():
    words = ", ".join(f"w{i}" for i in range(80_000))
    loaded = load_text(f"{HEAD}conditions: {{c: {{subject: {{mentions: [{words}]}}}}}}\n")
    assert loaded.diagnostics == ()
