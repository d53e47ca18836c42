"""Lines and columns against a naive count of the characters."""

from hypothesis import given
from hypothesis import strategies as st

from escalate.policy.source import read_source
from escalate.policy.text import Text, split_lines

ANY = st.text(alphabet=st.sampled_from("ab \t\n\r\x0b\x0c\x85\u2028\u2029é日😀\u0301"), max_size=40)


def naive(text, index):
    """Line and column as an editor shows them, counted one character at a time."""
    line = column = 1
    at = 0
    while at < index:
        if text[at : at + 2] == "\r\n" and at + 2 <= index:
            line, column, at = line + 1, 1, at + 2
        elif text[at] == "\n" or (text[at] == "\r" and text[at : at + 2] != "\r\n"):
            line, column, at = line + 1, 1, at + 1
        else:
            column, at = column + 1, at + 1
    return line, column


@given(ANY)
def test_positions(text):
    lines = Text(text, "f")
    for index in range(len(text) + 1):
        assert lines.position(index) == naive(text, index)


@given(ANY)
def test_lines_are_those_of_positions(text):
    assert len(split_lines(text)) == naive(text, len(text))[0]


@given(ANY, st.integers(1, 10**6))
def test_a_piece_of_a_file_counts_on(text, first):
    line, column = naive(text, len(text))
    assert Text(text, "f", first).position(len(text)) == (line + first - 1, column)


NAMES = st.text(alphabet="abé日😀", min_size=1, max_size=4)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])
FILLERS = st.lists(st.sampled_from(["", "# x", "   ", "# é日😀", "# end \t"]), max_size=3)


@given(
    st.lists(st.tuples(NAMES, NAMES, FILLERS, st.integers(1, 4)), min_size=1, max_size=8), BREAKS
)
def test_places_of_a_generated_text(entries, line_break):
    """Write a text and note where things come to stand; then read it."""
    written, expected, line = [], {}, 1
    for number, (key, value, fillers, spaces) in enumerate(entries):
        for filler in fillers:
            written.append(filler)
            line += 1
        key = f"{key}{number}"
        written.append(f"{key}:{' ' * spaces}'{value}'  # {value}")
        expected[key] = (line, len(key) + 1 + spaces + 1, value)
        line += 1
    source = read_source(line_break.join(written))
    assert source.diagnostics == ()
    assert source.data == {key: value for key, (_, _, value) in expected.items()}
    for key, (line, column, value) in expected.items():
        place = source.place([key])
        assert (place.line, place.column) == (line, column)
        assert (place.end_line, place.end_column) == (line, column + len(value) + 2)
        at_key = source.place([key], key=True)
        assert (at_key.line, at_key.column, at_key.end_column) == (line, 1, len(key) + 1)
