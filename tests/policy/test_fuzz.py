"""Anything at all as a policy: diagnostics or a policy, never another exception."""

import difflib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.errors import Diagnostic
from escalate.policy.loader import load_text
from escalate.policy.policy import Policy
from support.policy_data import KEYS, POOL, example, examples, mutated

ALL = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
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
    "depth": HEAD + "owners3: " + "[" * 31 + "]" * 31 + "\n",
}


@pytest.mark.parametrize("name", LARGE)
def test_large_and_wrong(name, monkeypatch):
    """Work stays in proportion: comparisons of names are counted, not seconds."""
    compared = 0
    real = difflib.SequenceMatcher.real_quick_ratio

    def counting(self):
        nonlocal compared
        compared += 1
        return real(self)

    monkeypatch.setattr(difflib.SequenceMatcher, "real_quick_ratio", counting)
    loaded = load_text(LARGE[name])
    sound(loaded)
    assert 0 < len(loaded.diagnostics) <= 201
    assert compared <= 200_000


def test_large_and_right():
    words = ", ".join(f"w{i}" for i in range(80_000))
    loaded = load_text(f"{HEAD}conditions: {{c: {{subject: {{mentions: [{words}]}}}}}}\n")
    assert loaded.diagnostics == ()
