"""A value that depends on the ticket: one model and one form, wherever it occurs.

Language: "Five ideas", 3. The author writes a plain value or a list of cases; here
it is always a tuple of cases, the first of which whose ``when`` holds gives the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar, get_args

from pydantic_core import CoreSchema, core_schema

from escalate.policy.base import Name
from escalate.policy.condition import Condition

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = ["Case", "CaseKind", "Cases"]

T = TypeVar("T")


class CaseKind(NamedTuple):
    """What is special in the cases of some type; stands among its annotations.

    ``name`` is that of their JSON Schema, ``calendar`` tells that a case may name one,
    ``no_value`` which words stand for none.
    """

    name: str = "Name"
    calendar: bool = False
    no_value: tuple[str, ...] = ("none",)


class Case(NamedTuple, Generic[T]):
    """``use`` is the value (``None`` for ``none``) where ``when`` holds or is absent.

    ``calendar`` is set only in cases of targets.
    """

    when: Condition | None
    use: T | None
    calendar: str | None = None


class Cases(Generic[T]):
    """The cases in the order in which they are tried.

    ``written`` tells whether the author wrote a list: positions inside it are then
    ``[i].when`` and ``[i].use`` (or ``[i].otherwise``), else the value's own.
    """

    __slots__ = ("cases", "written")

    def __init__(self, cases: tuple[Case[T], ...], written: bool = False) -> None:
        self.cases = cases
        self.written = written

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cases):
            return NotImplemented
        return self.cases == other.cases and self.written == other.written

    def __hash__(self) -> int:
        return hash((self.cases, self.written))

    def __repr__(self) -> str:
        return f"Cases({self.cases!r}, written={self.written!r})"

    def values(self) -> Iterator[tuple[tuple[str | int, ...], T]]:
        """Every value that may come out, with its path below the cases."""
        for i, case in enumerate(self.cases):
            if case.use is not None:
                yield self.path_of(i), case.use

    def path_of(self, i: int) -> tuple[str | int, ...]:
        """Where the value of case ``i`` stands in the text, below the cases."""
        if not self.written:
            return ()
        return (i, "otherwise" if self.cases[i].when is None else "use")

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Every condition, with its path below the cases."""
        for i, case in enumerate(self.cases):
            if case.when is not None:
                yield (i, "when"), case.when

    @property
    def plain(self) -> T | None:
        """The value, where there is but one without a condition."""
        first = self.cases[0]
        return first.use if first.when is None else None

    @classmethod
    def of(cls, value: T) -> Cases[T]:
        """A plain value as cases."""
        return cls((Case(None, value),))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (kind,) = get_args(source) or (Any,)
        notes = getattr(kind, "__metadata__", ())
        special = next((note for note in notes if isinstance(note, CaseKind)), CaseKind())
        value = _or_none(handler.generate_schema(kind), special.no_value)
        when = handler.generate_schema(Condition)
        name = handler.generate_schema(Name)
        calendar = core_schema.typed_dict_field(name, required=False)

        def closed(**fields: core_schema.TypedDictField) -> CoreSchema:
            return core_schema.typed_dict_schema(
                {**fields, "calendar": calendar} if special.calendar else fields,
                extra_behavior="forbid",
            )

        need = core_schema.typed_dict_field
        case = core_schema.tagged_union_schema(
            {
                "<when>": closed(when=need(when, required=True), use=need(value, required=True)),
                "<otherwise>": closed(otherwise=need(value, required=True)),
            },
            discriminator=_case_form,
        )

        def describe(inner: CoreSchema, json: GetJsonSchemaHandler) -> JsonSchemaValue:
            # Wrapped, since the handler passes over what a schema says of itself.
            one, asked, named = (
                json(core_schema.definitions_schema(part, [])) for part in (value, when, name)
            )
            more = {"calendar": named} if special.calendar else {}

            def case_of(**properties: JsonSchemaValue) -> JsonSchemaValue:
                return {
                    "type": "object",
                    "required": list(properties),
                    "properties": {**properties, **more},
                    "additionalProperties": False,
                }

            forms = [case_of(when=asked, use=one), case_of(otherwise=one)]
            cases = {"type": "array", "minItems": 1, "items": {"anyOf": forms}}
            return {"anyOf": [one, cases]}

        return core_schema.tagged_union_schema(
            {
                "<cases>": core_schema.no_info_after_validator_function(
                    _from_list, core_schema.list_schema(case, min_length=1)
                ),
                "<plain>": core_schema.no_info_after_validator_function(_from_plain, value),
            },
            discriminator=_form,
            ref=f"escalate.{special.name}Cases",
            metadata={"pydantic_js_functions": [describe]},
        )


def _case_form(raw: Any) -> str:
    return "<otherwise>" if isinstance(raw, dict) and "otherwise" in raw else "<when>"


def _form(raw: Any) -> str:
    if isinstance(raw, list) and any(isinstance(item, dict) for item in raw):
        return "<cases>"
    return "<plain>"


def _from_list(raw: list[dict[str, Any]]) -> Cases[Any]:
    return Cases(
        tuple(
            Case(case.get("when"), case.get("use", case.get("otherwise")), case.get("calendar"))
            for case in raw
        ),
        written=True,
    )


def _from_plain(value: Any) -> Cases[Any]:
    return Cases((Case(None, value),))


def _none(raw: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
    return None if isinstance(raw, str) and raw == "none" else handler(raw)


def _none_or_never(raw: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
    return None if isinstance(raw, str) and raw in ("none", "never") else handler(raw)


_READERS: Final = {("none",): _none, ("none", "never"): _none_or_never}
"""By the words that stand for no value."""


def _or_none(schema: CoreSchema, words: tuple[str, ...]) -> CoreSchema:
    """``none`` stands for no value wherever a case gives one."""

    def describe(schema_: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"enum": list(words)}, handler(schema_)]}

    return core_schema.no_info_wrap_validator_function(
        _READERS[words], schema, metadata={"pydantic_js_functions": [describe]}
    )
