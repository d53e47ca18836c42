"""What the YAML parser complains of, in words for authors. Language: "The text".

The parser says what it expected; an author wants to know what he did. Each entry of
the table recognises a complaint and looks at the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml.error import MarkedYAMLError, YAMLError

from escalate.errors import Diagnostic, Fix, Related
from escalate.policy.text import Text

__all__ = ["explain"]

_NO_SPACE_AFTER_COLON = re.compile(r"\s*(?:- )*([^\s:'\"#{\[]+):([^\s/:][^:]*)")
_SIGNS = ("while scanning an anchor", "while scanning an alias")
_LONGEST_KEY = 1024  # of the parser, and YAML's own rule
_QUOTE_IT = "quote the text if it is meant as it stands"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A complaint of the parser: what, where, and since where it was reading."""

    problem: str
    context: str
    at: int
    since: int | None
    text: Text

    @property
    def character(self) -> str:
        """What stands at the fault; empty at the end of the text."""
        return self.text.content[self.at : self.at + 1]

    @property
    def line_begin(self) -> str:
        """What stands on the line before the fault."""
        _, column = self.text.position(self.at)
        return self.text.content[self.at - column + 1 : self.at]

    def says(
        self,
        code: str,
        message: str,
        advice: str,
        *,
        start: int | None = None,
        end: int | None = None,
        also: tuple[int, str] | None = None,
        fix: Fix | None = None,
    ) -> Diagnostic:
        related = (Related(self.text.place(also[0]), also[1]),) if also else ()
        place = self.text.place(self.at if start is None else start, end)
        return Diagnostic(code, message, place=place, help=advice, related=related, fix=fix)


def explain(error: YAMLError, text: Text) -> Diagnostic:
    """The diagnostic for an error that libyaml's scanner or parser raised."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        fault = _Fault(str(error).splitlines()[0], "", 0, None, text)
        return _anything_else(fault)
    fault = _Fault(
        problem=error.problem or "",
        context=error.context or "",
        at=min(error.problem_mark.index, len(text.content)),
        since=error.context_mark.index if error.context_mark else None,
        text=text,
    )
    for context, problem, describe in _TABLE:
        if context in fault.context and problem in fault.problem:
            return describe(fault)
    return _anything_else(fault)


def _anything_else(fault: _Fault) -> Diagnostic:
    return fault.says(
        "ESC120",
        f"the text cannot be read as YAML here: {fault.problem}",
        "look at quotes, brackets and indentation on this line and the one above",
    )


def _tab(fault: _Fault) -> Diagnostic:
    start = max(fault.text.content.find("\t", fault.at), 0)
    rest = fault.text.content[start:]
    return fault.says(
        "ESC121",
        "a tab indents this line; policies are indented by spaces",
        "replace the tab by spaces",
        start=start,
        end=start + len(rest) - len(rest.lstrip("\t")),
        fix=_without_tabs(fault),
    )


def _without_tabs(fault: _Fault) -> Fix | None:
    """Spaces for all tabs that indent lines, if there is but one way to read the result."""
    from escalate.policy.tabs import expanded  # only mistakes need it

    found = expanded(fault.text.content)
    if found is None:
        return None
    start, end, text = found
    return Fix(fault.text.place(start, end), text)


def _first_character(fault: _Fault) -> Diagnostic:
    start = fault.at
    if fault.since is not None and fault.context in _SIGNS:
        start = fault.since  # the complaint is about what follows the sign
    written = fault.text.content[start : start + 1]
    if written == "\t":
        return _tab(fault)
    if written in ("]", "}"):
        return _closes_nothing(fault)
    if not written:
        return _unclosed(fault)
    if written == "," and "flow" in fault.context:
        return fault.says("ESC129", "nothing stands before this `,`", "remove it or add the value")
    if not written.strip():
        return fault.says("ESC129", "a value is missing here", "write it")
    sign = "a backtick" if written == "`" else f"`{written}`"
    message = f"text cannot begin with {sign}"
    return fault.says("ESC129", message, _QUOTE_IT, start=start, fix=_quotes(fault, start))


def _quotes(fault: _Fault, start: int) -> Fix | None:
    """Quotes around the rest of the line, where it is one value."""
    from escalate.policy.quoting import quoted  # only mistakes need it

    before = fault.text.content[start - 2 : start]
    written = fault.text.rest_of_line(start).partition(" #")[0].rstrip()
    if before not in (": ", "- ") or any(sign in written for sign in "[]{},"):
        return None
    return Fix(fault.text.place(start, start + len(written)), quoted(written))


def _quote(fault: _Fault) -> Diagnostic:
    since = fault.at if fault.since is None else fault.since
    quote = fault.text.content[since : since + 1]
    return fault.says(
        "ESC122", f"the quote `{quote}` that opens here is never closed", "close it", start=since
    )


def _unclosed(fault: _Fault) -> Diagnostic:
    """Inside brackets the parser met what it could not take."""
    content = fault.text.content
    since = fault.since
    last = len(content[: fault.at].rstrip()) - 1
    if not fault.character and content[last : last + 1] in ("[", "{"):
        since = last  # opened last, and the text ends
    if since is None or content[since : since + 1] not in ("[", "{"):
        message = "the text ends and a bracket is still open"
        return fault.says("ESC124", message, "close it", start=max(last, 0))
    if fault.line_begin[-1:] in ("'", '"') and fault.character.isalnum():
        return _after_closing(fault, "quote")  # an apostrophe, most likely
    opening = content[since]
    closing = "]" if opening == "[" else "}"
    same_line = fault.text.position(since)[0] == fault.text.position(fault.at)[0]
    if fault.character and same_line:
        return fault.says(
            "ESC124",
            f"`,` or `{closing}` is missing here",
            f"separate entries by `,` and close with `{closing}`; {_QUOTE_IT}",
            also=(since, f"`{opening}` opens here"),
        )
    return fault.says(
        "ESC124",
        f"the `{opening}` that opens here is never closed",
        f"close it with `{closing}`, and separate entries by `,`",
        start=since,
        also=(fault.at, "reading stopped here") if fault.character else None,
    )


def _closes_nothing(fault: _Fault) -> Diagnostic:
    opening = "[" if fault.character == "]" else "{"
    return fault.says(
        "ESC125", f"`{fault.character}` closes nothing", f"remove it, or open with `{opening}`"
    )


def _out_of_line(fault: _Fault) -> Diagnostic:
    """A block went on in a way that does not fit how it began."""
    before = fault.line_begin.rstrip()
    if fault.character == ":" and not before:
        return _no_key(fault)
    if fault.character in ("]", "}"):
        return _closes_nothing(fault)
    if before and before[-1] in "'\"]}":
        return _after_closing(fault, "quote" if before[-1] in "'\"" else "bracket")
    is_item = fault.text.content.startswith("- ", fault.at)
    if not before and is_item and "mapping" in fault.context:
        message = "a list item stands where a key is expected"
    elif not before and not is_item and "collection" in fault.context:
        message = "a key stands where a list item is expected"
    else:
        message = "this does not line up with the lines above"
    return fault.says(
        "ESC126",
        message,
        "indent it exactly as the lines that it belongs with",
        also=_line_above(fault),
    )


def _line_above(fault: _Fault) -> tuple[int, str] | None:
    begin, written = fault.text.line_before(fault.at)
    indent = len(written) - len(written.lstrip())
    return (begin + indent, "the line above begins here") if written else None


def _after_closing(fault: _Fault, what: str) -> Diagnostic:
    return fault.says(
        "ESC123",
        f"something follows the closing {what}",
        "put the whole value into quotes; inside '...' write a quote as ''",
    )


def _no_key(fault: _Fault) -> Diagnostic:
    return fault.says("ESC114", "a key is missing before `:`", "write the key")


def _item_on_line_of_key(fault: _Fault) -> Diagnostic:
    return fault.says(
        "ESC126",
        "a list item cannot begin here, after other text",
        "write each item on a line of its own, or all as `[first, second]`",
    )


def _no_colon(fault: _Fault) -> Diagnostic:
    start = fault.at if fault.since is None else fault.since
    rest = fault.text.rest_of_line(start).rstrip()
    glued = _glued(fault, start, rest)
    if glued:
        return glued
    return fault.says(
        "ESC127",
        f"`{_short(rest)}` has no `:` and belongs to nothing",
        "write `key: value`, or indent the line if it continues the text above",
        start=start,
        end=start + len(rest),
    )


def _glued(fault: _Fault, start: int, line: str) -> Diagnostic | None:
    """``key:value``: YAML takes it for one word."""
    match = _NO_SPACE_AFTER_COLON.match(line)
    if match is None:
        return None
    key, value = match.group(1), match.group(2).rstrip()
    after = start + match.end(1) + 1
    return fault.says(
        "ESC127",
        f"a space is missing after the `:` of `{_short(key)}`",
        f"write `{_short(key)}: {_short(value)}`",
        start=start + match.start(1),
        end=start + match.end(1) + 1,
        fix=Fix(fault.text.place(after, after), " "),
    )


def _colon(fault: _Fault) -> Diagnostic:
    if len(fault.line_begin) > _LONGEST_KEY:
        return fault.says(
            "ESC128", f"a key is longer than {_LONGEST_KEY:,} characters", "quote long values"
        )
    if not fault.line_begin.strip():
        return _no_key(fault)
    if ": " in fault.line_begin or fault.line_begin.lstrip("- ")[:1] in ("'", '"'):
        return fault.says(
            "ESC128", "a second `:` stands on this line", "quote the value if it holds `: `"
        )
    glued = _glued(fault, *fault.text.line_before(fault.at))
    if glued:
        return glued
    begin = fault.at - len(fault.line_begin)
    indent = len(fault.line_begin) - len(fault.line_begin.lstrip(" "))
    return fault.says(
        "ESC126",
        "this key is indented deeper than the line above, which is complete",
        "line it up with the keys that it belongs with",
        start=begin + indent,
        end=fault.at,
    )


def _escape(fault: _Fault) -> Diagnostic:
    content = fault.text.content
    start = content.rfind("\\", 0, fault.at + 1)
    written = content[start : start + 2]
    return fault.says(
        "ESC132",
        f"`{written.rstrip()}` does not begin an escape that quoted text knows",
        "write `\\\\` for a backslash, or put the text into single quotes",
        start=start,
        end=start + len(written.rstrip()),
    )


def _block_text(fault: _Fault) -> Diagnostic:
    return fault.says(
        "ESC133",
        "`|` and `>` begin a text of several lines, and nothing else may stand behind them",
        "write the text on the next lines, indented; quote it if it begins with `|` or `>`",
    )


def _directive(fault: _Fault) -> Diagnostic:
    start = fault.at if fault.since is None else fault.since
    written = fault.text.rest_of_line(start).rstrip()
    return fault.says(
        "ESC109",
        f"the directive `{_short(written)}` is not allowed here",
        "remove the line",
        start=start,
        end=start + len(written),
    )


def _tag(fault: _Fault) -> Diagnostic:
    start = fault.at if fault.since is None else fault.since
    written = fault.text.rest_of_line(start).split(" ")[0].rstrip()
    return fault.says(
        "ESC113",
        f"the tag `{_short(written)}` is not allowed here",
        "remove it, or quote the text if it begins with `!`",
        start=start,
        end=start + len(written),
    )


def _short(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:37]}..."


#: Part of the context, part of the problem, what to make of it; the first that fits.
_TABLE: tuple[tuple[str, str, Callable[[_Fault], Diagnostic]], ...] = (
    ("directive", "", _directive),
    ("", "incompatible YAML document", _directive),
    ("", "directive", _directive),
    ("scanning a tag", "", _tag),
    ("parsing a tag", "", _tag),
    ("", "undefined tag handle", _tag),
    ("", "tab character", _tab),
    ("quoted scalar", "escape", _escape),
    ("quoted scalar", "hexdecimal", _escape),
    ("quoted scalar", "unexpected", _quote),
    ("block scalar", "", _block_text),
    ("", "cannot start any token", _first_character),
    ("scanning an", "alphabetic or numeric", _first_character),
    ("", "mapping keys are not allowed", _first_character),
    ("", "expected node content", _first_character),
    ("flow", "did not find expected", _unclosed),
    ("", "sequence entries are not allowed", _item_on_line_of_key),
    ("", "could not find expected ':'", _no_colon),
    ("", "mapping values are not allowed", _colon),
    ("", "expected key", _out_of_line),
    ("", "expected '-' indicator", _out_of_line),
    ("", "expected <document start>", _out_of_line),
)
