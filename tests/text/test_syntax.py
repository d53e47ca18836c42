"""Mistakes of syntax: each has a code, a place where the author would look, and plain words."""

import pytest

from escalate.policy.source import read_source

MISTAKES = {
    "a:\n\tb: 1": ("ESC121", 2, 1),
    "a: \tb\n\tc: 1": ("ESC121", 2, 1),
    "a: |\n\tx": ("ESC121", 2, 1),
    "a: 'x\nb: 1": ("ESC122", 1, 4),
    'a: "x\nb: 1\n': ("ESC122", 1, 4),
    'a: "x\n---\nb"': ("ESC122", 1, 4),
    "a: 'x' y": ("ESC123", 1, 8),
    "a: 'it's'": ("ESC123", 1, 8),
    "a: [a]b\nc: d": ("ESC123", 1, 7),
    "a: [1, 2\nb: 3": ("ESC124", 1, 4),
    "a: {x: 1\nb: 3": ("ESC124", 1, 4),
    "a: [1, 2": ("ESC124", 1, 4),
    "a: [": ("ESC124", 1, 4),
    "a: [1,": ("ESC124", 1, 6),
    "a: [b: c: d]": ("ESC124", 1, 9),
    "a: {x: [1}": ("ESC124", 1, 10),
    "a: ]": ("ESC125", 1, 4),
    "a: [1]]": ("ESC125", 1, 7),
    "a: {b: 1}}": ("ESC125", 1, 10),
    "a:\n  b: 1\n c: 2": ("ESC126", 3, 2),
    "a:\n   b: 1\n  c: 1": ("ESC126", 3, 3),
    "a: 1\n  b: 2": ("ESC126", 2, 3),
    "a: 1\n- b": ("ESC126", 2, 1),
    "- a\nb: 1": ("ESC126", 2, 1),
    "a: - b": ("ESC126", 1, 4),
    " a: 1\nb: 2": ("ESC126", 2, 1),
    "name:foo\nb: 1": ("ESC127", 1, 1),
    "b: 1\nname:foo\nc: 2": ("ESC127", 2, 1),
    "a: 1\nfoo\nb: 2": ("ESC127", 2, 1),
    "a: b: c": ("ESC128", 1, 5),
    "a: @x": ("ESC129", 1, 4),
    "a: `x`": ("ESC129", 1, 4),
    "a: %x": ("ESC129", 1, 4),
    "a: , x": ("ESC129", 1, 4),
    "a: *.x": ("ESC129", 1, 4),
    "a: & b": ("ESC129", 1, 4),
    "&": ("ESC129", 1, 1),
    "[a,,b]": ("ESC129", 1, 4),
    'a: "\\q"': ("ESC132", 1, 5),
    'a: "\\x1"': ("ESC132", 1, 5),
    'a: "\\ud800"': ("ESC132", 1, 5),
    "a: |0\n x": ("ESC133", 1, 5),
    "a: >x\n b": ("ESC133", 1, 5),
    "k" * 1100 + ": 1": ("ESC128", 1, 1101),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistake(text):
    (found,) = read_source(text).diagnostics
    assert (found.code, found.line, found.column) == MISTAKES[text]
    assert found.help
    assert found.message[0] == found.message[0].lower()


def test_libyaml_is_quoted_only_as_a_last_resort():
    import yaml

    from escalate.policy.syntax import explain
    from escalate.policy.text import Text

    error = yaml.YAMLError("something new\nand more")
    found = explain(error, Text("a: 1", "p.yaml"))
    assert found.code == "ESC120"
    assert "something new" in found.message
