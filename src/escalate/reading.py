"""JSON values to tickets and desks: every mistake found, none raised until the end.

Language: "The ticket". Codes ESC910 to ESC920.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from escalate.errors import Diagnostic, TicketError, did_you_mean, sort_diagnostics
from escalate.event import EVENT_KEYS, Event
from escalate.ticket import STAND_INS, UNSET, Ticket, Unset
from escalate.wording import bare_kind, shown
from escalate.worktime.epoch import microseconds

__all__ = [
    "CUSTOMER",
    "FIRST_YEAR",
    "FREE",
    "LAST_YEAR",
    "TEXT",
    "TOP",
    "WRITERS",
    "Reader",
    "read_instant",
    "read_ticket",
]

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199

TEXT = frozenset({"subject", "description", "status", "language", "level", "owner", "assignee"})
FREE = frozenset({"severity", "priority", "category", "channel"})
CUSTOMER = frozenset({"id", "name", "email", "language", "timezone"})
TOP = (
    frozenset({"id", "created_at", "tags", "customer", "events", "done", "fields", *STAND_INS})
    | TEXT
    | FREE
)
WRITERS: Final = dict.fromkeys(("reply", "requested"), frozenset({"agent", "customer", "bot"}))
"""Who can do it, for the kinds of event that only some can."""


Check = Callable[[Mapping[str, Any]], list[Diagnostic]]
"""What is wrong with a ticket's fields, by name."""


_AS_ISO: Final = "write it as 2026-11-20T09:12:00+02:00"


@dataclass(slots=True)
class Reader:
    """Collects what is wrong while it reads. ``path`` is where in the JSON."""

    wrong: list[Diagnostic] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    """The fields of the last ticket, as far as they could be read."""

    def error(self, code: str, path: str, message: str, help_: str | None = None) -> None:
        self.wrong.append(Diagnostic(code, message, path=path, help=help_))

    def instant(self, raw: object, path: str) -> datetime | None:
        """An aware instant between 1970 and 2199."""
        if isinstance(raw, datetime):
            instant = raw
        elif isinstance(raw, str):
            try:
                instant = datetime.fromisoformat(raw)
            except ValueError:
                self.error(
                    "ESC916",
                    path,
                    f"`{shown(raw)}` is no instant",
                    _AS_ISO,
                )
                return None
        else:
            said = f"`{shown(raw)}` is no instant, but {bare_kind(raw)}"
            self.error("ESC916", path, said, _AS_ISO)
            return None
        if instant.tzinfo is None or instant.utcoffset() is None:
            iso = instant.isoformat()
            self.error(
                "ESC911",
                path,
                f"`{shown(raw)}` has no zone, so nobody knows when it was",
                f"add the offset: `{iso}Z` in UTC, or as in `{iso}+02:00`",
            )
            return None
        if not FIRST_YEAR < instant.year < LAST_YEAR:
            self.error(
                "ESC918",
                path,
                f"`{shown(raw)}` lies outside the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}",
                "where it stands for an instant that is not known, leave it out",
            )
            return None
        return instant

    def text(self, raw: object, path: str) -> str | None:
        """Text, or nothing; anything else is an error."""
        if raw is None or isinstance(raw, str):
            return raw
        self.error("ESC912", path, f"`{path}` is text, not {bare_kind(raw)}")
        return None

    def ident(self, raw: object, path: str) -> str | None:
        """Text or a whole number, as text: many desks number their tickets."""
        if isinstance(raw, int) and not isinstance(raw, bool):
            return str(raw)
        if raw is None or isinstance(raw, str):
            return raw
        said = f"`{path}` is text or a whole number, not {bare_kind(raw)}"
        self.error("ESC912", path, said)
        return None

    def mapping(self, raw: object, path: str) -> Mapping[str, Any]:
        if raw is None:
            return {}
        if isinstance(raw, Mapping):
            return raw
        self.error("ESC912", path, f"`{path}` is a mapping, not {bare_kind(raw)}")
        return {}

    def sequence(self, raw: object, path: str) -> list[Any] | tuple[Any, ...]:
        if raw is None:
            return ()
        if isinstance(raw, list | tuple):
            return raw
        self.error("ESC912", path, f"`{path}` is a list, not {bare_kind(raw)}")
        return ()

    def texts(self, raw: object, path: str) -> tuple[str, ...]:
        found = []
        for i, item in enumerate(self.sequence(raw, path)):
            if isinstance(item, str):
                found.append(item)
            else:
                self.error("ESC912", f"{path}[{i}]", f"`{path}` holds text, not {bare_kind(item)}")
        return tuple(found)

    def event(self, raw: object, path: str) -> Event | None:
        """One entry of ``events``."""
        if not isinstance(raw, Mapping):
            self.error("ESC912", path, f"an event is a mapping, not {bare_kind(raw)}")
            return None
        before = len(self.wrong)
        kind = raw.get("type")
        allowed = EVENT_KEYS.get(kind) if isinstance(kind, str) else None
        if allowed is None:
            near = None if kind is None else did_you_mean(str(kind), EVENT_KEYS)
            self.error(
                "ESC915",
                f"{path}.type",
                "an event needs `type`, which says what happened"
                if kind is None
                else f"`{shown(kind)}` is no kind of event",
                f"did you mean `{near}`?" if near else "one of: " + ", ".join(EVENT_KEYS),
            )
        at = self.instant(raw["at"], f"{path}.at") if "at" in raw else None
        if "at" not in raw:
            said = "an event needs `at`, the instant at which it happened"
            self.error("ESC913", path, said, _AS_ISO)
        if kind == "promised" and raw.get("due") is None:
            said = "an event `promised` needs `due`, the instant that was said"
            self.error("ESC913", path, said, _AS_ISO)
        given: dict[str, Any] = {}
        for name, value in raw.items():
            where = f"{path}.{name}"
            if name in ("at", "type"):
                continue
            if name != "key" and allowed is not None and name not in allowed:
                near = did_you_mean(str(name), (*allowed, "key"))
                self.error(
                    "ESC914",
                    where,
                    f"an event `{kind}` has no `{shown(name)}`",
                    f"did you mean `{near}`?" if near else None,
                )
            elif value is not None:
                given["from_" if name == "from" else str(name)] = self._event_value(
                    str(kind), str(name), value, where
                )
        if len(self.wrong) > before or at is None or not isinstance(kind, str):
            return None
        return Event(at, microseconds(at), kind, **given)

    def _event_value(self, kind: str, name: str, raw: object, path: str) -> Any:
        if name in ("from", "to") and kind == "field":
            return tuple(raw) if isinstance(raw, list) else raw
        if name == "public":
            if not isinstance(raw, bool):
                self.error("ESC912", path, f"`public` is true or false, not {bare_kind(raw)}")
            return raw
        if name in ("due", "hold_until"):
            return self.instant(raw, path)
        if name == "requests":
            numbers = self.sequence(raw, path)
            if not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers):
                self.error("ESC912", path, "`requests` is a list of whole numbers")
            return tuple(numbers)
        if (
            name == "by"
            and kind in WRITERS
            and (not isinstance(raw, str) or raw not in WRITERS[kind])
        ):
            self.error(
                "ESC920",
                path,
                f"`{shown(raw)}` is nobody who writes",
                "one of: agent, bot, customer",
            )
            return None
        return self.text(raw, path)

    def ticket(self, raw: object, declared: frozenset[str] | None = None) -> Ticket | None:
        """A whole ticket; ``declared`` are the fields that the policy knows beside the
        built-in ones (``None``: anything goes)."""
        if not isinstance(raw, Mapping):
            self.error("ESC910", "", f"a ticket is a mapping, not {bare_kind(raw)}")
            return None
        before = len(self.wrong)
        ident = self.ident(raw.get("id"), "id")
        if raw.get("id") is None:
            self.error(
                "ESC913", "", "a ticket needs `id`", "give each its own: text, or a whole number"
            )
        created = None
        if raw.get("created_at") is None:
            said = "a ticket needs `created_at`, the instant of its creation"
            self.error("ESC913", "", said, _AS_ISO)
        else:
            created = self.instant(raw["created_at"], "created_at")
        values = self.values = self._values(raw, declared)
        events = None
        if raw.get("events") is not None:
            read = [
                self.event(item, f"events[{i}]")
                for i, item in enumerate(self.sequence(raw["events"], "events"))
            ]
            events = tuple(e for e in read if e is not None)
        stand_ins: dict[str, datetime | Unset | None] = {}
        for name in STAND_INS:
            if name in raw:
                given = raw[name]
                stand_ins[name] = None if given is None else self.instant(given, name)
            else:
                stand_ins[name] = UNSET
        done = self.texts(raw.get("done"), "done")
        if len(self.wrong) > before or ident is None or created is None:
            return None
        values["id"] = ident
        return Ticket(ident, created, values, events, done, **stand_ins)

    def _values(self, raw: Mapping[str, Any], declared: frozenset[str] | None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in raw.items():
            if value is None:
                continue
            if name in TEXT:
                text = self.text(value, name)
                if text is not None:
                    values[name] = text
            elif name in FREE:
                if isinstance(value, str | int | float):
                    values[name] = value
                else:
                    self.error("ESC912", name, f"`{name}` is text, not {bare_kind(value)}")
            elif name == "tags":
                values["tags"] = self.texts(value, "tags")
            elif name == "customer":
                self._customer(self.mapping(value, "customer"), declared, values)
            elif name == "fields":
                continue
            elif name not in TOP:
                self._declared(str(name), value, declared, values, str(name))
        for name, value in self.mapping(raw.get("fields"), "fields").items():
            if value is not None:
                self._declared(str(name), value, declared, values, f"fields.{name}")
        return values

    def _customer(
        self, raw: Mapping[str, Any], declared: frozenset[str] | None, values: dict[str, Any]
    ) -> None:
        for key, value in raw.items():
            path = f"customer.{key}"
            if value is None:
                continue
            if key in CUSTOMER:
                text = self.ident(value, path) if key == "id" else self.text(value, path)
                if text is not None:
                    values[path] = text
            else:
                self._declared(path, value, declared, values, path)

    def _declared(
        self,
        name: str,
        value: Any,
        declared: frozenset[str] | None,
        values: dict[str, Any],
        path: str,
    ) -> None:
        """A field of the policy's own; a mapping may hold several (``order.total``)."""
        if declared is not None and name not in declared:
            inner = any(d.startswith(f"{name}.") for d in declared)
            if inner and isinstance(value, Mapping):
                for key, part in value.items():
                    if part is not None:
                        self._declared(f"{name}.{key}", part, declared, values, f"{path}.{key}")
                return
            near = did_you_mean(name, (*declared, *TOP))
            self.error(
                "ESC914",
                path,
                f"`{shown(name)}` is neither a key of tickets nor a field of the policy",
                f"did you mean `{near}`?" if near else "declare it under `fields` in the policy",
            )
            return
        if declared is None and isinstance(value, Mapping):
            for key, part in value.items():
                if part is not None:
                    self._declared(f"{name}.{key}", part, None, values, f"{path}.{key}")
            return
        held = tuple(value) if isinstance(value, list) else value
        if name in values and (values[name] != held or type(values[name]) is not type(held)):
            self.error(
                "ESC917",
                path,
                f"`{name}` is `{shown(values[name])}` at the top and `{shown(held)}` in `fields`",
                "say it once",
            )
            return
        values[name] = held


def read_instant(raw: object, path: str = "now") -> datetime:
    """An aware instant from ISO text or a datetime.

    Raises:
        TicketError: it has no zone, or is no instant.
    """
    reader = Reader()
    instant = reader.instant(raw, path)
    if instant is None:
        raise TicketError(reader.wrong)
    return instant


def read_ticket(
    raw: object, declared: frozenset[str] | None = None, check: Check | None = None
) -> Ticket:
    """A ticket from what JSON holds; ``check`` looks at the fields that could be read.

    Raises:
        TicketError: with every mistake, each located by its path.
    """
    reader = Reader()
    ticket = reader.ticket(raw, declared)
    wrong = sort_diagnostics(reader.wrong)
    if check is not None:
        wrong += check(reader.values)
    if ticket is None or wrong:
        raise TicketError(wrong)
    return ticket
