"""Are declared fields sound, and do values that are derived or set fit them?

Language: "Types are checked at load".
"""

from __future__ import annotations

from typing import Any, Final

from escalate.policy.facts import FREE, Fact
from escalate.policy.field import FieldSpec
from escalate.policy.field_types import IS, TYPES, is_listed, is_number
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.operands import is_instant
from escalate.policy.meaning.walk import effects_of
from escalate.policy.target import At
from escalate.worktime.wording import kind_of

__all__ = ["check_fields", "check_values", "value_misfit"]

_TEXTS: Final = (
    "subject",
    "description",
    "language",
    "customer.name",
    "customer.email",
    "customer.language",
    "customer.timezone",
)
_SETTABLE: Final = (*FREE, "language", "subject", "description")

#: Keys of tickets that hold something else, so that no field can have their name.
_TAKEN: Final = {
    *("id", "status", "phase", "level", "owner", "assignee", "created_at", "active"),
    *("customer", "customer.id", "events", "done", "fields", "last_customer_text"),
    *("level_entered_at", "first_reply_at", "resolved_at"),
    *("age", "idle", "at_level", "escalations", "transfers", "reopens"),
    *("all", "any", "not", "is"),
}
_FAMILIES: Final = (
    "clock",
    "calendar",
    "desk",
    "since",
    "since_first",
    "replies",
    "requested",
    "promise",
    "authority",
)


def check_fields(context: Context) -> None:
    """Every declaration under `fields`, and those of the arguments of actions."""
    for name, spec in context.policy.fields.items():
        path: Path = ("fields", name)
        if name in _TAKEN or name.partition(".")[0] in _FAMILIES:
            context.report(
                "ESC312",
                f"`{name}` is a word of the language and cannot be a field",
                path,
                "choose another name",
                key=True,
            )
        elif name == "tags" and _type_of(spec) != "array":
            context.report("ESC414", "`tags` is a list of texts", path, "write `{type: array}`")
        elif name in _TEXTS and _type_of(spec) != "string":
            message = f"`{name}` is text in every ticket"
            context.report("ESC414", message, path, "write `{type: string}`")
        _spec(context, name, spec, path)
    for action, arguments in context.policy.actions.items():
        for name, spec in arguments.items():
            _spec(context, name, spec, ("actions", action, name))


def _type_of(spec: FieldSpec) -> str:
    if spec.type is not None:
        return spec.type
    choices = spec.choices or ("",)
    kinds = {_json_type(choice) for choice in choices}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"


def _spec(context: Context, name: str, spec: FieldSpec, path: Path) -> None:
    """Does a declaration contradict itself?"""

    def wrong(message: str, key: str, help_: str) -> None:
        context.report("ESC414", message, (*path, key), help_)

    choices = spec.choices or ()
    listed = "ordered" if spec.ordered is not None else "enum"
    seen: set[tuple[bool, Any]] = set()
    for i, choice in enumerate(choices):
        fits = spec.type is None or IS[spec.type](choice)
        if not fits:
            message = f"{kind_of(choice)} is not of the type `{spec.type}`"
            context.report("ESC414", message, (*path, listed, i), "change the type or the value")
        if (isinstance(choice, bool), choice) in seen:
            message = f"{kind_of(choice)} is listed twice"
            context.report("ESC414", message, (*path, listed, i), "remove one of them")
        seen.add((isinstance(choice, bool), choice))
    if spec.items is not None and spec.type not in (None, "array"):
        wrong(f"`items` is for lists, and `{name}` is none", "items", "write `type: array`")
    if spec.format is not None and spec.type not in (None, "string"):
        wrong(f"`format` is for text, and `{name}` is none", "format", "write `type: string`")
    for key in ("minimum", "maximum"):
        if getattr(spec, key) is not None and spec.type not in ("integer", "number"):
            wrong(f"`{key}` is for numbers, and `{name}` is none", key, "write `type: number`")
    low, high = spec.minimum, spec.maximum
    if low is not None and high is not None and low > high:
        wrong(f"`maximum` {high} is less than `minimum` {low}", "maximum", "exchange the two")
    if spec.items is not None:
        _spec(context, name, spec.items, (*path, "items"))


def value_misfit(spec: FieldSpec, value: Any) -> str | None:
    """Why a value cannot be that of a field or argument, if so: the end of a sentence."""
    choices = spec.choices
    if choices is not None:
        if is_listed(value, choices):
            return None
        return "one of: " + ", ".join(kind_of(c) for c in choices)
    if spec.type is not None and not IS[spec.type](value):
        return TYPES[spec.type]
    if isinstance(value, list | tuple):
        if spec.type is None and spec.items is None:
            return "one value"
        inner = spec.items
        wrong = (value_misfit(inner, item) for item in value) if inner is not None else iter(())
        return next((f"a list, each {said}" for said in wrong if said), None)
    if spec.minimum is not None and is_number(value) and value < spec.minimum:
        return f"at least {spec.minimum}"
    if spec.maximum is not None and is_number(value) and value > spec.maximum:
        return f"at most {spec.maximum}"
    if spec.format in ("date-time", "date") and isinstance(value, str) and not is_instant(value):
        return "an instant" if spec.format == "date-time" else "a date"
    return None


def check_values(context: Context) -> None:
    """Fields that are derived, set, compared for likeness or read as instants."""
    policy = context.policy
    settable = [*policy.fields, *(name for name in _SETTABLE if name not in policy.fields)]
    for name, cases in policy.derive.items():
        if name not in settable:
            _no_field(context, name, settable, ("derive", name), "derived", key=True)
            continue
        for inner, value in cases.values():
            _value(context, name, value, ("derive", name, *inner))
    alike = [name for name in context.facts.names if _tells_alike(context.facts[name])]
    for i, name in enumerate(policy.similar):
        if name not in alike:
            _no_field(context, name, alike, ("similar", i), "compared")
    for at, effects in effects_of(policy):
        for name, value in effects.set.items():
            path = (*at, "set", name)
            if name == "status":
                _status(context, value, path)
            elif name not in settable:
                _no_field(context, name, [*settable, "status"], path, "set", key=True)
            else:
                _value(context, name, value, path)
    for spot in context.spots:
        if spot.what == "target":
            for inner, target in spot.cases.values():
                if isinstance(target, At):
                    _instant_field(context, target.at, (*spot.path, *inner, "at"))


def _tells_alike(fact: Fact) -> bool:
    return (
        fact.source == "snapshot"
        and fact.kind not in ("object", "instant")
        and fact.name not in ("id", "active", "level", "owner", "assignee", "phase", "status")
    )


def _no_field(
    context: Context, name: str, known: list[str], path: Path, how: str, key: bool = False
) -> None:
    if context.in_doubt(name):
        return
    if name in context.facts:
        message = f"`{name}` is not a field that can be {how}"
        context.report("ESC313", message, path, "name one that tickets hold", key=key)
        return
    near = context.nearest(name, known, "field")
    help_ = f"did you mean `{near}`?" if near else "declare it under `fields`"
    fix = context.rename(name, known, "field", path, key=key) if near else None
    context.report("ESC313", f"there is no field `{name}`", path, help_, key=key, fix=fix)


def _value(context: Context, name: str, value: Any, path: Path) -> None:
    if context.in_doubt(name):
        return
    spec = context.policy.fields.get(name)
    if spec is None:
        spec = FieldSpec(type="string") if name not in FREE else FieldSpec()
    expected = value_misfit(spec, value)
    if expected is not None:
        from escalate.policy.quoting import BOOLEANS, quoted  # only mistakes need it

        near = fix = None
        if isinstance(value, str) and spec.choices:
            names = [c for c in spec.choices if isinstance(c, str)]
            near = context.nearest(value, names, name)
            fix = context.rename(value, names, name, path) if near else None
        elif spec.type == "boolean" and isinstance(value, str):
            said = BOOLEANS.get(value.casefold())
            fix = context.rewrite(path, said) if said else None
        elif spec.type == "string" and isinstance(value, bool | int | float):
            fix = context.rewrite(path, quoted(context.raw(path)))
        help_ = f"did you mean `{near}`?" if near else f"it is {expected}"
        context.report("ESC409", f"`{name}` cannot be {kind_of(value)}", path, help_, fix=fix)


def _status(context: Context, value: Any, path: Path) -> None:
    known = context.policy.status_phases()
    if not isinstance(value, str):
        message = f"`status` cannot be {kind_of(value)}"
        context.report("ESC409", message, path, "write one of the statuses, as text")
    elif value not in known:
        context.unknown("ESC310", "status", value, known, path)


def _instant_field(context: Context, name: str, path: Path) -> None:
    if context.in_doubt(name):
        return
    fact = context.facts.get(name)
    if fact is None:
        known = [n for n in context.facts.names if context.facts[n].kind == "instant"]
        _no_field(context, name, known, path, "read as an instant")
    elif fact.kind != "instant":
        context.report(
            "ESC411",
            f"a target is an instant, but `{name}` is none",
            path,
            f"declare it so: `{name}: {{type: string, format: date-time}}`",
        )
