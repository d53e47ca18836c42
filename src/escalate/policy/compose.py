"""Parser events to plain values and the table of their positions. Language: "The text".

Only the events of libyaml's parser are used. PyYAML's composer, resolver and
constructors never run: they crash at great depth, follow aliases and take YAML 1.1
for granted. Every limit is enforced while the events come.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from yaml import events as yaml_events
from yaml.error import YAMLError

from escalate.errors import Diagnostic, EscalateError, Related, Severity
from escalate.policy.limits import Limits
from escalate.policy.scalars import WORDS, Refused, Scalar, resolve
from escalate.policy.syntax import explain
from escalate.policy.text import Text

__all__ = ["NOTHING", "Composed", "Node", "Nothing", "compose"]


class Nothing(Enum):
    """The kind of :data:`NOTHING`."""

    NOTHING = "nothing"


class _Merge(Enum):
    """In place of a key written ``<<``."""

    KEY = "<<"


#: In place of data where a text holds nothing that can be used.
NOTHING: Final = Nothing.NOTHING

#: Start and end of the key (of a list's item: of the item), start and end of the
#: value, and the value's children. Plain tuples: a policy has tens of thousands.
Node = tuple[int, int, int, int, "Children | None"]
Children = dict[str, Node] | list[Node]
Composed = tuple[Any, Node | None]

#: Nobody mends more than these at once, and rubbish must not cost memory.
_MOST_FOUND = 100

_Event = Any
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_COMMENT_FOR_VALUE = re.compile(r"[ \t]*(#\w\S*)")
_HIDDEN_VALUE = re.compile(r"[^\s:]+:\S+")


class _Stop(Exception):  # noqa: N818 - no error: the end of reading
    """Nothing after this can be read."""


def compose(clean: str, text: Text, limits: Limits) -> tuple[Composed, list[Diagnostic]]:
    """Data and positions of the only document in ``clean``, and every mistake found.

    After a mistake in the syntax the data is :data:`NOTHING`. Raises
    :class:`EscalateError` if PyYAML was built without libyaml.
    """
    composer = _Composer(clean, text, limits)
    pause = gc.isenabled()
    if pause:  # tens of thousands of new containers, no cycle among them
        gc.disable()
    try:
        composer.run()
    except _Stop:
        pass  # what was complete before, a first document say, stays
    except YAMLError as error:
        composer.found.append(explain(error, text))
        composer.result = (NOTHING, None)
    finally:
        if pause:
            gc.enable()
    return composer.result, composer.found


def _events(clean: str) -> Iterator[Any]:
    try:
        from yaml._yaml import CParser
    except ImportError as error:
        raise EscalateError(
            "policies are read with PyYAML's C parser, which this PyYAML lacks; "
            "install a PyYAML that was built with libyaml (the wheels on PyPI are)"
        ) from error
    return iter(CParser(clean).get_event, None)


class _Composer:
    def __init__(self, clean: str, text: Text, limits: Limits) -> None:
        self.clean = clean
        self.text = text
        self.limits = limits
        self.found: list[Diagnostic] = []
        self.result: Composed = (NOTHING, None)

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
    ) -> None:
        place = self.text.place(start, end)
        self.found.append(Diagnostic(code, message, severity, place, help, related=related))
        if len(self.found) >= _MOST_FOUND:
            raise _Stop

    def run(self) -> None:
        """One pass over the events; the open containers are a stack of our own."""
        scalar_event = yaml_events.ScalarEvent
        mapping_start = yaml_events.MappingStartEvent
        sequence_start = yaml_events.SequenceStartEvent
        mapping_end = yaml_events.MappingEndEvent
        sequence_end = yaml_events.SequenceEndEvent
        node_limit, depth_limit = self.limits.nodes, self.limits.depth
        known: dict[str, Scalar] = dict(WORDS)
        nodes = documents = 0
        last_end = 0  # where the last scalar or bracket ended: a block has no end of its own

        # The innermost open container and what is known of it.
        data: Any = None  # a dict, a list, or None at the document itself
        children: Any = None
        key: Any = None  # of the pair that waits for its value
        key_event: _Event = None
        opened: _Event = None
        stack: list[tuple[Any, Any, Any, _Event, _Event]] = []

        for event in _events(self.clean):
            kind = event.__class__
            if kind is scalar_event:
                nodes += 1
                if nodes > node_limit:
                    self.too_many_nodes(event)
                value = event.value
                if event.style == "":
                    try:
                        value = known[value]
                    except KeyError:
                        value = self.plain(
                            event, known, is_key=key_event is None and data.__class__ is dict
                        )
                elif event.style == '"' and _CONTROL.search(value):
                    self.escaped_control(event)
                if event.anchor is not None or event.tag is not None:
                    self.properties(event)
                last_end = event.end_mark.index
                if key_event is None and data.__class__ is dict:
                    key = value
                    key_event = event
                    continue
                start, end, inner = event.start_mark.index, last_end, None
                if start == end:
                    self.empty(key, key_event, end)
            elif kind is mapping_start or kind is sequence_start:
                nodes += 1
                if nodes > node_limit:
                    self.too_many_nodes(event)
                if len(stack) >= depth_limit:
                    self.too_deep(event)
                if event.anchor is not None or event.tag is not None:
                    self.properties(event)
                stack.append((data, children, key, key_event, opened))
                data, children = ({}, {}) if kind is mapping_start else ([], [])
                key = key_event = None
                opened = event
                continue
            elif kind is mapping_end or kind is sequence_end:
                if opened.flow_style:
                    last_end = event.end_mark.index
                value, inner = data, children
                start, end = opened.start_mark.index, last_end
                data, children, key, key_event, opened = stack.pop()
                if key_event is None and data.__class__ is dict:
                    self.complex_key(start, end, value)
                    key = key_event = event  # no text: its value is dropped as well
                    continue
            elif kind is yaml_events.AliasEvent:
                if key is not _Merge.KEY:  # which is reported itself
                    self.alias(event)
                last_end = event.end_mark.index
                value, start, end, inner = None, event.start_mark.index, last_end, None
                if key_event is None and data.__class__ is dict:
                    key = key_event = event
                    continue
            else:
                if kind is yaml_events.DocumentStartEvent:
                    documents += 1
                    self.document(event, documents)
                continue

            # A value is complete: put it where it belongs.
            if data.__class__ is list:
                data.append(value)
                children.append((start, end, start, end, inner))
            elif data is None:
                self.result = (value, (start, end, start, end, inner))
            else:
                if key.__class__ is not str:
                    key = self.odd_key(key, key_event)
                if key is not None:
                    if key in data:
                        self.duplicate(key, key_event, children[key])
                    else:
                        data[key] = value
                        mark = key_event
                        children[key] = (
                            mark.start_mark.index,
                            mark.end_mark.index,
                            start,
                            end,
                            inner,
                        )
                key = key_event = None

        self.nothing_found()

    def plain(self, event: _Event, known: dict[str, Scalar], *, is_key: bool) -> Any:
        """A plain scalar met for the first time."""
        if is_key and event.value == _Merge.KEY.value:
            return _Merge.KEY
        value = resolve(event.value)
        if not isinstance(value, Refused):
            if value != _Merge.KEY.value:
                known[event.value] = value
            return value
        span = event.start_mark.index, event.end_mark.index
        self.report(value.code, value.message, *span, help=value.help)
        return event.value

    def odd_key(self, key: Any, event: _Event) -> str | None:
        """The text to use for a key that is none (None: leave the pair out)."""
        written = getattr(event, "value", None)
        if written is None:
            return None
        start, end = event.start_mark.index, event.end_mark.index
        if key is _Merge.KEY:
            self.report(
                "ESC112",
                "the merge key `<<` is not allowed in a policy",
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
            f"the key `{written}` means {what}; keys are text",
            start,
            end,
            help=f'quote it: `"{written}"`',
        )
        return str(written)

    def duplicate(self, key: str, event: _Event, first: Node) -> None:
        self.report(
            "ESC103",
            f"the key `{_short(key)}` is written twice in one mapping",
            event.start_mark.index,
            event.end_mark.index,
            help="keep one of the two",
            related=(Related(self.text.place(first[0], first[1]), "first written here"),),
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
                f"the anchor `&{_short(event.anchor)}` is not allowed in a policy",
                start,
                help="define the thing once by name and refer to its name, "
                "or quote the text if it begins with `&`",
            )
        if event.tag is not None:
            self.report(
                "ESC113",
                f"the tag `{_short(_as_written(event.tag))}` is not allowed in a policy",
                start,
                help="remove it, or quote the text if it begins with `!`",
            )

    def alias(self, event: _Event) -> None:
        self.report(
            "ESC111",
            f"the alias `*{_short(event.anchor)}` is not allowed in a policy",
            event.start_mark.index,
            event.end_mark.index,
            help="define the thing once by name and refer to its name, "
            "or quote the text if it begins with `*`",
        )

    def escaped_control(self, event: _Event) -> None:
        character = _CONTROL.search(event.value)
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
        if key_event is None and self.clean[index - 1 : index] != "-":
            return
        rest = self.text.rest_of_line(index)
        comment = _COMMENT_FOR_VALUE.match(rest)
        if comment:
            start = index + comment.start(1)
            self.report(
                "ESC130",
                f"`{_short(comment.group(1))}` is read as a comment, so the value is empty",
                start,
                index + comment.end(1),
                help=f'quote it: `"{_short(comment.group(1))}"`; a comment has a space after `#`',
                severity=Severity.WARNING,
            )
        elif isinstance(key, str) and key_event.style == "" and _HIDDEN_VALUE.fullmatch(key):
            left, right = key.split(":", 1)
            self.report(
                "ESC131",
                f"`{_short(key)}` is read as one key, so the value is empty",
                key_event.start_mark.index,
                key_event.end_mark.index,
                help=f"write a space after the colon: `{_short(left)}: {_short(right)}`",
                severity=Severity.WARNING,
            )

    def document(self, event: _Event, count: int) -> None:
        start = event.start_mark.index
        if event.version or event.tags:
            written = self.text.rest_of_line(start).split(" #")[0].strip()
            self.report(
                "ESC109",
                f"the directive `{_short(written)}` is not allowed in a policy",
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
            raise _Stop

    def nothing_found(self) -> None:
        data, node = self.result
        if data is NOTHING or (data is None and node is not None and node[0] == node[1]):
            self.result = (NOTHING, None)
            self.report(
                "ESC107",
                "the file holds nothing but blank lines and comments",
                0,
                help="begin with `escalate: 1`; `escalate init` writes a policy to start from",
            )

    def too_deep(self, event: _Event) -> None:
        self.report(
            "ESC105",
            f"lists and mappings stand more than {self.limits.depth} deep in one another here",
            event.start_mark.index,
            help="give the inner conditions names under `conditions` and use them with `is`",
        )
        raise _Stop

    def too_many_nodes(self, event: _Event) -> None:
        self.report(
            "ESC106",
            f"the file holds more than {self.limits.nodes:,} keys, values, lists and mappings",
            event.start_mark.index,
            help="move calendars, owners and messages into files of their own and `include` them",
        )
        raise _Stop


def _short(written: str) -> str:
    """What the author wrote, on one line and not endless."""
    line = " ".join(written.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


def _as_written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)
