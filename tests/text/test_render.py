"""The drawing of a diagnostic, where goldens of whole files would hide the point."""

from hypothesis import given
from hypothesis import strategies as st

from escalate.errors import Diagnostic, Place, Related
from escalate.policy.excerpt import WIDEST, excerpt, visible
from escalate.policy.render import concise, render
from escalate.policy.text import split_lines


def at(line, column, end_line=None, end_column=None, file="f"):
    return Place(file, line, column, end_line or line, end_column or column + 1)


def test_without_the_text_the_place_remains():
    d = Diagnostic("ESC999", "it is wrong", place=at(3, 4), help="mend it")
    assert render(d, lambda _: None) == "f:3:4: error[ESC999]: it is wrong\n  = help: mend it"


def test_without_a_place_the_path_remains():
    d = Diagnostic("ESC999", "it is wrong", path="levels[2]")
    assert render(d, lambda _: "") == "levels[2]: error[ESC999]: it is wrong"


def test_a_place_behind_the_text():
    d = Diagnostic("ESC999", "it is wrong", place=at(9, 1))
    assert render(d, lambda _: "one line") == "f:9:1: error[ESC999]: it is wrong"


def test_a_related_place_in_another_file():
    d = Diagnostic(
        "ESC999",
        "it is wrong",
        place=at(1, 1, end_column=4),
        related=(
            Related(at(12, 2, end_column=4, file="g"), "see here"),
            Related(at(7, 1, file="unknown"), "and here"),
        ),
    )
    texts = {"f": "abc", "g": "\n" * 11 + "xyz"}
    assert render(d, texts.get).splitlines() == [
        "f:1:1: error[ESC999]: it is wrong",
        "   |",
        " 1 | abc",
        "   | ^^^",
        "  --> g:12:2",
        "   |",
        "12 | xyz",
        "   |  -- see here",
        "  --> unknown:7:1: and here",
    ]


def test_a_stretch_over_lines_is_marked_to_the_end_of_its_first():
    d = Diagnostic("ESC999", "it is wrong", place=at(1, 3, 2, 2))
    assert render(d, lambda _: "ab{cd\nef}").splitlines()[-1] == "  |   ^^^"


def test_columns_of_wide_combining_and_invisible_characters():
    assert excerpt("日本x", 3, 4) == ("日本x", 4, 1)
    assert excerpt("日本x", 1, 3) == ("日本x", 0, 4)
    assert excerpt("e\u0301x", 3, 4) == ("e\u0301x", 1, 1)
    assert excerpt("\ta\tb", 4, 5) == ("    a   b", 8, 1)
    assert excerpt("\u202ex", 2, 3) == ("<U+202E>x", 8, 1)
    assert excerpt("", 1, 2) == ("", 0, 1)
    assert excerpt("ab", 3, 4) == ("ab", 2, 1)


def test_messages_cannot_move_the_cursor():
    d = Diagnostic("ESC999", "`\x1b[2J\u202e\n`", place=at(1, 1, file="\x07"), help="\ud800")
    for text in (concise(d), render(d, lambda _: "\x1b[31m")):
        assert "\x1b" not in text
        assert "\u202e" not in text
        text.encode()
    assert "\n" not in concise(d)


LINES = st.text(alphabet=st.sampled_from("ab \t日e\u0301\u202e\x00"), max_size=200)


@given(LINES, st.integers(1, 210), st.integers(0, 30))
def test_excerpts_fit_and_mark_something(line, column, length):
    shown, offset, width = excerpt(line, column, column + length)
    assert width >= 1
    assert offset <= WIDEST
    assert visible(shown) == shown
    assert len([c for c in shown if c != "\u0301"]) <= WIDEST + 3
    if length and column <= len(line) and line[column - 1] in "ab":
        columns = "".join("日\0" if c == "日" else c for c in shown if c != "\u0301")
        assert columns[offset] == line[column - 1]


@given(st.text(max_size=50), st.integers(1, 9), st.integers(1, 60))
def test_any_text_can_be_drawn(text, line, column):
    d = Diagnostic("ESC999", text, place=at(line, column), help=text)
    drawn = render(d, lambda _: text)
    drawn.encode()
    for part in drawn.split("\n"):
        assert visible(part) == part
    assert (" | " in drawn or " |\n" in drawn) == (
        line <= len(split_lines(text.removeprefix("\ufeff")))
    )
