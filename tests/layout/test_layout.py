"""The layout says what the text said, keeps every comment, and stays as it is."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.policy.layout import format_text
from escalate.policy.layout.gaps import comments_in
from escalate.policy.quoting import as_scalar, for_every_reader
from escalate.policy.scalars import resolve
from escalate.policy.source import read_source
from support.goldens import golden
from support.policy_data import EXAMPLES, example, examples, mutated

GOLDEN = Path(__file__).parents[1] / "golden" / "layout"
ODD = ["no", "on", "9:00", "12:30:45", "1_000", "017", "2026-12-24", "true", "null", "~", "", "="]
ALL = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
TEXTS = st.sampled_from(ODD) | st.text(
    st.sampled_from("ab é:#'\"{}[]|>&*!%@`\\,-?\n\t0~"), max_size=20
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def laid_out(text, **how):
    """The layout of a text, which must keep its word."""
    result = format_text(text, **how)
    assert result.wrong == ()
    before, after = read_source(text), read_source(result.text)
    assert after.data == before.data
    assert {d.code for d in after.diagnostics} <= {d.code for d in before.diagnostics}
    assert sorted(told(result.text)) == sorted(told(text))
    assert format_text(result.text, **how).text == result.text
    return result.text


def told(text):
    return [comment.text for comment in comments_in(text)]


def test_golden():
    text = (GOLDEN / "messy.yaml").read_text("utf-8")
    seen = laid_out(text)
    golden(GOLDEN / "tidy.yaml", seen)
    assert laid_out(text.replace("\n", "\r\n")) == seen.replace("\n", "\r\n")


@pytest.mark.parametrize("name", examples())
def test_other_readers_of_the_layout_see_the_same(name):
    """PyYAML with the rules of 1.1 reads of it what we read."""
    text = laid_out((EXAMPLES / name).read_text("utf-8"))
    assert yaml.safe_load(text) == read_source(text).data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1", "a: 1\n"),
        ("{b: 1,   a: [x,z ,]}", "b: 1\na: [x, z]\n"),
        ("# only\na: {}   # empty\n", "# only\na: {}   # empty\n"),
        ("a: {  # in\n  # it\n}\nb:\n", "# in\n# it\na: {}\nb:\n"),
        ("a:\n  # above\n  - 1\n\n\n\n  # two\n  - 2\n  # after\nb: 1\n",
         "a:\n  # above\n  - 1\n\n  # two\n  - 2\n  # after\nb: 1\n"),
        ("a:\n- b:\n  - c\n  # c's\n # between\n# b's\n- d\n",
         "a:\n  - b:\n      - c\n      # c's\n    # between\n  # b's\n  - d\n"),
        ("a: # head\n  b: 1 # tail\n", "a:  # head\n  b: 1  # tail\n"),
        ("a: # of the value\n  plain\n", "# of the value\na: plain\n"),
        ("{  # in\n  a: 1  # a\n}  # out\n# end\n", "# in\na: 1    # a\n# out\n# end\n"),
        ("[1, 2]  # two\n", "- 1\n- 2\n# two\n"),
        ("text  # t\n", "text  # t\n"),
        ("---\n# x\na: 1\n...\n# y\n", "---\n# x\na: 1\n# y\n"),
        ("# top\n---\na: 1\n", "# top\n---\na: 1\n"),
        ("a: [[1, 2], [{b: c}], [d: e]]\n", "a: [[1, 2], [{b: c}], [{d: e}]]\n"),
        ("a:\n  - - 1\n    - 2\n  - - # x\n      b: 1\n",
         "a:\n  - - 1\n    - 2\n  # x\n  - - b: 1\n"),
        ("a:\n  - b: 1\n  - # x\n    c: 2\n", "a:\n  - b: 1\n  # x\n  - c: 2\n"),
        ("a: {x: who?, z: [a?b]}\n", 'a: {x: "who?", z: ["a?b"]}\n'),
        ("? a\n: b\n", "a: b\n"),
        ("a:\n    |-\n      x\n       y\n", "a: |-\n  x\n   y\n"),
        ("a: |\n\n    x\n\n\nb: 1\n", "a: |\n\n  x\n\nb: 1\n"),
        ("- |+\n  a\n\n- >1\n  b\n", "- |+\n  a\n\n- >2\n   b\n"),
        ("yes: no\n1.0: 9:00\n", "\"yes\": \"no\"\n1.0: \"9:00\"\n"),
        ("a: +1\nb: 017\nc: 0o17\nd: 0x1F\ne: 1e3\nf: 1.5e20\ng: True\nh: ~\ni: .5\n",
         "a: +1\nb: 17\nc: 15\nd: 0x1F\ne: 1000.0\nf: 1.5e+20\ng: true\nh: ~\ni: .5\n"),
    ],
)  # fmt: skip
def test_layouts(before, after):
    if "1.0:" in before:
        before, after = before.replace("1.0:", "a:"), after.replace("1.0:", "a:")
    assert laid_out(before) == after


def test_a_text_that_cannot_be_read_stays():
    assert format_text("a: [").text == "a: ["
    assert [d.code for d in format_text("a: [").wrong] == ["ESC124"]
    assert format_text("a: 1\na: 2\n").wrong[0].code == "ESC103"


def test_a_faulty_structure_is_laid_out_all_the_same():
    text = "levels: [{x: 1, id: 5}, 7]\nfoo: 1\nescalate: one\n"
    assert laid_out(text) == "escalate: one\nlevels: [{id: 5, x: 1}, 7]\nfoo: 1\n"


def test_the_modeline_stays_on_top():
    text = "# yaml-language-server: $schema=x\n# of the name\nname: x\nescalate: 1\n"
    assert laid_out(text) == (
        "# yaml-language-server: $schema=x\nescalate: 1\n# of the name\nname: x\n"
    )


@st.composite
def disordered(draw):
    """A policy dumped in some style, with comments and blank lines put in anywhere."""
    data = draw(st.builds(example, st.sampled_from(examples())) | mutated(most=2))
    style = draw(st.sampled_from([None, True, False]))
    text = yaml.dump(
        data,
        default_flow_style=style,
        indent=draw(st.integers(2, 6)),
        width=draw(st.sampled_from([20, 60, 200])),
        allow_unicode=True,
        sort_keys=draw(st.booleans()),
    )
    lines = text.splitlines(keepends=True)
    for number in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(lines) - 1))
        blanks = " " * draw(st.integers(0, 9))
        comment = f"{blanks}# {number}\n"
        kind = draw(st.sampled_from(["above", "blank", "behind"]))
        if kind == "behind":
            changed = [*lines[:at], lines[at].rstrip("\n") + " " + comment, *lines[at + 1 :]]
        else:
            new = comment if kind == "above" else "\n"
            changed = [*lines[:at], new, *lines[at:]]
        source = read_source("".join(changed))
        if not any(d.severity == "error" for d in source.diagnostics) and source.data == data:
            lines = changed
    return "".join(lines)


@ALL
@given(disordered())
def test_any_text(text):
    seen = laid_out(text)
    assert max(len(line) for line in seen.splitlines()) <= max(
        100, *(len(line) + 12 for line in text.splitlines())
    ) or re.search(r"#|\n\s", text)


@ALL
@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]))
def test_any_scalar(data, style):
    text = yaml.dump({"a": data}, default_style=style, allow_unicode=True, width=30)
    if any(d.severity == "error" for d in read_source(text).diagnostics):
        return
    laid_out(text, ordered=False)


@given(TEXTS)
def test_a_scalar_is_read_as_it_was_meant(text):
    if "\n" not in text and "\t" not in text:
        source = read_source(f"[{as_scalar(text)}, {{{as_scalar(text)}: 1}}]")
        assert source.data == [text, {text: 1}]
        assert yaml.safe_load(f"- {as_scalar(text)}") == [text]


@pytest.mark.parametrize(
    "written",
    ["yes", "No", "ON", "y", "n", "9:00", "09:00", "1_000", "0b1", "2026-12-24", "=", "0777", "08",
     "0o7", "1e3", "-1.5e3", "+.5", "5.", "0x1F", "12", "-7", "True", "null", "a", "a-b", "4h"],
)  # fmt: skip
def test_for_every_reader(written):
    safe = for_every_reader(written)
    assert yaml.safe_load(safe) == resolve(written)
    assert for_every_reader(safe) == safe or safe.startswith('"')
