"""The grammar of conditions, used wherever a policy asks something of a ticket.

Language: "Conditions". A condition is read once into a small tree. Each node knows
its path inside the condition, so that a mistake found later still names its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from escalate.errors import did_you_mean
from escalate.policy.base import FIELD_PATTERN, NAME_PATTERN, Scalar
from escalate.policy.condition_schema import OPERATORS

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "AllOf",
    "AnyOf",
    "Compare",
    "Condition",
    "Is",
    "Node",
    "NotOf",
    "Requested",
    "Test",
    "walk",
]

Path = tuple[str | int, ...]

MAX_DEPTH: Final = 16
"""How deeply ``all``, ``any`` and ``not`` may be nested in one condition."""

_NAME: Final = re.compile(NAME_PATTERN.strip("^$"))
_FACT: Final = re.compile(FIELD_PATTERN.strip("^$"))


@dataclass(frozen=True, slots=True)
class Test:
    """One operator with its operand, which is a scalar or a tuple of scalars."""

    op: str
    value: Scalar | tuple[Scalar, ...]
    path: Path = ()

    __test__ = False  # not a test case of pytest

    @property
    def operands(self) -> tuple[Scalar, ...]:
        """What the fact is compared with, one by one."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact and what it should be; all ``tests`` must hold.

    ``calendar`` names the calendar that a duration is counted in, where it is
    not the fact's own.
    """

    fact: str
    tests: tuple[Test, ...]
    calendar: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Requested:
    """One open request matches all of it. ``by`` and ``to`` are comparisons."""

    parts: tuple[Compare, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Is:
    """A named condition."""

    name: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Node, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class NotOf:
    """The part does not hold; of something unknown, that is unknown too."""

    part: Node
    path: Path = ()


Node: TypeAlias = AllOf | AnyOf | NotOf | Is | Compare | Requested


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of the text."""
    yield node
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from walk(part)
        case NotOf(part=part):
            yield from walk(part)
        case _:
            pass


class Condition:
    """A condition as pydantic reads it: ``root`` is the tree."""

    __slots__ = ("root",)

    def __init__(self, root: Node) -> None:
        self.root = root

    @classmethod
    def parse(cls, raw: object) -> Condition:
        """Read what the YAML says.

        Raises:
            pydantic_core.ValidationError: with one located error per mistake.
        """
        reader = _Reader()
        root = reader.condition(raw, (), 0)
        if reader.errors or root is None:
            raise ValidationError.from_exception_data("condition", reader.errors)
        return cls(root)

    def walk(self) -> Iterator[Node]:
        """Every node of the tree."""
        return walk(self.root)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.root == other.root

    def __hash__(self) -> int:
        return hash(self.root)

    def __repr__(self) -> str:
        return f"Condition({self.root!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read, metadata={"pydantic_js_functions": [_reference]}
        )


def _reference(schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    # It holds itself, which pydantic cannot express for what is no model of its own.
    return {"$comment": "Condition"}


def _read(raw: object) -> Condition:
    return raw if isinstance(raw, Condition) else Condition.parse(raw)


class _Reader:
    """Reads one condition and collects every mistake in it."""

    def __init__(self) -> None:
        self.errors: list[InitErrorDetails] = []

    def wrong(self, path: Path, message: str, raw: object, kind: str = "condition") -> None:
        error = PydanticCustomError(kind, "{text}", {"text": message})
        self.errors.append(InitErrorDetails(type=error, loc=path, input=raw))

    def condition(self, raw: object, path: Path, depth: int) -> Node | None:
        if not isinstance(raw, Mapping):
            message = "a condition is a mapping of facts to what they should be"
            self.wrong(path, message, raw, "no_condition")
            return None
        if not raw:
            self.wrong(path, "a condition that says nothing holds for no ticket", raw)
            return None
        if depth > MAX_DEPTH:
            message = f"this condition is nested more than {MAX_DEPTH} deep"
            self.wrong(
                path, f"{message}; give a part of it a name, and use it by `is`", raw, "too_deep"
            )
            return None
        parts: list[Node] = []
        for key, value in raw.items():
            node = self.entry(str(key), value, (*path, str(key)), depth)
            if node is not None:
                parts.append(node)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts), path)

    def entry(self, key: str, raw: object, path: Path, depth: int) -> Node | None:
        if key in ("all", "any"):
            if not isinstance(raw, list | tuple) or not raw:
                self.wrong(path, f"`{key}` takes a list of conditions", raw)
                return None
            read = [self.condition(r, (*path, i), depth + 1) for i, r in enumerate(raw)]
            parts = tuple(node for node in read if node is not None)
            return AllOf(parts, path) if key == "all" else AnyOf(parts, path)
        if key == "not":
            part = self.condition(raw, path, depth + 1)
            return None if part is None else NotOf(part, path)
        if key == "is":
            if not isinstance(raw, str) or not _NAME.fullmatch(raw):
                self.wrong(path, "`is` takes the name of a condition", raw)
                return None
            return Is(raw, path)
        if key == "requested":
            return self.requested(raw, path)
        if not _FACT.fullmatch(key):
            self.wrong(path, f"`{key}` is no name of a fact", raw, "fact_name")
            return None
        return self.fact(key, raw, path)

    def requested(self, raw: object, path: Path) -> Node | None:
        if not isinstance(raw, Mapping) or not raw:
            self.wrong(path, "`requested` takes `by`, `to` or both", raw)
            return None
        parts: list[Compare] = []
        for key, value in raw.items():
            if key not in ("by", "to"):
                self.wrong(
                    (*path, str(key)),
                    f"`requested` knows no `{key}`; write `by` or `to`",
                    raw,
                    "extra_key",
                )
                continue
            part = self.fact(str(key), value, (*path, str(key)))
            if part is not None:
                parts.append(part)
        return Requested(tuple(parts), path)

    def fact(self, fact: str, raw: object, path: Path) -> Compare | None:
        if isinstance(raw, str | int | float):
            return Compare(fact, (Test("eq", raw, path),), None, path)
        if isinstance(raw, list | tuple):
            values = self.scalars("in", raw, path)
            return (
                None if values is None else Compare(fact, (Test("in", values, path),), None, path)
            )
        if not isinstance(raw, Mapping) or not raw:
            said = "nothing is compared" if raw is None else "this is no value, list or operator"
            self.wrong(path, f"`{fact}` is asked for, but {said}", raw)
            return None
        return self.operators(fact, raw, path)

    def operators(self, fact: str, raw: Mapping[Any, object], path: Path) -> Compare | None:
        tests: list[Test] = []
        calendar: str | None = None
        before = len(self.errors)
        for key, value in raw.items():
            op, at = str(key), (*path, str(key))
            if op == "calendar":
                if isinstance(value, str):
                    calendar = value
                else:
                    self.wrong(at, "`calendar` takes the name of a calendar", value)
            elif op not in OPERATORS:
                near = did_you_mean(op, OPERATORS)
                hint = f"; did you mean `{near}`?" if near else ""
                self.wrong(at, f"`{op}` is no operator{hint}", value, "operator")
            else:
                operand = self.operand(op, value, at)
                if operand is not None:
                    tests.append(Test(op, operand, at))
        if not tests and len(self.errors) == before:
            self.wrong(path, f"`{fact}` is asked for, but nothing is compared", raw)
        return Compare(fact, tuple(tests), calendar, path) if tests else None

    def operand(self, op: str, raw: object, path: Path) -> Scalar | tuple[Scalar, ...] | None:
        if op in ("in", "not_in", "contains_any", "contains_all"):
            return self.scalars(op, raw, path)
        if op == "exists":
            if isinstance(raw, bool):
                return raw
            self.wrong(path, "`exists` takes true or false", raw)
        elif op == "mentions":
            texts = raw if isinstance(raw, list | tuple) else (raw,)
            if texts and all(isinstance(text, str) for text in texts):
                return tuple(texts)
            self.wrong(path, "`mentions` takes a word, a phrase or a list of them", raw)
        elif op == "like":
            if isinstance(raw, str):
                return raw
            self.wrong(path, "`like` takes a pattern with `*` and `?`", raw)
        elif isinstance(raw, str | int | float):
            return raw
        else:
            self.wrong(path, f"`{op}` takes one value", raw)
        return None

    def scalars(self, op: str, raw: object, path: Path) -> tuple[Scalar, ...] | None:
        if not isinstance(raw, list | tuple) or not raw:
            self.wrong(path, f"`{op}` takes a list of values", raw)
            return None
        bad = [i for i, value in enumerate(raw) if not isinstance(value, str | int | float)]
        for i in bad:
            self.wrong((*path, i), "a list of values holds text, numbers, true or false", raw[i])
        return None if bad else tuple(raw)
