"""Parser events to plain values and the table of their positions. Language: "The text".

Only the events of libyaml's parser are used. PyYAML's composer, resolver and
constructors never run: they crash at great depth, follow aliases and take YAML 1.1
for granted. Every limit is enforced while the events come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yaml import events as yaml_events
from yaml.error import YAMLError

from escalate.errors import Diagnostic, EscalateError
from escalate.policy.collector import collector_paused
from escalate.policy.limits import Limits
from escalate.policy.nothing import NOTHING
from escalate.policy.positions import LIST, MAPPING, Node
from escalate.policy.refusals import CONTROL, Merge, Refusals, Stop
from escalate.policy.scalars import WORDS, Refused, Scalar, resolve
from escalate.policy.text import Text

__all__ = ["Composed", "compose"]

Composed = tuple[Any, Node | None]


def compose(text: Text, limits: Limits) -> tuple[Composed, list[Diagnostic]]:
    """Data and positions of the only document in ``text``, and every mistake found.

    After a mistake in the syntax the data is :data:`NOTHING`. Raises
    :class:`EscalateError` if PyYAML was built without libyaml.
    """
    composer = _Composer(text, limits)
    try:
        with collector_paused():
            composer.run()
    except Stop:
        pass  # what was complete before, a first document say, stays
    except YAMLError as error:
        from escalate.policy.syntax import explain

        composer.refuse.found.append(explain(error, text))
        composer.result = (NOTHING, None)
    return composer.result, composer.refuse.found


def _events(content: str) -> Iterator[Any]:
    try:
        from yaml._yaml import CParser
    except ImportError as error:
        raise EscalateError(
            "policies are read with PyYAML's C parser, which this PyYAML lacks; "
            "install a PyYAML that was built with libyaml (the wheels on PyPI are)"
        ) from error
    return iter(CParser(content).get_event, None)


class _Composer:
    def __init__(self, text: Text, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.refuse = Refusals(text, limits)
        self.result: Composed = (NOTHING, None)

    def run(self) -> None:
        """One pass over the events; the open containers are a stack of our own.

        Long and flat on purpose: this is where the time goes.
        """
        scalar_event = yaml_events.ScalarEvent
        mapping_start = yaml_events.MappingStartEvent
        sequence_start = yaml_events.SequenceStartEvent
        mapping_end = yaml_events.MappingEndEvent
        sequence_end = yaml_events.SequenceEndEvent
        node_limit, depth_limit = self.limits.nodes, self.limits.depth
        known: dict[str, Scalar] = dict(WORDS)
        nodes = documents = 0
        last_end = 0  # where the last scalar or bracket ended: a block has no end of its own

        # The innermost open container, None at the document itself.
        data: Any = None
        table: Any = None
        in_mapping = False
        key: Any = None
        key_event: Any = None  # of the pair that waits for its value
        opened: Any = None
        stack: list[tuple[Any, Any, bool, Any, Any, Any]] = []

        for event in _events(self.text.content):
            kind = event.__class__
            if kind is scalar_event:
                nodes += 1
                if nodes > node_limit:
                    self.refuse.too_many_nodes(event)
                value = event.value
                if event.style == "":
                    try:
                        value = known[value]
                    except KeyError:
                        value = self.plain(event, known, in_mapping and key_event is None)
                elif event.style == '"' and CONTROL.search(value):
                    self.refuse.escaped_control(event)
                if event.anchor is not None or event.tag is not None:
                    self.refuse.properties(event)
                last_end = event.end_mark.index
                if in_mapping and key_event is None:
                    key = value
                    key_event = event
                    continue
                start, end, inner = event.start_mark.index, last_end, None
                if start == end:
                    self.refuse.empty(key, key_event, end)
            elif kind is mapping_start or kind is sequence_start:
                nodes += 1
                if nodes > node_limit:
                    self.refuse.too_many_nodes(event)
                if len(stack) >= depth_limit:
                    self.refuse.too_deep(event)
                if event.anchor is not None or event.tag is not None:
                    self.refuse.properties(event)
                stack.append((data, table, in_mapping, key, key_event, opened))
                in_mapping = kind is mapping_start
                data, table = ({}, [MAPPING]) if in_mapping else ([], [LIST])
                key_event, opened = None, event
                continue
            elif kind is mapping_end or kind is sequence_end:
                if opened.flow_style:
                    last_end = event.end_mark.index
                value, inner = data, table
                start, end = opened.start_mark.index, last_end
                data, table, in_mapping, key, key_event, opened = stack.pop()
                if in_mapping and key_event is None:
                    self.refuse.complex_key(start, end, value)
                    key = key_event = event  # no text: its value is dropped as well
                    continue
            elif kind is yaml_events.AliasEvent:
                last_end = event.end_mark.index
                if not (key_event and key is Merge.KEY):  # which is reported itself
                    self.refuse.alias(event)
                value, start, end, inner = None, event.start_mark.index, last_end, None
                if in_mapping and key_event is None:
                    key = key_event = event
                    continue
            else:
                if kind is yaml_events.DocumentStartEvent:
                    documents += 1
                    self.refuse.document(event, documents)
                continue

            # A value is complete: put it where it belongs.
            if in_mapping:
                if key.__class__ is not str:
                    key = self.refuse.odd_key(key, key_event)
                if key in data:
                    same = repr(data[key]) == repr(value)
                    self.refuse.duplicate(key, key_event, table, end, same)
                elif key is not None:
                    data[key] = value
                    key_start, key_end = key_event.start_mark, key_event.end_mark
                    table += (key, key_start.index, key_end.index, start, end, inner)
                key_event = None
            elif data is None:
                self.result = (value, Node(start, end, start, end, inner))
            else:
                data.append(value)
                table += (start, end, inner)

        data, node = self.result
        if data is NOTHING or (data is None and node is not None and node.start == node.end):
            self.result = (NOTHING, None)
            self.refuse.nothing_found()

    def plain(self, event: Any, known: dict[str, Scalar], is_key: bool) -> Any:
        """A plain scalar met for the first time."""
        if is_key and event.value == Merge.KEY.value:
            return Merge.KEY
        value = resolve(event.value)
        if not isinstance(value, Refused):
            if value != Merge.KEY.value:
                known[event.value] = value
            return value
        span = event.start_mark.index, event.end_mark.index
        self.refuse.report(value.code, value.message, *span, help=value.help)
        return event.value
