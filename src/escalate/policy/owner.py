"""Who can have a ticket. Language: "Owners"."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from escalate.modelling.words import BeforeValidator, Discriminator, Field, StrictInt, Tag
from escalate.policy.base import Language, LocalInstant, Model, Name, Scalar
from escalate.policy.cases import CaseKind, Cases
from escalate.policy.rotation import AnyChange, AnyLayer, HandsOver, Member, Members, Override
from escalate.worktime.duration import Duration
from escalate.worktime.zone import ZoneName

__all__ = [
    "Agreed",
    "AnyRotation",
    "Assign",
    "Bot",
    "Group",
    "LayeredRotation",
    "Owner",
    "Person",
    "RotationOf",
    "RotationOwner",
    "Team",
    "Vendor",
    "people_of",
]

Assign = Literal["first", "round-robin", "least-loaded", "on-duty", "all", "none"]

Channels = Cases[Annotated[tuple[Name, ...], CaseKind("Channels")]]


class _Owner(Model):
    name: str | None = None
    channels: Channels | None = None
    calendar: Name | None = None
    languages: tuple[Language, ...] = ()
    handles: tuple[Scalar, ...] = ()
    authority: dict[Name, Scalar] = Field({})
    capacity: Annotated[StrictInt, Field(ge=0)] | None = None


class Person(_Owner):
    """One human being."""

    kind: Literal["person"]


class Team(_Owner):
    """People who share a queue; ``assign`` says who of them gets the ticket."""

    kind: Literal["team"]
    members: tuple[Member, ...] = ()
    assign: Assign = "none"
    rotation: Name | None = None


class Agreed(Model):
    """What somebody outside has promised, in working time of his own calendar."""

    acknowledge: Duration | None = None
    respond: Duration | None = None
    resolve: Duration | None = None


class Vendor(_Owner):
    """Somebody outside, without a login."""

    kind: Literal["vendor"]
    agreed: Agreed | None = None


class Bot(_Owner):
    """A program that talks to customers."""

    kind: Literal["bot"]


class Group(_Owner):
    """Several owners who are told together; nobody's ticket ever stands with it."""

    kind: Literal["group"]
    of: Annotated[tuple[Name, ...], Field(min_length=1)]


class _Rotation(_Owner):
    kind: Literal["rotation"]


class _OwnRotation(_Rotation):
    timezone: ZoneName | None = None
    overrides: tuple[AnyChange, ...] = ()


class RotationOwner(_OwnRotation):
    """People who have duty in turn."""

    members: Members
    starts: LocalInstant
    hands_over: Annotated[HandsOver, Field(default_factory=HandsOver.model_construct)]


class LayeredRotation(_OwnRotation):
    """People who have duty in turn, in layers of which the uppermost that is on counts."""

    layers: Annotated[tuple[AnyLayer, ...], Field(min_length=1)]
    starts: LocalInstant | None = None
    hands_over: Annotated[HandsOver, Field(default_factory=HandsOver.model_construct)]


class RotationOf(_Rotation):
    """Whoever comes so many places behind the one who has duty in another rotation."""

    of: Name
    offset: Annotated[StrictInt, Field(ge=1, le=100)] = 1


AnyRotation = RotationOwner | LayeredRotation | RotationOf


def _kind(raw: Any) -> str | None:
    kind = raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", None)
    if kind == "rotation":
        return _rotation_form(raw)
    return f"<{kind}>" if isinstance(kind, str) else None


def _rotation_form(raw: Any) -> str:
    """Which form of a rotation it is, by the key that only this form has."""
    for key, model in (("of", RotationOf), ("layers", LayeredRotation)):
        if isinstance(raw, model) or (isinstance(raw, dict) and key in raw):
            return f"<rotation-{key}>"
    return "<rotation>"


def _kind_alone(raw: Any) -> Any:
    """A kind alone is a whole owner: ``manager: person``."""
    return {"kind": raw} if isinstance(raw, str) else raw


AnyOwner = Annotated[
    Annotated[Person, Tag("<person>")]
    | Annotated[Team, Tag("<team>")]
    | Annotated[RotationOwner, Tag("<rotation>")]
    | Annotated[LayeredRotation, Tag("<rotation-layers>")]
    | Annotated[RotationOf, Tag("<rotation-of>")]
    | Annotated[Vendor, Tag("<vendor>")]
    | Annotated[Bot, Tag("<bot>")]
    | Annotated[Group, Tag("<group>")],
    Discriminator(_kind),
]

Owner = Annotated[
    AnyOwner,
    BeforeValidator(
        _kind_alone,
        json_schema_input_type=AnyOwner | Literal["person", "team", "vendor", "bot"],
    ),
]
"""An owner as written: a mapping with its ``kind``, or the kind alone."""


def people_of(owner: Person | Team | AnyRotation | Vendor | Bot | Group) -> tuple[str, ...]:
    """Everybody who belongs to an owner, each once; to a rotation also who stands in. Those
    of a rotation behind another are that one's."""
    match owner:
        case Team(members=members):
            found = list(members)
        case RotationOwner() | LayeredRotation():
            layers = owner.layers if isinstance(owner, LayeredRotation) else (owner,)
            found = [who for layer in layers for who in layer.members]
            found += [o.member for o in owner.overrides if isinstance(o, Override)]
        case _:
            found = []
    return tuple(dict.fromkeys(found))
