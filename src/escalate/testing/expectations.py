"""Everything that can be expected of a decision: one entry each.

The author's page is docs/testing.md, "What can be expected".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from escalate.decision import Decision, Step
from escalate.policy.effects import BUILT_IN
from escalate.testing.deeds import Deeds, Entry
from escalate.testing.difference import NONE, REMOVED, Difference, Seen, as_written, same
from escalate.testing.forms import Absent, Flag, Form, Instant, Named, Scalar, Text, Whole, Word
from escalate.testing.pen import Way
from escalate.testing.shapes import Called, Items, Keyed, OneOf, Open
from escalate.testing.standing import (
    ByName,
    Clocks,
    Deadlines,
    Expectation,
    NextCheck,
    Part,
    Reason,
    Stands,
    differs,
)

__all__ = ["ACTION", "EXPECT", "EXPECTED", "differences"]

# What is done, as entries.


def _steps(seen: Seen) -> list[Entry]:
    done = dict.fromkeys(decision.step for decision in seen.steps)
    return [{"step": step} for step in done or ("hold",)]


def _each(key: str, get: Callable[[Decision], str | None]) -> Callable[[Seen], list[Entry]]:
    """One word of each decision that did something."""

    def entries(seen: Seen) -> list[Entry]:
        said = dict.fromkeys(get(decision) for decision in seen.steps)
        return [{key: word} for word in said if word is not None]

    return entries


def _fired(seen: Seen) -> list[Entry]:
    return [fired.to_json() for decision in seen.decisions for fired in decision.fired]


def _missing(seen: Seen) -> list[Entry]:
    return [{"fact": name} for name in sorted({n for d in seen.decisions for n in d.missing})]


def _warnings(seen: Seen) -> list[Entry]:
    return [{"code": code} for code in sorted({w.code for d in seen.decisions for w in d.warnings})]


def _messages(seen: Seen) -> list[Entry]:
    said = dict.fromkeys(a["message"] for a in seen.actions if "message" in a)
    return [{"message": name} for name in said]


def _of(action: str) -> Callable[[Seen], list[Entry]]:
    return lambda seen: [a for a in seen.actions if a["action"] == action]


def _own(seen: Seen) -> list[Entry]:
    return [a for a in seen.actions if a["action"] not in BUILT_IN]


class _Set(ByName):
    """The fields that are set."""

    form = OneOf(Open(Scalar(), "field"), Absent())

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        done = {k: v for action in _of("set")(seen) for k, v in action["fields"].items()}
        if raw == NONE:
            if done:
                yield differs(way, raw, as_written(done), done)
            return
        for name, value in raw.items():
            if not same(value, done.get(name)):
                becomes = done.get(name, REMOVED)
                yield differs((*way, name), value, as_written(done.get(name)), becomes)


@dataclass(frozen=True)
class _Before(Part):
    """Where the ticket stood before the first of the decisions."""

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        first = Seen(seen.decisions[:1], seen.times, seen.base)
        yield from super().differences(raw, way, first)


def _stand(side: str) -> dict[str, Expectation]:
    def get(key: str) -> Callable[[Decision], str | None]:
        return lambda decision: getattr(getattr(decision, side), key)

    # Anybody may be the assignee: tickets name people whom no policy knows.
    kinds = {"level": "level", "owner": "owner", "assignee": "item"}
    return {key: Stands(kind, get(key)) for key, kind in kinds.items()}


_TEXTS: Final = OneOf(Text(), Items(Text()))

ACTION: Final = Called(
    "Action",
    Keyed(
        {
            "action": Named("deed"),
            "to": Named("owner", absent=True),
            "message": Named("message", absent=True),
            "text": Text(),
            "says": Text(),
            "language": Text(),
            "channels": _TEXTS,
            "about": Text(),
            "items": _TEXTS,
            "fields": Open(Scalar(), "field"),
            "with": Open(OneOf(Scalar(), Items(Scalar()))),
            "assignee": Text(),
            "on_duty": Text(),
            "urgency": Word(("urgent", "none")),
            "hold_until": Instant(),
            "because": _TEXTS,
            "key": Text(),
        },
        called="an action",
    ),
)
"""An action with the keys that it has in a decision; `says` is a part of its text."""

_FIRED: Final = Keyed(
    {
        "trigger": Named("cause"),
        "key": Text(),
        "requests": OneOf(Whole(), Items(Whole())),
        "spent": Flag(),
    }
)
_KINDS: Final = Word(("functional", "hierarchical"))


def _told(action: str) -> Deeds:
    return Deeds(OneOf(Named("owner"), ACTION), _of(action), "to")


EXPECTED: Final[Mapping[str, Expectation]] = {
    **_stand("to"),
    "from": _Before(_stand("from_")),
    "to": Part(_stand("to")),
    "deadlines": Deadlines(),
    "clocks": Clocks(),
    "next_check_at": NextCheck(),
    "path": Stands("path", lambda decision: decision.path),
    "policy": Stands("policy", lambda decision: decision.policy.name or None),
    "missing": Deeds(Named("fact"), _missing, "fact"),
    "warnings": Deeds(Named("warning"), _warnings, "code"),
    "reason": Reason(),
    "step": Deeds(Word(get_args(Step)), _steps, "step", absent=False),
    "kind": Deeds(_KINDS, _each("kind", lambda decision: decision.kind), "kind"),
    "trigger": Deeds(Named("cause"), _each("trigger", lambda d: d.trigger), "trigger"),
    "key": Deeds(Text(), _each("key", lambda decision: decision.key), "key"),
    "fired": Deeds(OneOf(Named("cause"), _FIRED), _fired, "trigger"),
    "notify": _told("notify"),
    "remind": _told("remind"),
    "warn": _told("warn"),
    "tell_customer": Deeds(OneOf(Named("message"), ACTION), _of("tell_customer"), "message"),
    "ask": Deeds(OneOf(Text(), ACTION), _of("ask"), "items"),
    "assign": Deeds(OneOf(Text(), ACTION), _of("assign"), "assignee", "to"),
    "set": _Set(),
    "do": Deeds(OneOf(Named("action"), ACTION), _own, "action"),
    "messages": Deeds(Named("message"), _messages, "message"),
    "actions": Deeds(ACTION, lambda seen: seen.actions),
}
"""What can be expected, by its key."""

_FORMS: Final[Mapping[str, Form]] = {
    key: Called(f"expect.{key}", one.form) for key, one in EXPECTED.items()
}

EXPECT: Final = Called(
    "Expect",
    Keyed({**_FORMS, "not": Called("Not", Keyed(_FORMS, called="`not`"))}, called="an expectation"),
)
"""The form of what is expected."""


def differences(raw: Mapping[str, Any], way: Way, seen: Seen) -> Iterator[Difference]:
    """Everything that is not as expected, in the order of the text."""
    for key, value in raw.items():
        if key == "not":
            for inner, unwanted in value.items():
                yield from EXPECTED[inner].unwanted(unwanted, (*way, key, inner), seen)
        else:
            yield from EXPECTED[key].differences(value, (*way, key), seen)
