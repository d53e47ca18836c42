"""From text to data and places: what is read, what is refused, where it stands."""

import gc
import sys

import pytest

from escalate.errors import EscalateError, Severity
from escalate.policy.limits import Limits
from escalate.policy.source import NOTHING, read_source

TEXT = """\
# a comment
name: desk
levels:
  - {id: L1, "the owner": front-line}
  - id: L2
    text: |
      two
      lines

nothing:
empty: []
"""


def found(text, **limits):
    source = read_source(text, "p.yaml", Limits(**limits))
    return [(d.code, d.line, d.column) for d in source.diagnostics]


def stretch(source, path, **options):
    place = source.place(path, **options)
    lines = source.text.split("\n")
    if place.line != place.end_line:
        return (place.line, place.end_line)
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


def test_values_and_keys_have_places():
    source = read_source(TEXT, "p.yaml")
    assert source.diagnostics == ()
    assert stretch(source, ["name"]) == "desk"
    assert stretch(source, ["name"], key=True) == "name"
    assert stretch(source, ["levels", 0]) == '{id: L1, "the owner": front-line}'
    assert stretch(source, ["levels", 0], key=True) == '{id: L1, "the owner": front-line}'
    assert stretch(source, ["levels", 0, "the owner"], key=True) == '"the owner"'
    assert stretch(source, ["levels", 0, "the owner"]) == "front-line"
    assert stretch(source, ["levels", 1, "text"]) == (6, 8)
    assert stretch(source, ["levels"]) == (4, 8)
    assert stretch(source, []) == (2, 11)
    assert stretch(source, ["empty"]) == "[]"
    assert source.place(["nothing"], key=True).line == 10
    assert source.place(["nothing"]).line == 10
    assert str(source.place(["name"])) == "p.yaml:2:7"


def test_segments_that_name_nothing_are_skipped():
    source = read_source(TEXT)
    here = source.place(["levels", 0, "id"])
    assert source.place(["levels", "tagged-union", 0, "id", "deeper", 3]) == here
    assert source.place(["levels", 7]) == source.place(["levels"])
    assert source.place(["absent"]) == source.place([])
    assert source.place(["levels", 0, "absent"], key=True) == source.place(["levels", 0])


def test_has():
    source = read_source(TEXT)
    assert source.has([])
    assert source.has(["levels", 1, "id"])
    assert source.has(["nothing"])
    assert not source.has(["levels", 2])
    assert not source.has(["levels", "0"])
    assert not source.has(["name", "x"])
    assert not source.has(["levels", -1])
    assert not read_source("").has([])


def test_equal_keys_and_indices_are_not_mixed_up():
    source = read_source('"0": [a]\n')
    assert not source.has([0])
    assert source.has(["0", 0])


REFUSED = {
    "not UTF-8": (b"a: \xe9\n", [("ESC101", 1, 4)]),
    "not UTF-8 after a mark": (b"\xef\xbb\xbfa: \xe9\n", [("ESC101", 1, 4)]),
    "UTF-16": ("a: 1\n".encode("utf-16"), [("ESC101", 1, 1)]),
    "UTF-16, its letters Latin": ("a: 1\n".encode("utf-16-le"), [("ESC101", 1, 1)]),
    "UTF-16, the zero first": ("a: 1\n".encode("utf-16-be"), [("ESC101", 1, 1)]),
    "UTF-32": ("a: 1\n".encode("utf-32-be"), [("ESC101", 1, 1)]),
    "no text": (b"PK\x03\x04" + bytes(40), [("ESC101", 1, 1)]),
    "a zero byte": (b"a: \0b", [("ESC102", 1, 4)]),
    "NUL": ("a: \0b", [("ESC102", 1, 4)]),
    "control": ("a: b\n\x1bc: d", [("ESC102", 2, 1)]),
    "delete": ("a: b\x7f", [("ESC102", 1, 5)]),
    "surrogate": ("a: \ud800", [("ESC102", 1, 4)]),
    "noncharacter": ("a: \uffff", [("ESC102", 1, 4)]),
    "escaped control": ('a: "\\0"', [("ESC102", 1, 4)]),
    "duplicate": ("a: 1\nb: 2\n'a': 3", [("ESC103", 3, 1)]),
    "three times": ("{a: 1, a: 2, a: 3}", [("ESC103", 1, 8), ("ESC103", 1, 14)]),
    "duplicate of nothing": ("a:\nb: 2\na: 3", [("ESC103", 3, 1)]),
    "empty": ("", [("ESC107", 1, 1)]),
    "comments": ("# a\n\n# b", [("ESC107", 1, 1)]),
    "empty document": ("---\n...\n", [("ESC107", 1, 1)]),
    "documents": ("a: 1\n---\nb: 2", [("ESC108", 2, 1)]),
    "documents after an end": ("a: 1\n...\n---\nb: 2", [("ESC108", 3, 1)]),
    "directive": ("%YAML 1.2\n---\na: 1", [("ESC109", 1, 1)]),
    "version of the future": ("%YAML 3.0\n---\na: 1", [("ESC109", 1, 1)]),
    "tag directive": ("%TAG !e! tag:e,2000:\n---\na: 1", [("ESC109", 1, 1)]),
    "unknown directive": ("%FOO bar\n---\na: 1", [("ESC109", 1, 1)]),
    "anchor": ("a: &x 1", [("ESC110", 1, 4)]),
    "anchor of a mapping": ("a: &x {b: 1}", [("ESC110", 1, 4)]),
    "anchored key": ("&x a: 1", [("ESC110", 1, 1)]),
    "alias": ("a: *x", [("ESC111", 1, 4)]),
    "alias as key": ("*x : 1", [("ESC111", 1, 1)]),
    "merge": ("a: {<<: *x}", [("ESC112", 1, 5)]),
    "merge of a list": ("a: {<<: [{b: 1}], c: 2}", [("ESC112", 1, 5)]),
    "tag": ("a: !!int x", [("ESC113", 1, 4)]),
    "own tag": ("a: !env PATH", [("ESC113", 1, 4)]),
    "verbatim tag": ("a: !<x> b", [("ESC113", 1, 4)]),
    "tag of a list": ("a: !!set [b]", [("ESC113", 1, 4)]),
    "unfinished tag": ("a: !<x", [("ESC113", 1, 4)]),
    "number as key": ("1: a", [("ESC114", 1, 1)]),
    "null as key": ("~: a", [("ESC114", 1, 1)]),
    "true as key": ("{true: a}", [("ESC114", 1, 2)]),
    "no key": (": a", [("ESC114", 1, 1)]),
    "list as key": ("[a]: b", [("ESC115", 1, 1)]),
    "mapping as key": ("? {a: b}\n: c", [("ESC115", 1, 3)]),
    "mark inside": ("a: b\ufeffc", [("ESC118", 1, 5)]),
    "second mark": ("\ufeff\ufeffa: b", [("ESC118", 1, 1)]),
    "next line": ("a: b\x85c: d", [("ESC119", 1, 5)]),
    "line separator": ("# a\u2028b: c\nd: e", [("ESC119", 1, 4)]),
    "paragraph separator": ("a: 'b\u2029c'", [("ESC119", 1, 6)]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    text, expected = REFUSED[name]
    assert found(text) == expected


def test_a_quoted_merge_key_is_a_key():
    assert read_source('"<<": 1').data == {"<<": 1}
    assert read_source("a: <<\nb: [<<]\n<<a: 1").data == {"a": "<<", "b": ["<<"], "<<a": 1}


def test_both_places_of_a_duplicate():
    (d,) = read_source("a: 1\nb: 2\na: 3", "p.yaml").diagnostics
    assert str(d.related[0].place) == "p.yaml:1:1"


def test_what_is_refused_is_left_out_and_reading_goes_on():
    text = "a: &x 1\nb: *x\n<<: *x\n? [k]\n: {z: 1}\n5: five\na: 2\nc: !!str 3\nd: .nan\ne: 4\n"
    source = read_source(text)
    assert [d.code for d in source.diagnostics] == [
        "ESC110", "ESC111", "ESC112", "ESC115", "ESC114", "ESC103", "ESC113", "ESC116",
    ]  # fmt: skip
    assert source.data == {"a": 1, "b": None, "5": "five", "c": 3, "d": ".nan", "e": 4}
    assert str(source.place(["e"])) == "<policy>:10:4"


def test_a_syntax_error_leaves_no_data():
    assert read_source("a: 1\nb: [").data is NOTHING


@pytest.mark.parametrize("mark", ["\ufeff", b"\xef\xbb\xbf"])
def test_a_leading_mark_is_no_part_of_the_text(mark):
    text = "a: 1\na: 2" if isinstance(mark, str) else b"a: 1\na: 2"
    assert found(mark + text) == [("ESC103", 2, 1)]
    assert read_source(mark + text[:4]).data == {"a": 1}


def test_a_channel_that_became_a_comment():
    source = read_source("channels:\n  - #ops\nchannel: #Ops-2 and more\nnext: # a comment\n")
    assert [(d.code, d.severity, d.line, d.column) for d in source.diagnostics] == [
        ("ESC130", Severity.WARNING, 2, 5),
        ("ESC130", Severity.WARNING, 3, 10),
    ]
    assert source.data == {"channels": [None], "channel": None, "next": None}


def test_a_colon_without_a_space():
    assert found("a: {b:1, c: 2}") == [("ESC131", 1, 5)]
    assert found("a: {b}") == []
    assert found("a: {'b:1'}") == []


def test_limits_are_exact():
    assert found("a: 1", bytes=4) == []
    assert found("a: 1 ", bytes=4) == [("ESC104", 1, 1)]
    assert found("a: ă", bytes=4) == [("ESC104", 1, 1)]
    assert found("[[[]]]", depth=3) == []
    assert found("[[[[]]]]", depth=3) == [("ESC105", 1, 4)]
    assert found("a: {b: {c: 1}}", depth=2) == [("ESC105", 1, 8)]
    assert found("a: [1, 2]", nodes=5) == []
    assert found("a: [1, 2, 3]", nodes=5) == [("ESC106", 1, 11)]
    assert found("a: [1, 2, []]", nodes=5) == [("ESC106", 1, 11)]


def test_the_collector_is_left_as_it_was():
    read_source("a: [")
    assert gc.isenabled()
    gc.disable()
    try:
        read_source("a: 1")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_rubbish_does_not_yield_endless_findings():
    assert len(found("[" + "*a, " * 5000 + "]")) == 100


def test_without_libyaml_the_message_says_what_is_needed(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    with pytest.raises(EscalateError, match="built with libyaml"):
        read_source("a: 1")
    assert gc.isenabled()
