"""People who have duty in turn, as an author writes them. Language: "Rotations"."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from escalate.modelling.words import Discriminator, Field, StrictInt, Tag
from escalate.policy.base import LocalInstant, Model, Name
from escalate.worktime.zone import ZoneName

__all__ = ["Days", "HandsOver", "Hours", "Layer", "Member", "Members", "Override", "Swap", "Weeks"]

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Member = Annotated[str, Field(min_length=1, max_length=200)]
"""The name of a human being: any text."""

Members = Annotated[tuple[Member, ...], Field(min_length=1)]


class Days(Model):
    """Every so many days."""

    days: Annotated[StrictInt, Field(ge=1, le=366)]


class Weeks(Model):
    """Every so many weeks."""

    weeks: Annotated[StrictInt, Field(ge=1, le=53)]


class Hours(Model):
    """Every so many hours."""

    hours: Annotated[StrictInt, Field(ge=1, le=168)]


_FORMS: Mapping[str, type[Model]] = {"days": Days, "weeks": Weeks, "hours": Hours}


def _every_form(raw: Any) -> str:
    for key, model in _FORMS.items():
        if isinstance(raw, model) or (isinstance(raw, dict) and key in raw):
            return f"<{key}>"
    return "<weeks>" if isinstance(raw, dict) else "<word>"


Every = Annotated[
    Annotated[Literal["day", "week"], Tag("<word>")]
    | Annotated[Days, Tag("<days>")]
    | Annotated[Weeks, Tag("<weeks>")]
    | Annotated[Hours, Tag("<hours>")],
    Discriminator(_every_form),
]


class HandsOver(Model):
    """When duty changes hands: every day or week, or every so many, at a local time."""

    every: Every = "week"
    day: Day = "mon"
    at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "09:00"


class _Change(Model):
    from_: Annotated[LocalInstant, Field(alias="from")]
    until: LocalInstant


class Override(_Change):
    """Somebody else has duty for a while; instants are local."""

    member: Member


class Swap(_Change):
    """Two have each other's turns for a while; instants are local."""

    swap: Annotated[tuple[Member, ...], Field(min_length=2, max_length=2)]


def _change_form(raw: Any) -> str:
    swaps = isinstance(raw, Swap) or (isinstance(raw, dict) and "swap" in raw)
    return "<swap>" if swaps else "<override>"


AnyChange = Annotated[
    Annotated[Override, Tag("<override>")] | Annotated[Swap, Tag("<swap>")],
    Discriminator(_change_form),
]


class Layer(Model):
    """Some of those who have duty; what it does not say, its rotation says."""

    members: Members
    starts: LocalInstant | None = None
    hands_over: HandsOver | None = None
    calendar: Name | None = None
    timezone: ZoneName | None = None
