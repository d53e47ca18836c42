"""Who can have a ticket. Language: "A whole policy", ``owners``."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, StrictInt, Tag

from escalate.policy.base import LocalInstant, Model, Name
from escalate.policy.cases import CaseKind, Cases

__all__ = [
    "Assign",
    "Bot",
    "Group",
    "HandsOver",
    "Override",
    "Owner",
    "Person",
    "RotationOwner",
    "Team",
    "Vendor",
]

Assign = Literal["first", "round-robin", "least-loaded", "none"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Members = Annotated[tuple[Name, ...], Field(min_length=1)]
Channels = Cases[Annotated[tuple[Name, ...], CaseKind("Channels")]]


class _Owner(Model):
    name: str | None = None
    channels: Channels | None = None


class Person(_Owner):
    """One human being."""

    kind: Literal["person"]


class Team(_Owner):
    """People who share a queue; ``assign`` says who of them gets the ticket."""

    kind: Literal["team"]
    members: tuple[Name, ...] = ()
    assign: Assign = "none"


class Vendor(_Owner):
    """Somebody outside, without a login."""

    kind: Literal["vendor"]


class Bot(_Owner):
    """A program that talks to customers."""

    kind: Literal["bot"]


class Group(_Owner):
    """Several owners who are told together; nobody's ticket ever stands with it."""

    kind: Literal["group"]
    of: Members


class Days(Model):
    """Every so many days."""

    days: Annotated[StrictInt, Field(ge=1, le=366)]


class Weeks(Model):
    """Every so many weeks."""

    weeks: Annotated[StrictInt, Field(ge=1, le=53)]


def _every_form(raw: Any) -> str:
    if isinstance(raw, Days) or (isinstance(raw, dict) and "days" in raw):
        return "<days>"
    return "<weeks>" if isinstance(raw, dict | Weeks) else "<word>"


Every = Annotated[
    Annotated[Literal["day", "week"], Tag("<word>")]
    | Annotated[Days, Tag("<days>")]
    | Annotated[Weeks, Tag("<weeks>")],
    Discriminator(_every_form),
]


class HandsOver(Model):
    """When duty changes hands: every day or week, or every so many, at a local time."""

    every: Every = "week"
    day: Day = "mon"
    at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "09:00"


class Override(Model):
    """Somebody else has duty for a while; instants are local."""

    member: Name
    from_: Annotated[LocalInstant, Field(alias="from")]
    until: LocalInstant


class RotationOwner(_Owner):
    """People who have duty in turn."""

    kind: Literal["rotation"]
    members: Members
    starts: LocalInstant
    hands_over: Annotated[HandsOver, Field(default_factory=HandsOver.model_construct)]
    overrides: tuple[Override, ...] = ()


def _kind(raw: Any) -> str | None:
    kind = raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", None)
    return f"<{kind}>" if isinstance(kind, str) else None


def _kind_alone(raw: Any) -> Any:
    """A kind alone is a whole owner: ``manager: person``."""
    return {"kind": raw} if isinstance(raw, str) else raw


AnyOwner = Annotated[
    Annotated[Person, Tag("<person>")]
    | Annotated[Team, Tag("<team>")]
    | Annotated[RotationOwner, Tag("<rotation>")]
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
