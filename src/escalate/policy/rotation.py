"""People who have duty in turn, as an author writes them. Language: "Rotations"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from escalate.beside import folder_of
from escalate.errors import MissingExtraError
from escalate.modelling.words import (
    Discriminator,
    Field,
    PrivateAttr,
    StrictInt,
    Tag,
    model_validator,
)
from escalate.policy.base import LocalInstant, Model, Name
from escalate.worktime.wording import fail_at, finding
from escalate.worktime.zone import ZoneName

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from escalate.worktime.shift_file import WrittenShift

__all__ = [
    "AnyChange",
    "AnyLayer",
    "Days",
    "HandsOver",
    "Hours",
    "IcalLayer",
    "Layer",
    "Member",
    "Members",
    "Override",
    "Swap",
    "Weeks",
]

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

    @property
    def digest(self) -> str:
        """Tells contents of a file apart that it names, which it does not."""
        return ""


class IcalLayer(Model):
    """Those who have duty by the shifts of an iCalendar file, which lies beside or below
    the policy's."""

    # What the file says is read at once and kept: a copy or a pickle needs no file.

    members: Members
    ical: str
    calendar: Name | None = None
    timezone: ZoneName | None = None

    _shifts: tuple[WrittenShift, ...] = PrivateAttr(())
    _digest: str = PrivateAttr("")

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Self:
        from escalate.worktime.ical_text import FileError
        from escalate.worktime.shift_file import shifts_beside

        try:
            self._shifts, self._digest = shifts_beside(
                self.ical, folder_of(info.context), self.members
            )
        except FileError as error:
            fail_at("layer", [finding(error.kind, str(error), ("ical",), self.ical)])
        except MissingExtraError as error:
            fail_at("layer", [finding("extra_missing", str(error), ("ical",), self.ical)])
        return self

    @property
    def shifts(self) -> tuple[WrittenShift, ...]:
        """What the file says."""
        return self._shifts

    @property
    def digest(self) -> str:
        """Tells contents of the file apart."""
        return self._digest


def _layer_form(raw: Any) -> str:
    listed = isinstance(raw, IcalLayer) or (isinstance(raw, dict) and "ical" in raw)
    return "<layer-ical>" if listed else "<layer>"


AnyLayer = Annotated[
    Annotated[Layer, Tag("<layer>")] | Annotated[IcalLayer, Tag("<layer-ical>")],
    Discriminator(_layer_form),
]
