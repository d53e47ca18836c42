"""Events as authors write them: in full, or in one word with what belongs to it.

The author's page is docs/testing.md, "Events".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalate.errors import did_you_mean
from escalate.event import EVENT_KEYS
from escalate.policy.structure import shown
from escalate.testing.forms import (
    Anything,
    Definitions,
    Form,
    Moment,
    Named,
    OfKinds,
    Text,
    Word,
)
from escalate.testing.pen import Pen, Way
from escalate.testing.shapes import Called, Keyed, OneOf, Open

__all__ = ["EVENT", "EVENT_NOW", "SHORT", "full_events"]

Full = dict[str, Any]
Before = Callable[[str], Any]
"""What a fact of the ticket was: status, level, or a field."""


@dataclass(frozen=True)
class Short:
    """A short way of writing an event: the form of what stands behind the word (``alone``:
    the word may stand by itself), and the full events that it means."""

    form: Form
    means: Callable[[Any, Before], list[Full]]
    alone: bool = False


def _reply(**more: Any) -> Short:
    def means(text: Any, before: Before) -> list[Full]:
        return [{"type": "reply", **more, **({} if text is None else {"text": text})}]

    return Short(Text(), means, alone=True)


def _move(kind: str, form: Form, key: str = "to") -> Short:
    def means(said: Any, before: Before) -> list[Full]:
        whole = dict(said) if isinstance(said, Mapping) else {key: said}
        from_ = {} if kind == "transferred" else {"from": before("level")}
        return [{"type": kind, **from_, **whole}]

    whole = {"to": form, "owner": Named("owner"), "assignee": Text()}
    if kind == "transferred":
        del whole["to"]
    return Short(OneOf(form, Keyed(whole)), means)


def _status(said: Any, before: Before) -> list[Full]:
    return [{"type": "status", "from": before("status"), "to": said}]


def _changed(said: Any, before: Before) -> list[Full]:
    return [
        {"type": "field", "name": name, "from": before(name), "to": value}
        for name, value in said.items()
    ]


def _acknowledged(said: Any, before: Before) -> list[Full]:
    return [{"type": "acknowledged", **({} if said is None else {"by": said})}]


SHORT: Final[Mapping[str, Short]] = {
    "customer-reply": _reply(by="customer"),
    "agent-reply": _reply(by="agent"),
    "bot-reply": _reply(by="bot"),
    "internal-note": _reply(by="agent", public=False),
    "status": Short(Named("status"), _status),
    "changed": Short(Open(Anything(), "field"), _changed),
    "requested": Short(
        Keyed({"by": Word(("agent", "customer", "bot")), "to": Text(), "summary": Text()}),
        lambda said, before: [{"type": "requested", **said}],
    ),
    "acknowledged": Short(Text(), _acknowledged, alone=True),
    "assigned": Short(Text(), lambda said, before: [{"type": "assigned", "to": said, "by": said}]),
    "entered": _move("entered", Named("level")),
    "escalated": _move("escalated", Named("level")),
    "returned": _move("returned", Named("level")),
    "transferred": _move("transferred", Named("owner"), "owner"),
    "documented": Short(Text(), lambda said, before: [{"type": "documented", "item": said}]),
}
"""The short forms, by their word."""

_ALONE: Final = tuple(word for word, short in SHORT.items() if short.alone)


class _Event(OfKinds):
    """An event. One in full is checked further when the ticket is read."""

    kinds = frozenset({"text", "mapping"})
    takes = "an event"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if isinstance(raw, str):
            if raw not in _ALONE:
                self._unknown(raw, way, pen, key=False)
            return
        if "at" in raw:
            Moment().check(raw["at"], (*way, "at"), pen)
        if "type" in raw:
            return
        words = [word for word in raw if word != "at"]
        for word in words:
            if word not in SHORT:
                self._unknown(word, (*way, word), pen, key=True)
            elif raw[word] is not None or not SHORT[word].alone:
                SHORT[word].form.check(raw[word], (*way, word), pen)
        if len(words) != 1 and all(word in SHORT for word in words):
            said = " and ".join(f"`{word}`" for word in words) or "nothing"
            help_ = (
                "write one event for each, as entries of a list: `[{status: open}, agent-reply]`"
            )
            pen.report("ESC973", f"an event is one thing that happens, not {said}", way, help_)

    @staticmethod
    def _unknown(word: str, way: Way, pen: Pen, *, key: bool) -> None:
        if not key and word in SHORT:
            help_ = f"say what belongs to it: `{{{word}: ...}}`"
            pen.report("ESC973", f"an event `{word}` says too little", way, help_)
            return
        near = did_you_mean(word, (*SHORT, "type"))
        known = ", ".join(SHORT)
        help_ = f"did you mean `{near}`?" if near else f"one of: {known}; or in full, with `type`"
        pen.report("ESC915", f"{shown(word)} is no kind of event", way, help_, key=key)

    def schema(self, named: Definitions) -> dict[str, Any]:
        at = Moment().schema(named)
        forms: list[dict[str, Any]] = [
            {"enum": list(_ALONE)},
            {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"enum": list(EVENT_KEYS)}, "at": at},
            },
        ]
        for word, short in SHORT.items():
            inner = short.form.schema(named)
            forms.append(
                {
                    "type": "object",
                    "required": [word],
                    "properties": {
                        "at": at,
                        word: {"anyOf": [inner, {"type": "null"}]} if short.alone else inner,
                    },
                    "additionalProperties": False,
                }
            )
        return {"anyOf": forms}


EVENT: Final = Called("Event", _Event())
"""An event of a ticket, with its time."""


def full_events(raw: Any, before: Before) -> list[Full]:
    """The events in full that one entry means; ``at`` is taken over where it is given."""
    if isinstance(raw, str):
        return SHORT[raw].means(None, before)
    if "type" in raw:
        return [dict(raw)]
    (word,) = (word for word in raw if word != "at")
    at = {"at": raw["at"]} if "at" in raw else {}
    return [{**at, **event} for event in SHORT[word].means(raw[word], before)]


class _EventNow(_Event):
    """An event of a story's moment, which is when it happens."""

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if isinstance(raw, Mapping) and "at" in raw:
            pen.report(
                "ESC973",
                "what happens in a story happens at its moment, and has no `at` of its own",
                (*way, "at"),
                "remove it, or make a moment of it: `- at: 09:20`",
                key=True,
            )
            raw = {key: value for key, value in raw.items() if key != "at"}
            if not raw:
                return
        super().inside(raw, way, pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        forms = super().schema(named)["anyOf"]
        for form in forms:
            if "properties" in form:
                form["properties"]["at"] = False
        return {"anyOf": forms}


EVENT_NOW: Final = Called("EventNow", _EventNow())
