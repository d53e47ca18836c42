"""Each character of a scalar is found where it is written, whatever the style."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from escalate.policy.scalar_text import character_offsets
from escalate.policy.source import read_source

WORDS = st.text(st.sampled_from("ab é{|}'\"\\#: \t-\n"), max_size=60)


def written(source, path):
    node = source._find(path)
    return source.text[node.start : node.end]


@pytest.mark.parametrize("style", [None, "'", '"', "|", ">"])
@given(value=WORDS, width=st.sampled_from([20, 1000]), deep=st.booleans(), crlf=st.booleans())
def test_offsets_lead_to_the_characters(style, value, width, deep, crlf):
    data = {"a": [{"b": value, "c": 1}]} if deep else {"b": value, "c": 1}
    text = yaml.dump(data, default_style=style, width=width, allow_unicode=True)
    text = text.replace('"c"', "c").replace("!!int ", "")
    source = read_source(text.replace("\n", "\r\n") if crlf else text)
    path = ("a", 0, "b") if deep else ("b",)
    read = source.data["a"][0]["b"] if deep else source.data["b"]
    assert read == value
    raw = written(source, path)
    offsets = character_offsets(raw, value)
    assert offsets is not None
    assert len(offsets) == len(value) + 1
    assert offsets == sorted(offsets)
    for character, at in zip(value, offsets, strict=False):
        if not character.isspace() and raw[at] != "\\":
            assert raw[at] == character


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("m: hello {x}", (1, 10)),
        ("m: hello\n   there {x}", (2, 10)),
        ("m: 'it''s {x}'", (1, 11)),
        ('m: "a\\tb\\u00e9 {x}"', (1, 16)),
        ('m: "a \\\n   b {x}"', (2, 6)),
        ("m: |\n  one\n  two {x}\n", (3, 7)),
        ("m: |+2\n    one\n  two {x}\n\n", (3, 7)),
        ("m: >- # a comment\n  one\n  two\n\n    three\n  four {x}\n", (6, 8)),
        ("m: [a, {b: 'x {x}'}]", None),
    ],
)
def test_where_a_word_stands(text, at):
    source = read_source(text)
    value = source.data["m"]
    if at is None:
        assert source.place_within(("m", 1, "b"), 2, 5).column == 15
        return
    found = source.place_within(("m",), value.index("{x}"), value.index("{x}") + 3)
    assert (found.line, found.column) == at
    assert (found.end_line, found.end_column) == (at[0], at[1] + 3)


def test_what_is_no_text_gives_its_whole_place():
    source = read_source("m: 12\nn: {a: b}\n")
    assert source.place_within(("m",), 0, 1) == source.place(("m",))
    assert source.place_within(("n",), 0, 1) == source.place(("n",))
    assert character_offsets("'a\\", "a") is None
    assert character_offsets("|", "a") is None
    assert character_offsets('"\\q"', "q") is None
