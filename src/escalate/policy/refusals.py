"""What the composer refuses, in words for authors. Language: "The text"."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from escalate.errors import Diagnostic, Fix, Related, Severity
from escalate.policy.file_name import TEST_SUFFIX
from escalate.policy.limits import Limits
from escalate.policy.positions import Table, key_span
from escalate.policy.text import Text

__all__ = ["CONTROL", "Merge", "Refusals", "Stop"]

#: Nobody mends more than these at once, and rubbish must not cost memory.
_MOST_FOUND = 100

#: Characters that only an escape can bring into a quoted text.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_COMMENT_FOR_VALUE = re.compile(r"[ \t]*(#\w\S*)")
_PLAIN_KEY = re.compile(r"[^\s\"\\]+")
_BEFORE_PAIR = re.compile(r",[ \t]*$")
_HIDDEN_VALUE = re.compile(r"[^\s:]+:\S+")

_Event = Any


class Merge(Enum):
    """In place of a key written ``<<``."""

    KEY = "<<"


class Stop(Exception):  # noqa: N818 - no error: the end of reading
    """Nothing after this can be read."""


class Refusals:
    """Collects what is wrong with the events of one text.

    The methods take libyaml's events; those that say so give what to go on with.
    Each may raise :class:`Stop`.
    """

    def __init__(self, text: Text, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.found: list[Diagnostic] = []

    def report(
        self,
        code: str,
        message: str,
        start: int,
        end: int | None = None,
        *,
        help: str | None = None,  # noqa: A002 - the field's name
        related: tuple[Related, ...] = (),
        severity: Severity = Severity.ERROR,
        instead: str | None = None,
        without: tuple[int, int] | None = None,
    ) -> None:
        """``instead`` is what to write in place of the stretch, where there is but that;
        ``without`` what to take out instead."""
        place = self.text.place(start, end)
        fix = None if instead is None else Fix(place, instead)
        if without is not None:
            fix = Fix(self.text.place(*without), "")
        self.found.append(Diagnostic(code, message, severity, place, help, "", related, fix))
        if len(self.found) >= _MOST_FOUND:
            raise Stop

    def odd_key(self, key: Any, event: _Event) -> str | None:
        """The text to use for a key that is none (None: leave the pair out)."""
        written = getattr(event, "value", None)
        if written is None:
            return None
        start, end = event.start_mark.index, event.end_mark.index
        if key is Merge.KEY:
            self.report(
                "ESC112",
                "the merge key `<<` is not allowed here",
                start,
                end,
                help="write the keys out where they are needed, or give the thing a name",
            )
            return None
        if not written:
            self.report("ESC114", "a key is missing before `:`", start, help="write the key")
            return None
        what = (
            "nothing" if key is None else "true or false" if isinstance(key, bool) else "a number"
        )
        self.report(
            "ESC114",
            f"the key `{_short(written)}` is read as {what}; keys are text",
            start,
            end,
            help=f'quote it: `"{_short(written)}"`',
            instead=f'"{written}"' if _PLAIN_KEY.fullmatch(written) else None,
        )
        return str(written)

    def duplicate(self, key: str, event: _Event, table: Table, end: int, same: bool) -> None:
        """A key for the second time; its value ends at ``end``, and is the ``same``."""
        first = self.text.place(*key_span(table, key))
        start = event.start_mark.index
        self.report(
            "ESC103",
            f"the key `{_short(key)}` is written twice in one mapping",
            start,
            event.end_mark.index,
            help="keep one of the two" + (", which say the same" if same else ""),
            related=(Related(first, "first written here"),),
            without=_pair(self.text, start, end) if same else None,
        )

    def complex_key(self, start: int, end: int, value: Any) -> None:
        what = "a mapping" if isinstance(value, dict) else "a list"
        self.report(
            "ESC115",
            f"{what} stands where a key should be; keys are text",
            start,
            end,
            help="write `key: value`; text with braces or brackets at its start needs quotes",
        )

    def properties(self, event: _Event) -> None:
        """Anchors and tags: refused, and the value taken without them."""
        start = event.start_mark.index
        if event.anchor is not None:
            self.report(
                "ESC110",
                f"the anchor `&{_short(event.anchor)}` is not allowed here",
                start,
                help="define the thing once by name and refer to its name, "
                "or quote the text if it begins with `&`",
            )
        if event.tag is not None:
            self.report(
                "ESC113",
                f"the tag `{_short(_as_written(event.tag))}` is not allowed here",
                start,
                help="remove it, or quote the text if it begins with `!`",
            )

    def alias(self, event: _Event) -> None:
        self.report(
            "ESC111",
            f"the alias `*{_short(event.anchor)}` is not allowed here",
            event.start_mark.index,
            event.end_mark.index,
            help="define the thing once by name and refer to its name, "
            "or quote the text if it begins with `*`",
        )

    def escaped_control(self, event: _Event) -> None:
        character = CONTROL.search(event.value)
        name = f"U+{ord(character.group()):04X}" if character else ""
        self.report(
            "ESC102",
            f"the quoted text holds `{name}`, a character that cannot be seen",
            event.start_mark.index,
            event.end_mark.index,
            help="remove it",
        )

    def empty(self, key: Any, key_event: _Event, index: int) -> None:
        """Two ways of writing nothing by mistake."""
        if key_event is None and self.text.content[index - 1 : index] != "-":
            return
        comment = _COMMENT_FOR_VALUE.match(self.text.content, index)
        if comment:
            from escalate.policy.quoting import quoted  # only mistakes need it

            alone = not self.text.rest_of_line(comment.end(1)).strip()
            self.report(
                "ESC130",
                f"`{_short(comment.group(1))}` is read as a comment, so the value is empty",
                comment.start(1),
                comment.end(1),
                help=f'quote it: `"{_short(comment.group(1))}"`; a comment has a space after `#`',
                severity=Severity.WARNING,
                instead=quoted(comment.group(1)) if alone else None,
            )
        elif key_event is None or not isinstance(key, str):
            return
        elif key_event.style == "" and _HIDDEN_VALUE.fullmatch(key):
            left, right = key.split(":", 1)
            self.report(
                "ESC131",
                f"`{_short(key)}` is read as one key, so the value is empty",
                key_event.start_mark.index,
                key_event.end_mark.index,
                help=f"write a space after the colon: `{_short(left)}: {_short(right)}`",
                severity=Severity.WARNING,
                instead=f"{left}: {right}",
            )

    def document(self, event: _Event, count: int) -> None:
        start = event.start_mark.index
        if event.version or event.tags:
            written = self.text.rest_of_line(start).split(" #")[0].strip()
            self.report(
                "ESC109",
                f"the directive `{_short(written)}` is not allowed here",
                start,
                start + len(written),
                help="remove the line",
            )
        if count > 1:
            self.report(
                "ESC108",
                "a second document begins here; a file holds one policy",
                start,
                start + 3,
                help="move it to a file of its own; remove `---` where it only separates parts",
            )
            raise Stop

    def nothing_found(self) -> None:
        begin = "begin with `escalate: 1`; `escalate init` writes a policy to start from"
        if self.text.file.endswith(TEST_SUFFIX):
            begin = "begin with `policy:`, the file of the policy, and `tests:`"
        message = "the file holds nothing but blank lines and comments"
        self.report("ESC107", message, 0, help=begin)

    def too_deep(self, event: _Event) -> None:
        self.report(
            "ESC105",
            f"lists and mappings stand more than {self.limits.depth} deep in one another here",
            event.start_mark.index,
            help="give the inner conditions names under `conditions` and use them with `is`",
        )
        raise Stop

    def too_many_nodes(self, event: _Event) -> None:
        self.report(
            "ESC106",
            f"the file holds more than {self.limits.nodes:,} keys, values, lists and mappings",
            event.start_mark.index,
            help="move calendars, owners and messages into files of their own and `include` them",
        )
        raise Stop


def _short(written: str) -> str:
    """What the author wrote, on one line and not endless."""
    line = " ".join(written.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


def _pair(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """What to take out so that a key and its value are gone: whole lines, or one entry in
    braces; ``None`` where a comment would go with them."""
    content = text.content
    line = start - text.position(start)[1] + 1
    rest = text.rest_of_line(end)
    if "#" in content[start:end] + rest:
        return None
    if not content[line:start].strip() and not rest.strip():
        after = end + len(rest)
        broken = 2 if content.startswith("\r\n", after) else 1
        return line, min(after + broken, len(content))
    comma = _BEFORE_PAIR.search(content, line, start)
    return (comma.start(), end) if comma else None


def _as_written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)
