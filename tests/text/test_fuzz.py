"""Any bytes whatever give a source: data or located diagnostics, never another exception."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from escalate.errors import Diagnostic, Severity
from escalate.policy.limits import Limits
from escalate.policy.render import concise, render
from escalate.policy.source import NOTHING, read_source

POLICY = """\
escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h, warn: ["80%", 30m]}}
  - id: L2
    owner: manager      # the last
    text: |
      two
      lines
    more: >-
      folded
messages: {a: {en: "Hello \\"you\\" {ticket.id|é}", ro: 'Buna ''ziua'''}}
"""
PIECES = st.sampled_from(
    ["\t", "'", '"', "[", "]", "{", "}", ": ", ":", ",", "- ", "? ", "&a ", "*a", "!!x ", "<<: ",
     "%", "|", ">", "#", " #x", "\n", "\r", "\r\n", "\n---\n", "\n...\n", "\ufeff", "\x00", "\x85",
     "\u2028", "\ud800", "  ", ".nan", "1e999", "\\", "@", "`", "~", "😀"]
)  # fmt: skip

#: 406 bytes that take PyYAML's own loader seconds and hundreds of megabytes.
MERGE_BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 5)}]}}\n" for i in range(1, 10)
)


def check(content, limits=None):
    source = read_source(content, "p.yaml", limits or Limits())
    lines = source.text.count("\n") + source.text.count("\r") + 1
    for d in source.diagnostics:
        assert isinstance(d, Diagnostic)
        assert d.place is not None
        assert 1 <= d.place.line <= lines
        assert d.place.column >= 1
        assert (d.place.end_line, d.place.end_column) > (d.place.line, d.place.column)
        render(d, lambda _: source.text).encode()
        assert "\n" not in concise(d)
    if source.data is NOTHING:
        assert any(d.severity is Severity.ERROR for d in source.diagnostics)
    else:
        walk(source, source.data, ())
    return source


def walk(source, value, path):
    """Data and positions have the same shape."""
    assert source.has(path)
    source.place(path)
    source.place(path, key=True)
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
    if isinstance(value, (dict, list)):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            walk(source, child, (*path, name))
    else:
        assert value is None or isinstance(value, (str, int, float, bool))


@given(st.binary(max_size=200))
def test_any_bytes(content):
    check(content)


@given(st.text(max_size=100))
@example("\ud800")
def test_any_text(content):
    check(content)


@given(st.lists(PIECES | st.text(alphabet="ab1 \n", max_size=3), max_size=25))
def test_pieces_of_yaml(pieces):
    check("".join(pieces))


@given(st.lists(st.tuples(st.integers(0, len(POLICY)), st.integers(0, 6), PIECES), max_size=3))
def test_spoilt_policies(changes):
    text = POLICY
    for at, cut, piece in changes:
        text = text[:at] + piece + text[at + cut :]
    check(text)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 255)), min_size=1, max_size=4))
def test_spoilt_bytes(changes):
    content = bytearray(POLICY.encode())
    for at, byte in changes:
        content[at % len(content)] = byte
    check(bytes(content))


@given(st.integers(0, len(POLICY)))
def test_cut_off_policies(length):
    check(POLICY[:length])


def test_the_policy_itself_is_clean():
    assert check(POLICY).diagnostics == ()


def test_merge_bomb():
    assert len(MERGE_BOMB) <= 420
    assert {d.code for d in check(MERGE_BOMB).diagnostics} == {"ESC110", "ESC112", "ESC111"}


MIB = 1024 * 1024
BOMBS = {
    "flow": "[" * MIB,
    "flow mappings": "{a: " * (MIB // 4),
    "block items": "- " * (MIB // 2),
    "complex keys": "? " * (MIB // 2),
    "aliases": "[" + "*a," * (MIB // 3),
    "anchors": "&a " * (MIB // 3),
    "tags": "!a " * (MIB // 3),
    "quotes": "'" * MIB,
    "spaces": " " * MIB,
    "lines": "\n" * MIB,
    "comments": "#\n" * (MIB // 2),
    "items": "[" + "1," * (MIB // 2 - 1),
    "empty keys": "{" + "a," * (MIB // 2 - 1),
    "many empty keys": "{" + ",".join(f"k{i}" for i in range(49_000)) + "}",
    "many empty items": "- #\n" * 99_000,
    "many keys": "{" + ",".join(f"k{i}: {i}" for i in range(49_000)) + "}",
    "many lists": "[" + "[[1]]," * 33_000 + "]",
    "one key again": "{" + "a: 1," * 90_000 + "}",
    "blank lines before a mistake": "a:" + "\n" * (MIB - 10) + " b\n  c: d",
    "documents": "---\n" * (MIB // 4),
    "directives": "%A\n" * (MIB // 3),
    "one word": "a" * MIB,
    "one number": "1" * MIB,
    "colons": ":" * MIB,
    "colons apart": ": " * (MIB // 2),
    "NUL": "\0" * MIB,
    "marks": "\ufeff" * (MIB // 3),
    "not UTF-8": b"\xff" * MIB,
    "escapes": '"' + "\\u0041" * (MIB // 6 - 1) + '"',
    "bad escapes": '"' + "\\q" * (MIB // 2 - 1) + '"',
    "tabs": "a:\n" + "\t" * (MIB - 3),
    "percent": "%" * MIB,
    "block text": "a: |\n" + " x\n" * (MIB // 3 - 2),
    "many lines of one word": "a\n" * (MIB // 2),
    "open braces on lines": "{\n" * (MIB // 2),
    "carets": "a: " + "日" * (MIB // 3 - 1),
    "too big": "a" * (MIB + 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_at_the_limit(name):
    check(BOMBS[name])


def test_a_full_file_of_triggers():
    line = "  - {id: t%d, when: {severity: [high, critical]}, escalate: next}\n"
    text = "triggers:\n" + "".join(line % i for i in range(9_000))
    assert check(text).diagnostics == ()


def test_great_depth_with_a_great_limit():
    """A caller may raise the limits; nothing of ours recurses."""
    source = read_source("[" * 900 + "]" * 900, limits=Limits(depth=10_000))
    assert source.diagnostics == ()


def test_random_rubbish_of_size():
    rubbish = random.Random(7)
    for _ in range(10):
        check(rubbish.randbytes(20_000))
        check("".join(rubbish.choices("ab:-?[]{},&*!|>'\"%@` \n\t#", k=20_000)))
