"""The forms that a value of a test file may have: what is allowed, and its JSON Schema.

A form reports every mistake in a value and goes on; what it says in :meth:`Form.schema` is
the same for editors, and no form can do without. Names are checked where the policy is known.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Final

from escalate.errors import did_you_mean
from escalate.policy.structure import shown
from escalate.policy.usual import instead
from escalate.testing.difference import NONE
from escalate.testing.names import KINDS
from escalate.testing.pen import Pen, Way
from escalate.testing.spans import SPAN_PATTERN, read_span
from escalate.testing.times import TIME_HELP, TIME_PATTERN, looks_like_a_time, no_time
from escalate.wording import message_and_help
from escalate.worktime.duration import DurationError

__all__ = [
    "ENTRIES",
    "MAPPINGS",
    "Absent",
    "Anything",
    "Definitions",
    "Flag",
    "Form",
    "Instant",
    "Moment",
    "Named",
    "OfKinds",
    "Scalar",
    "Span",
    "Text",
    "Whole",
    "Word",
    "about",
    "kind_of",
]

ENTRIES: Final = {
    "tests": "{name: a new ticket, ticket: {}, now: 09:00, expect: {step: enter}}",
    "story": "{at: 09:00, expect: {step: enter}}",
    "events": "{customer-reply: Hello?}",
}
MAPPINGS: Final = {
    "expect": "{step: enter, level: L1}",
    "meanwhile": "{warn: front-line}",
    "not": "{notify: manager}",
    "ticket": "{severity: high}",
    "tickets": "{gold: {customer: {tier: gold}}}",
    "desk": "{away: [ana]}",
    "deadlines": "{resolve: 13:00}",
    "clocks": "{first-response: breached}",
}
"""How lists and mappings of test files are usually written."""

Definitions = dict[str, Any]
"""Parts of the JSON Schema that have a name of their own."""


def kind_of(raw: object) -> str:
    """What a value is, for telling forms apart."""
    match raw:
        case None:
            return "nothing"
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            return "mapping"


def about(way: Way) -> str:
    """What a message is about: the key, or an entry of a list."""
    last = way[-1] if way else "this"
    if isinstance(last, str):
        return f"`{last}`"
    owner = next((part for part in reversed(way) if isinstance(part, str)), None)
    return f"an entry of `{owner}`" if owner else "an entry"


class Form(ABC):
    """A form of values. ``kinds`` are those of :func:`kind_of` that it takes, ``takes`` is
    what it takes in an author's words."""

    kinds: frozenset[str] = frozenset()
    takes: str = ""

    @abstractmethod
    def check(self, raw: Any, way: Way, pen: Pen) -> None:
        """Report what is wrong with a value."""

    @abstractmethod
    def schema(self, named: Definitions) -> dict[str, Any]:
        """The JSON Schema of it; parts with a name are added to ``named``."""


class OfKinds(Form):
    """A form that refuses values of any other kind than its own."""

    def check(self, raw: Any, way: Way, pen: Pen) -> None:
        """Report what is wrong with a value."""
        if raw is None:
            pen.empty(way, about(way))
        elif kind_of(raw) not in self.kinds:
            message = f"{about(way)} takes {self.takes}, not {shown(raw)}"
            pen.report("ESC203", message, way, self.hint(raw, way))
        else:
            self.inside(raw, way, pen)

    @abstractmethod
    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        """Report what is wrong with a value of the right kind."""

    def hint(self, raw: Any, way: Way) -> str:
        """What to do where the value is of the wrong kind."""
        if isinstance(raw, bool | int | float) and "text" in self.kinds:
            said = str(raw).lower() if isinstance(raw, bool) else str(raw)
            return f'put it into quotes if it is meant as text: "{said}"'
        return instead(way, raw, self.takes, ENTRIES, MAPPINGS)


# Single values.


class Text(OfKinds):
    """Any text with something in it."""

    kinds = frozenset({"text"})
    takes = "text"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not raw.strip():
            pen.empty(way, about(way))

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": "string", "pattern": "\\S"}


@dataclass(frozen=True)
class Word(Text):
    """One of some words."""

    words: tuple[str, ...]

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if raw not in self.words:
            near = did_you_mean(raw, self.words)
            help_ = f"did you mean `{near}`?" if near else "one of: " + ", ".join(self.words)
            pen.report("ESC204", f"{about(way)} cannot be {shown(raw)}", way, help_)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"enum": list(self.words)}


class Absent(Text):
    """The word for: there is none."""

    takes = f"`{NONE}`"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if raw != NONE:
            message = f"{about(way)} takes a mapping or {self.takes}, not {shown(raw)}"
            pen.report("ESC203", message, way)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"const": NONE}


@dataclass(frozen=True)
class Named(Text):
    """A name of some kind that the policy has; ``absent`` tells that `none` may stand there."""

    kind: str
    absent: bool = False

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        known = None if pen.names is None else pen.names.of(self.kind)
        if not raw.strip():
            pen.empty(way, about(way))
        elif known is not None and raw not in known and not (self.absent and raw == NONE):
            pen.unknown("ESC968", KINDS[self.kind], raw, known, way)


def _time(named: Definitions) -> dict[str, Any]:
    named["Time"] = {
        "description": "A time, such as `09:15`, `+15m`, `tue 09:00` or `2026-11-10 09:15`.",
        "type": "string",
        "pattern": TIME_PATTERN,
    }
    return {"$ref": "#/definitions/Time"}


class Instant(Text):
    """A time, or `none`; see :mod:`escalate.testing.times`."""

    takes = "a time"

    def hint(self, raw: Any, way: Way) -> str:
        return TIME_HELP

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not looks_like_a_time(raw) and raw != NONE:
            wrong = no_time(raw)
            pen.report(wrong.code, str(wrong), way, wrong.help)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"anyOf": [_time(named), {"const": NONE}]}


class Moment(Instant):
    """A time that cannot be absent."""

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not looks_like_a_time(raw):
            wrong = no_time(raw)
            pen.report(wrong.code, str(wrong), way, wrong.help)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return _time(named)


class Span(Text):
    """A duration."""

    takes = "a duration"

    def hint(self, raw: Any, way: Way) -> str:
        return "write it as `15m`, `4h` or `1h30m`"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        try:
            read_span(raw)
        except DurationError as error:
            message, help_ = message_and_help(str(error))
            pen.report("ESC208", message, way, help_)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": "string", "pattern": SPAN_PATTERN}


class Whole(OfKinds):
    """A whole number, from 0."""

    kinds = frozenset({"number"})
    takes = "a whole number"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not isinstance(raw, int) or raw < 0:
            pen.report("ESC203", f"{about(way)} takes {self.takes}, not {shown(raw)}", way)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0}


class Flag(OfKinds):
    """True or false."""

    kinds = frozenset({"flag"})
    takes = "`true` or `false`"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        """Either will do."""

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": "boolean"}


class Scalar(OfKinds):
    """One value."""

    kinds = frozenset({"text", "number", "flag"})
    takes = "one value (text, a number, `true` or `false`)"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        """Any will do."""

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


class Anything(Form):
    """Any value; also nothing, where that means something."""

    def check(self, raw: Any, way: Way, pen: Pen) -> None:
        """Nothing is wrong with it."""

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {}
