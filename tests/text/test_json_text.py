"""JSON text: strict reading, and the places of values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.policy.json_place import place_in_json
from escalate.policy.json_text import read_json, read_pairs
from escalate.policy.nothing import NOTHING

WRONG = {
    "": ("ESC902", 1),
    " \n": ("ESC902", 1),
    '{"a":1,}': ("ESC902", 7),
    "[1 , ]": ("ESC902", 4),
    '{"a" 1}': ("ESC902", 6),
    '{"a":1 "b":2}': ("ESC902", 8),
    "{'a':1}": ("ESC902", 2),
    '{"a":True}': ("ESC902", 6),
    '{"a":"x': ("ESC902", 6),
    '{"a":"x\ny"}': ("ESC902", 8),
    '"\\q"': ("ESC902", 2),
    '"\\u12"': ("ESC902", 2),
    "1 2": ("ESC902", 3),
    '{"a":1}}': ("ESC902", 8),
    '{"a":1': ("ESC902", 6),
    "[1 2": ("ESC902", 4),
    "{1:2}": ("ESC902", 2),
    "\ud800": ("ESC902", 1),
    b'"\xff"': ("ESC901", 2),
    '{"a": 1, "\\u0061": 2}': ("ESC903", 10),
    "[NaN]": ("ESC904", 2),
    "[1, -Infinity]": ("ESC904", 5),
    "[" * 101 + "]" * 101: ("ESC905", 101),
    "[" * 200_000: ("ESC905", 101),
    '{"a":' * 200_000: ("ESC905", 501),
    "[" + "1" * 101 + "]": ("ESC906", 2),
    "1" * 100_000: ("ESC906", 1),
    "[1e999]": ("ESC906", 2),
    '["\\ud83d"]': ("ESC907", 2),
    '["\ud83d"]': ("ESC907", 2),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:20]))
def test_wrong(text):
    value, found = read_json(text, "t.jsonl", 7)
    assert value is NOTHING
    assert [(d.code, d.line, d.column) for d in found] == [(WRONG[text][0], 7, WRONG[text][1])] or (
        text == " \n"
    )
    for d in found:
        str(d).encode()


def test_everything_refused_is_told_at_once():
    _, found = read_json('[NaN,\n {"a": 1, "a": 1e999}]', "f")
    assert [(d.code, d.line, d.column) for d in found] == [
        ("ESC904", 1, 2),
        ("ESC903", 2, 11),
        ("ESC906", 2, 16),
    ]
    assert (found[1].related[0].place.line, found[1].related[0].place.column) == (2, 3)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON, st.booleans(), st.sampled_from([None, 0, 3]))
def test_whatever_python_writes_is_read(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    for form in (text, text.encode(), "\ufeff" + text):
        assert read_json(form) == (value, [])


def opened(value):
    """The value with its objects as mappings; ``None`` where a key is written twice."""
    if isinstance(value, list):
        return [opened(item) for item in value]
    if isinstance(value, tuple):
        return {key: opened(part) for key, part in value}
    return value


@given(
    st.text(alphabet='{}[],:"\\ aeEuUdD8N1-.\n', max_size=40) | JSON.map(json.dumps) | st.binary()
)
def test_what_is_read_in_pairs_is_what_is_read(text):
    pairs = read_pairs(text)
    value, found = read_json(text, "f")
    if pairs is not NOTHING and not any(d.code == "ESC903" for d in found):
        assert (value, found) == (opened(pairs), [])


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:20]))
def test_nothing_wrong_is_read_in_pairs(text):
    pairs = read_pairs(text)
    if WRONG[text][0] == "ESC903":
        assert pairs == (("a", 1), ("a", 2))
    elif WRONG[text][0] != "ESC905":
        assert pairs is NOTHING


@given(JSON, st.booleans())
def test_whatever_python_writes_is_read_in_pairs(value, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only)
    if "\\u" not in text:
        assert opened(read_pairs(text)) == value


def paths(value, path=()):
    yield path, value
    if isinstance(value, (dict, list)):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(child, (*path, name))


@given(JSON, st.booleans(), st.sampled_from([None, 0, 3]))
def test_the_text_at_a_place_is_the_value(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n":
            starts.append(at + 1)
    for path, expected in paths(value):
        place = place_in_json(text, path, "f", first_line=5)
        begin = starts[place.line - 5] + place.column - 1
        end = starts[place.end_line - 5] + place.end_column - 1
        assert json.loads(text[begin:end]) == expected
        if path and isinstance(path[-1], str):
            at_key = place_in_json(text, path, "f", first_line=5, key=True)
            begin = starts[at_key.line - 5] + at_key.column - 1
            assert (
                json.loads(text[begin : starts[at_key.end_line - 5] + at_key.end_column - 1])
                == (path[-1])
            )


def test_places_skip_what_names_nothing_and_take_the_last_of_two():
    text = '{"a": [1, {"b": 2, "b": 3}]}'
    assert place_in_json(text, ["a", "x", 1, "b", "deeper"], "f").column == 25
    assert place_in_json(text, ["a", 7], "f") == place_in_json(text, ["a"], "f")
    assert place_in_json(text, [], "f").end_column == len(text) + 1


@given(st.text(alphabet='{}[],:"\\ a1\n', max_size=30), st.lists(st.sampled_from(["a", "", 0, 1])))
def test_any_text_has_some_place(text, path):
    place = place_in_json(text, path, "f")
    assert place.line >= 1
    assert place.column >= 1


@given(st.text(alphabet='{}[],:"\\ eEuUdD8N1-.\n', max_size=40) | st.text() | st.binary())
def test_any_text_is_read_or_refused(text):
    value, found = read_json(text, "f")
    assert (value is NOTHING) == bool(found)
    for d in found:
        assert d.place is not None
        assert d.message[0].islower() or not d.message[0].isalpha() or d.message.startswith("JSON")
        str(d).encode()
