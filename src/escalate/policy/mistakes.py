"""What pydantic finds wrong with a structure, in an author's words.

pydantic says where by a trail of keys, indices and tags of unions, and what by a kind
of error. One table turns each kind into a code and a sentence; a kind that the table
does not know still gives a sentence without any word of Python's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydantic_core import ValidationError

from escalate.errors import Diagnostic, Related, did_you_mean
from escalate.modelling.words import BaseModel
from escalate.policy import advice
from escalate.policy.keys import keys_at, rivals_of
from escalate.policy.remedies import remedy
from escalate.policy.source import Source
from escalate.policy.structure import path_text, shown
from escalate.policy.trail import path_in
from escalate.policy.usual import asked, instead
from escalate.wording import message_and_help

__all__ = ["Found", "explained"]

Path = tuple[str | int, ...]

_MOST_EXPLAINED: Final = 200


def explained(
    error: ValidationError, source: Source, model: type[BaseModel]
) -> Iterator[Diagnostic]:
    """Every error as a finding with its place and, if there is one, its right edit; but for
    those that only follow from others."""
    errors = error.errors(include_url=False)
    found = [Found(e, source.data, model) for e in errors[:_MOST_EXPLAINED]]
    missing = {one.path for one in found if one.kind == "missing"}
    meant: set[Path] = set()  # keys that are there after all, misspelt
    for one in found:
        if one.kind == "extra_forbidden":
            near = did_you_mean(str(one.path[-1]), one.known_keys)
            if near is not None and (*one.path[:-1], near) in missing:
                meant.add((*one.path[:-1], near))
    for one in found:
        if one.path in meant or (one.kind == "too_short" and one.input):
            continue  # a mistake that is reported already, by its cause
        said = _TABLE.get(one.kind, _other)(one)
        place = source.place(one.path, key=said.at_key)
        yield Diagnostic(
            said.code,
            said.message,
            place=place,
            help=said.help,
            path=path_text(one.path),
            fix=remedy(one, source),
            related=tuple(
                Related(source.place(path, key=said.at_key), why) for path, why in one.also
            ),
        )
    if len(errors) > _MOST_EXPLAINED:
        more = len(errors) - _MOST_EXPLAINED
        message = f"{more:,} more mistakes are not shown"
        yield Diagnostic("ESC218", message, place=source.place(), help="mend the others first")


class Said(NamedTuple):
    """What to say of an error; ``at_key`` points at the key instead of the value."""

    code: str
    message: str
    help: str | None = None
    at_key: bool = False


class Found:
    """One error of pydantic's, with what is needed to explain it."""

    def __init__(self, error: Any, data: Any, model: type[BaseModel]) -> None:
        self.kind: str = error["type"]
        self.path: Path = path_in(data, error["loc"])
        self.input: Any = error.get("input")
        if self.kind == "union_tag_invalid" and isinstance(self.input, Mapping):
            self.path = (*self.path, "kind")  # which is there, and is no kind
        self.context: Mapping[str, Any] = error.get("ctx") or {}
        self.text: str = error["msg"]
        self.data = data
        self.model = model
        self._loc: tuple[str | int, ...] = error["loc"]

    @property
    def also(self) -> list[tuple[Path, str]]:
        """Other places that belong to it, with why."""
        if "also" not in self.context:
            return []
        above = self._loc[: len(self._loc) - self.context["below"]]
        return [(path_in(self.data, (*above, *self.context["also"])), self.context["why"])]

    @property
    def known_keys(self) -> frozenset[str]:
        """The keys that could stand where this one does."""
        return keys_at(self.model, self.data, self.path[:-1])

    @property
    def rivals(self) -> list[str]:
        """The keys beside this one that it cannot stand beside."""
        return rivals_of(self.data, self.path)

    @property
    def words(self) -> list[str]:
        """The words, one of which must stand here."""
        if self.kind == "union_tag_invalid":
            tags = str(self.context.get("expected_tags", ""))
            named = (tag.strip(" '<>") for tag in tags.split(","))
            return [tag for tag in named if not tag.startswith("rotation-")]  # forms of one kind
        expected = str(self.context.get("expected", "")).replace("'", "")
        return expected.replace(" or ", ", ").split(", ") if expected else []

    @property
    def subject(self) -> str:
        """What the message is about: the key, or an entry of a list."""
        return _subject(self.path)


def _subject(path: Path) -> str:
    if not path:
        return "a policy"
    last = path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    owner = next((part for part in reversed(path) if isinstance(part, str)), None)
    return f"an entry of `{owner}`" if owner else "an entry"


# What each kind of error says.


def _unknown_key(found: Found) -> Said:
    key = str(found.path[-1])
    if key == "guarantees" and len(found.path) == 1:
        return Said(
            "ESC212",
            "`guarantees` is reserved for a later version of the language",
            "remove it",
            at_key=True,
        )
    known = sorted(found.known_keys)
    if key in known:
        others = ", ".join(f"`{other}`" for other in found.rivals)
        said = f"`{key}` cannot stand beside {others}" if others else f"`{key}` cannot stand here"
        return Said("ESC201", said, f"remove it, or {others}" if others else "remove it", True)
    near = did_you_mean(key, known)
    where = f"in {_subject(found.path[:-1])}" if len(found.path) > 1 else "in a policy"
    if elsewhere := advice.instead_of_key(found.path):
        help_ = elsewhere
    elif near:
        help_ = f"did you mean `{near}`?"
    elif known:
        help_ = "known here: " + ", ".join(f"`{k}`" for k in known)
    else:
        help_ = "remove it"
    return Said("ESC201", f"there is no key `{key}` {where}", help_, at_key=True)


def _missing_key(found: Found) -> Said:
    *parent, key = found.path
    where = _subject(tuple(parent))
    if key == "escalate" and not parent:
        return Said("ESC202", "a policy needs the key `escalate`", "begin with `escalate: 1`")
    if key == "when" and "use" in _value_at(found.data, tuple(parent)):
        return Said(
            "ESC202",
            f"a case of `{_named(tuple(parent))}` has no `when`",
            "add `when:` with a condition, or write `otherwise:` instead of `use:`",
        )
    return Said("ESC202", f"{where} needs the key `{key}`", f"add `{key}:`")


def _named(path: Path) -> str:
    return str(next((part for part in reversed(path) if isinstance(part, str)), "policy"))


def _value_at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return data if isinstance(data, Mapping | list) else {}


def _wants(what: str) -> Callable[[Found], Said]:
    def explain(found: Found) -> Said:
        message = f"{found.subject} takes {what}, not {shown(found.input)}"
        return Said("ESC203", message, instead(found.path, found.input, what))

    return explain


def _wants_text(found: Found) -> Said:
    said = _wants("text")(found)
    if not isinstance(found.input, bool | int | float):
        return said
    given = str(found.input).lower() if isinstance(found.input, bool) else str(found.input)
    return said._replace(help=f'put it into quotes if it is meant as text: "{given}"')


def _not_a_word(found: Found) -> Said:
    plain = found.words
    message = f"{found.subject} cannot be {shown(found.input)}"
    if found.path and found.path[-1] == "escalate" and len(found.path) == 1:
        return Said(
            "ESC213",
            f"version {shown(found.input)} of the language is not known",
            "write `escalate: 1`",
        )
    known_elsewhere = advice.as_type(found.input) if found.path[-1] == "type" else None
    near = did_you_mean(found.input, plain) if isinstance(found.input, str) else None
    help_ = known_elsewhere or (f"did you mean `{near}`?" if near else _one_of(plain))
    return Said("ESC204", message, help_)


def _one_of(words: Iterable[str]) -> str:
    return "one of: " + ", ".join(f"`{word}`" for word in words)


def _no_such_kind(found: Found) -> Said:
    """The key that tells the forms of something apart is wrong or absent."""
    kinds = found.words if found.context.get("expected_tags") else list(_OWNER_KINDS)
    given = found.input.get("kind") if isinstance(found.input, Mapping) else found.input
    if isinstance(found.input, Mapping) and "kind" not in found.input:
        return Said("ESC202", f"{found.subject} needs the key `kind`", _one_of(kinds))
    if not isinstance(given, str):
        return _wants("a mapping or a kind")(found)
    near = did_you_mean(given, kinds)
    help_ = f"did you mean `{near}`?" if near else _one_of(kinds)
    return Said("ESC204", f"{shown(given)} is no kind of owner", help_)


_OWNER_KINDS = ("person", "team", "rotation", "vendor", "bot", "group")


def _pattern(found: Found) -> Said:
    said = advice.pattern_in_words(str(found.context.get("pattern", "")))
    if said is None:
        message = f"{shown(found.input)} does not have the form of {found.subject}"
        return Said("ESC205", message, "`escalate rule ESC205` shows how it is written")
    return Said("ESC205", f"{shown(found.input)} is no {said[0]}", said[1])


def _range(sign: str, beyond: str) -> Callable[[Found], Said]:
    def explain(found: Found) -> Said:
        limit = found.context.get("ge", found.context.get("le"))
        said = f"{found.subject} is {sign} {limit}, not {shown(found.input)}"
        return Said("ESC206", said, f"write `{limit}` or {beyond}")

    return explain


def _empty(found: Found) -> Said:
    what = "an empty text" if isinstance(found.input, str) else "nothing in it"
    return Said("ESC207", f"{found.subject} has {what}", "write something there, or leave it out")


def _too_long(found: Found) -> Said:
    most = found.context.get("max_length")
    return Said("ESC207", f"{found.subject} is longer than {most}", "write less")


def _as_said(code: str, *, at_key: bool = False) -> Callable[[Found], Said]:
    """The message was written for authors where the error arose."""

    def explain(found: Found) -> Said:
        return Said(code, *message_and_help(found.text), at_key)

    return explain


def _condition(found: Found) -> Said:
    return Said("ESC209", found.text, asked(found.path, found.input))


def _no_fact(found: Found) -> Said:
    return Said("ESC209", found.text, advice.as_condition(found.path[-1]), at_key=True)


def _other(found: Found) -> Said:
    message = f"{found.subject} cannot be {shown(found.input)}"
    return Said("ESC203", message, "`escalate rule ESC203` shows what stands where")


_TABLE: Final[Mapping[str, Callable[[Found], Said]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_type": _wants_text,
    "int_type": _wants("a whole number"),
    "int_from_float": _wants("a whole number"),
    "number_type": _wants("a number"),
    "scalar_type": _wants("one value (text, a number, `true` or `false`)"),
    "bool_type": _wants("`true` or `false`"),
    "list_type": _wants("a list"),
    "tuple_type": _wants("a list"),
    "dict_type": _wants("a mapping"),
    "mapping_type": _wants("a mapping"),
    "model_type": _wants("a mapping"),
    "model_attributes_type": _wants("a mapping"),
    "literal_error": _not_a_word,
    "union_tag_invalid": _no_such_kind,
    "union_tag_not_found": _no_such_kind,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "greater_than_equal": _range("at least", "more"),
    "less_than_equal": _range("at most", "less"),
    "duration": _as_said("ESC208"),
    "condition": _condition,
    "no_condition": _condition,
    "fact_name": _no_fact,
    "extra_key": _as_said("ESC201", at_key=True),
    "operator": _as_said("ESC210", at_key=True),
    "field_spec": _as_said("ESC214"),
    "hours": _as_said("ESC215"),
    "day": _as_said("ESC215", at_key=True),
    "holiday": _as_said("ESC216"),
    "zone": _as_said("ESC501"),
    "day_twice": _as_said("ESC511", at_key=True),
    "hours_overlap": _as_said("ESC512"),
    "never_open": _as_said("ESC513"),
    "never_closes": _as_said("ESC518"),
    "too_deep": _as_said("ESC219"),
    "rrule": _as_said("ESC514"),
    "country": _as_said("ESC515"),
    "extra_missing": _as_said("ESC516"),
    "date": _as_said("ESC517"),
    "ical_place": _as_said("ESC230"),
    "beats": _as_said("ESC231", at_key=True),
    "ical_unread": _as_said("ESC521"),
    "ical_size": _as_said("ESC522"),
    "ical_wrong": _as_said("ESC523"),
    "ical_member": _as_said("ESC625"),
}
