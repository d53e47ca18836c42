"""What the desk looks like now, beside the ticket. Language: "The ticket", the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from escalate.errors import TicketError, did_you_mean, sort_diagnostics
from escalate.reading import Reader, read_ticket
from escalate.tally import (
    USUAL_PHASES,
    account,
    alike_counts,
    last_assigned,
    open_counts,
    problems,
)
from escalate.ticket import Ticket
from escalate.wording import bare_kind, shown
from escalate.worktime.epoch import microseconds

__all__ = ["DESK_KEYS", "EMPTY", "Away", "Desk", "read_desk"]

DESK_KEYS: Final = frozenset({"open", "capacity", "away", "similar", "last_assigned", "fired"})


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody, or a whole owner, who is not there, until an instant where it is known."""

    who: str
    until: datetime | None = None

    @property
    def until_us(self) -> int | None:
        """``until`` in microseconds since 1970."""
        return None if self.until is None else microseconds(self.until)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything is optional; what is not given is unknown, and unknown counts as there.

    ``open`` and ``capacity`` count tickets by owner or person, ``similar`` counts the
    other open tickets alike by ticket id, ``last_assigned`` names who of an owner got
    the last ticket, ``fired`` holds the keys of wide problems already dealt with.
    """

    open: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=dict)
    away: tuple[Away, ...] = ()
    similar: Mapping[str, int] = field(default_factory=dict)
    last_assigned: Mapping[str, str] = field(default_factory=dict)
    fired: frozenset[str] = frozenset()

    @classmethod
    def from_tickets(
        cls,
        tickets: Iterable[Ticket | Mapping[str, Any]],
        *,
        similar: Sequence[str] = (),
        phases: Mapping[str, str] = USUAL_PHASES,
        names: Iterable[str] = (),
    ) -> Self:
        """What a set of tickets shows: active ones by owner and by assignee, how many
        others are like each, who of an owner got one last, which problems have fired.

        ``similar`` names the fields in which tickets are alike, ``phases`` gives the phase
        of each status, ``names`` are owners and people who count 0 where they have nothing.
        Capacities and who is away stand in no ticket; ``dataclasses.replace`` adds them.
        Language: "The ticket", the desk; finer point 46.

        Raises:
            TicketError: a ticket cannot be read.
        """
        accounts = [
            account(raw if isinstance(raw, Ticket) else read_ticket(raw), phases) for raw in tickets
        ]
        return cls(
            open=open_counts(accounts, names),
            similar=alike_counts(accounts, similar),
            last_assigned=last_assigned(accounts),
            fired=problems(accounts),
        )

    def to_json(self) -> dict[str, Any]:
        """The desk as JSON; read again, it is the same desk."""
        said: dict[str, Any] = {}
        for name in ("open", "capacity", "similar", "last_assigned"):
            if getattr(self, name):
                said[name] = dict(getattr(self, name))
        if self.away:
            said["away"] = [
                a.who if a.until is None else {"who": a.who, "until": a.until.isoformat()}
                for a in self.away
            ]
        if self.fired:
            said["fired"] = sorted(self.fired)
        return said


EMPTY: Final = Desk()
"""A desk of which nothing is known."""


def _counts(reader: Reader, raw: object, path: str) -> dict[str, int]:
    counts = {}
    for name, value in reader.mapping(raw, path).items():
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            counts[str(name)] = value
        else:
            reader.error("ESC912", f"{path}.{name}", f"`{shown(value)}` is no count")
    return counts


def _away(reader: Reader, raw: object) -> tuple[Away, ...]:
    found = []
    for i, item in enumerate(reader.sequence(raw, "away")):
        path = f"away[{i}]"
        if isinstance(item, str):
            found.append(Away(item))
        elif isinstance(item, Mapping) and isinstance(item.get("who"), str):
            for key in item.keys() - {"who", "until"}:
                reader.error("ESC914", f"{path}.{key}", f"`away` has no `{shown(key)}`")
            until = item.get("until")
            given = None if until is None else reader.instant(until, f"{path}.until")
            found.append(Away(item["who"], given))
        else:
            reader.error("ESC912", path, f"`away` holds names, not {bare_kind(item)}")
    return tuple(found)


def read_desk(raw: object) -> Desk:
    """A desk from what JSON holds.

    Raises:
        TicketError: with every mistake, each located by its path.
    """
    if isinstance(raw, Desk):
        return raw
    reader = Reader()
    top = reader.mapping(raw, "desk")
    for key in top:
        if key not in DESK_KEYS:
            near = did_you_mean(str(key), DESK_KEYS)
            hint = f"did you mean `{near}`?" if near else None
            reader.error("ESC914", str(key), f"a desk has no `{shown(key)}`", hint)
    last = {
        str(name): str(who)
        for name, who in reader.mapping(top.get("last_assigned"), "last_assigned").items()
    }
    desk = Desk(
        open=_counts(reader, top.get("open"), "open"),
        capacity=_counts(reader, top.get("capacity"), "capacity"),
        away=_away(reader, top.get("away")),
        similar=_counts(reader, top.get("similar"), "similar"),
        last_assigned=last,
        fired=frozenset(reader.texts(top.get("fired"), "fired")),
    )
    if reader.wrong:
        raise TicketError(sort_diagnostics(reader.wrong))
    return desk
