"""Wherever an owner is named: a name, or a choice by topic and language.

Language: "Owners", choice by topic and language.
"""

from __future__ import annotations

from typing import Annotated, Any

from escalate.modelling.words import Discriminator, Field, Tag
from escalate.policy.base import FieldName, Model, Name
from escalate.policy.cases import CaseKind, Cases

__all__ = ["Choice", "OwnerCases"]

_BEFORE = "ticket."


class Choice(Model):
    """Who of several handles what the ticket is about, or speaks its language."""

    expert_in: FieldName | None = None
    speaks: FieldName | None = None
    from_: Annotated[tuple[Name, ...], Field(alias="from", min_length=1)]
    otherwise: Name | None = None

    @property
    def topic(self) -> str | None:
        """The field that holds the topic."""
        return None if self.expert_in is None else self.expert_in.removeprefix(_BEFORE)

    @property
    def language(self) -> str | None:
        """The field that holds the language."""
        return None if self.speaks is None else self.speaks.removeprefix(_BEFORE)

    @property
    def names(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every owner that is named, with where."""
        found: list[tuple[tuple[str | int, ...], str]] = [
            (("from", i), name) for i, name in enumerate(self.from_)
        ]
        if self.otherwise is not None:
            found.append((("otherwise",), self.otherwise))
        return tuple(found)


class ByTopic(Choice):
    """Experts, of whom those who speak the language come first."""

    expert_in: FieldName


class ByLanguage(Choice):
    """Those who speak the language."""

    speaks: FieldName


def _form(raw: Any) -> str:
    if isinstance(raw, ByLanguage) or (
        isinstance(raw, dict) and "speaks" in raw and "expert_in" not in raw
    ):
        return "<language>"
    return "<topic>" if isinstance(raw, dict | Choice) else "<name>"


OneOwner = Annotated[
    Annotated[Name, Tag("<name>")]
    | Annotated[ByTopic, Tag("<topic>")]
    | Annotated[ByLanguage, Tag("<language>")],
    Discriminator(_form),
]

OwnerCases = Cases[Annotated[OneOwner, CaseKind("Owner")]]
"""Who it is: a name, a choice, `none`, or a list of cases."""
