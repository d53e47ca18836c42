"""Which operators a kind of fact knows, and what may stand behind them.

One table for each kind: operator to the check of its operand. An operator that a kind
lacks does not fit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from escalate.policy.condition import Test
from escalate.policy.facts import FREE, Fact
from escalate.wording import message_and_help
from escalate.worktime.duration import Duration, DurationError
from escalate.worktime.wording import kind_of

if TYPE_CHECKING:
    from escalate.policy.meaning.context import Context

__all__ = ["CONTAINS", "QUOTES", "Wrong", "is_instant", "misfit"]


class Wrong(NamedTuple):
    """What does not fit."""

    code: str
    message: str
    help: str | None = None
    at_key: bool = False
    instead: str | None = None
    """What to write in place of the value, where there is but one such thing."""


QUOTES: Final = "quotes"
"""As ``instead``: the same, in quotes."""

CONTAINS: Final = "contains"
"""As ``instead``: the same, behind `contains`."""


_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

Check = Callable[["Context", Fact, Any], "Wrong | None"]


def _any(context: Context, fact: Fact, value: Any) -> None:
    return None


def _choice(context: Context, fact: Fact, value: Any) -> Wrong | None:
    """A value is one of those that are listed, if they are, else text."""
    choices = fact.choices
    if choices is None:
        untyped = fact.of is not None and fact.of.type is None
        return None if untyped else _text(context, fact, value)
    if value in choices and (value.__class__ is not bool or any(value is c for c in choices)):
        return None
    names = [c for c in choices if isinstance(c, str)]
    near = context.nearest(value, names, fact.name) if isinstance(value, str) else None
    if near is not None:
        help_ = f"did you mean `{near}`?"
    else:
        help_ = "one of: " + ", ".join(kind_of(choice) for choice in choices[:20])
    message = f"`{fact.name}` is never {kind_of(value)}"
    meant = context.sure(value, names, fact.name) if near is not None else None
    if meant is None:
        return Wrong("ESC401", message, help_)
    from escalate.policy.quoting import as_scalar  # only mistakes need it

    return Wrong("ESC401", message, help_, instead=as_scalar(meant))


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, str):
        return None
    plain = _plain(value)
    help_ = f'quote it if the text is meant: "{plain}"'
    what = "true or false" if isinstance(value, bool) else "a number"
    message = f"`{fact.name}` is text, but `{plain}` is {what}"
    return Wrong("ESC403", message, help_, instead=QUOTES)


def _number(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _is_duration(value):
        message = f"`{fact.name}` is a number, but `{value}` is a duration"
        return Wrong("ESC404", message, "write a number without a unit")
    what = "true or false" if isinstance(value, bool) else "text"
    message = f"`{fact.name}` is a number, but {kind_of(value)} is {what}"
    bare = value if isinstance(value, str) and _NUMBER.fullmatch(value) else None
    help_ = "write a number, without quotes" if bare else _compared(value) or "write a number"
    return Wrong("ESC403", message, help_, instead=bare)


def _compared(value: Any) -> str | None:
    """Help where a sign stands in place of an operator."""
    from escalate.policy.advice import as_operator  # only mistakes need it

    operator = as_operator(value) if isinstance(value, str) else None
    return f"write `{operator}`" if operator else None


def _percent(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, str) and value.removesuffix("%").isdecimal() and value.endswith("%"):
        message = f"`{fact.name}` is a number of hundredths, written without `%`"
        bare = value.removesuffix("%")
        return Wrong("ESC403", message, f"write `{bare}`", instead=bare)
    return _number(context, fact, value)


def _boolean(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, bool):
        return None
    message = f"`{fact.name}` is true or false, not {kind_of(value)}"
    from escalate.policy.quoting import BOOLEANS  # only mistakes need it

    said = BOOLEANS.get(value.casefold()) if isinstance(value, str) else None
    return Wrong("ESC403", message, "write `true` or `false`, without quotes", instead=said)


def _duration(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, str):
        try:
            Duration.parse(value)
        except DurationError as error:
            message, help_ = message_and_help(str(error))
            return Wrong("ESC405", message, _compared(value) or help_)
        return None
    message = f"`{fact.name}` is a duration, but {kind_of(value)} has no unit"
    return Wrong(
        "ESC405", message, "write a number and a unit, such as `15m`, `4h` or `2 workdays`"
    )


def _is_duration(text: str) -> bool:
    try:
        Duration.parse(text)
    except DurationError:
        return False
    return True


def _instant(context: Context, fact: Fact, value: Any) -> Wrong | None:
    if isinstance(value, str) and is_instant(value):
        return None
    message = f"`{fact.name}` is an instant, but {kind_of(value)} is none"
    return Wrong("ESC408", message, "write it as `2026-11-20T09:00`, or with an offset")


def is_instant(text: str) -> bool:
    """Whether a text is a date, or a date and time, that exists."""
    try:
        return datetime.fromisoformat(text).year >= 1970
    except ValueError:
        return False


_OF_ANY: Final[Mapping[str, Check]] = {"exists": _any}
_ORDER: Final = ("lt", "lte", "gt", "gte")
_SAME: Final = ("eq", "ne", "in", "not_in")
_HAS: Final = ("contains", "contains_any", "contains_all")


def _table(ops: tuple[str, ...], check: Check) -> dict[str, Check]:
    return dict.fromkeys(ops, check)


FITTING: Final[Mapping[str, Mapping[str, Check]]] = {
    "text": {
        **_table(_SAME, _choice),
        **_table((*_HAS, "mentions", "like"), _text),
        **_OF_ANY,
    },
    "ordered": {**_table((*_SAME, *_ORDER), _choice), "like": _text, **_OF_ANY},
    "number": {**_table((*_SAME, *_ORDER), _number), **_OF_ANY},
    "integer": {**_table((*_SAME, *_ORDER), _number), **_OF_ANY},
    "percent": {**_table((*_SAME, *_ORDER), _percent), **_OF_ANY},
    "boolean": {**_table(_SAME, _boolean), **_OF_ANY},
    "duration": {**_table((*_SAME, *_ORDER), _duration), **_OF_ANY},
    "instant": {**_table((*_SAME, *_ORDER), _instant), **_OF_ANY},
    "state": {**_table(_SAME, _choice), **_OF_ANY},
    "list": {**_table(_HAS, _choice), "mentions": _text, **_OF_ANY},
    "object": _OF_ANY,
}
"""Kind of fact to operator to the check of each operand."""

_WHAT: Final = {
    "text": "text",
    "ordered": "one of several words",
    "number": "a number",
    "integer": "a number",
    "percent": "a number",
    "boolean": "true or false",
    "duration": "a duration",
    "instant": "an instant",
    "state": "a state",
    "list": "a list",
    "object": "a mapping",
}


def misfit(context: Context, fact: Fact, test: Test) -> Wrong | None:
    """What is wrong with an operator, or with what stands behind it, for a fact."""
    check = FITTING[fact.kind].get(test.op)
    if check is None:
        return _operator(fact, test)
    value = test.value
    if value.__class__ is tuple:
        for item in value:
            wrong = check(context, fact, item)
            if wrong is not None:
                return wrong
        return None
    return check(context, fact, value)


def _operator(fact: Fact, test: Test) -> Wrong:
    at_key = bool(test.path) and test.path[-1] == test.op
    if test.op in _ORDER:
        help_ = "leave it out, or compare with `eq` or `in`"
        if fact.kind == "text" and (fact.of is not None or fact.name in FREE):
            help_ = f"declare the order under `fields`: `{fact.name}: {{ordered: [low, high]}}`"
        return Wrong(
            "ESC402",
            f"`{fact.name}` has no order, so `{test.op}` says nothing of it",
            help_,
            at_key,
        )
    if fact.kind == "list" and test.op in _SAME:
        instead = "contains" if test.op in ("eq", "ne") else "contains_any"
        return Wrong(
            "ESC407",
            f"`{fact.name}` is a list, and a list is never one value",
            f"write `{fact.name}: {{{instead}: ...}}`",
            at_key,
            CONTAINS if test.op == "eq" and not at_key else None,
        )
    known = ", ".join(f"`{op}`" for op in FITTING[fact.kind])
    message = f"`{test.op}` does not fit `{fact.name}`, which is {_WHAT[fact.kind]}"
    return Wrong("ESC407", message, f"it knows {known}", at_key)
