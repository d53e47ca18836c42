"""What a trigger, or a missed deadline, does. Language: "Actions", "Triggers"."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from escalate.modelling.words import BeforeValidator, Discriminator, Field, Tag
from escalate.policy.base import FieldName, Model, Name, Scalar
from escalate.policy.cases import CaseKind, Cases
from escalate.policy.choice import OwnerCases

__all__ = ["BUILT_IN", "Do", "Effects", "Notice", "Notices", "Urgency"]

BUILT_IN: Final = ("assign", "notify", "tell_customer", "remind", "warn", "ask", "set")
"""What the language itself has a host do; any other action is of the author's own."""


def _scalar_form(raw: Any) -> str:
    return "<list>" if isinstance(raw, list | tuple) else "<scalar>"


ScalarOrList = Annotated[
    Annotated[tuple[Scalar, ...], Tag("<list>")] | Annotated[Scalar, Tag("<scalar>")],
    Discriminator(_scalar_form),
]
"""One value or a list of them."""


Argument = Annotated[ScalarOrList, CaseKind("Argument")]
"""What an action of the author's own is given."""

Urgency = Annotated[Literal["normal", "urgent"], CaseKind("Urgency")]
"""Whether somebody is told in his quiet hours too."""


class Notice(Model):
    """Somebody to be told, and what."""

    owner: OwnerCases
    message: Cases[Name] | None = None
    channel: Cases[Name] | None = None
    urgency: Cases[Urgency] | None = None


class Do(Model):
    """An action of the author's own, carried out by the host."""

    action: Name
    with_: dict[Name, Cases[Argument]] = Field({}, alias="with")


def _notices(raw: Any) -> Any:
    return (
        [{"owner": r} if isinstance(r, str) else r for r in raw] if isinstance(raw, list) else raw
    )


Notices = Annotated[
    tuple[Notice, ...],
    BeforeValidator(_notices, json_schema_input_type=list[Name | Notice]),
]
"""Those to be told; an owner's name alone tells him of the step."""


class Effects(Model):
    """A movement, if any, and actions."""

    escalate: Name | None = None
    transfer: OwnerCases | None = None
    requires: tuple[Name, ...] = ()
    notify: Notices = ()
    tell_customer: Cases[Name] | None = None
    set: dict[FieldName, Scalar] = Field({})
    do: tuple[Do, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether there is a movement at all."""
        return self.escalate is not None or self.transfer is not None
