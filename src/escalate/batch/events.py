"""The events of a block of tickets as columns of their own, checked as a reader checks them."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, Final, NamedTuple

from escalate.batch.coded import Bools, Ints, Pool, encoded, marked
from escalate.batch.extra import np, pa
from escalate.batch.odd import far
from escalate.batch.rows import parsed
from escalate.batch.sheet import numbers_of
from escalate.event import EVENT_KEYS, MOVES
from escalate.reading import WRITERS

__all__ = ["KINDS", "Events"]

KINDS: Final = (*EVENT_KEYS,)
"""The kinds of event; a kind's place is its code."""

_FREE: Final = frozenset({"at", "type", "key"})
_READ: Final = np.array([kind in (*MOVES, "status", "reply", "assigned", "acknowledged",
                                  "requested", "documented", "field", "action", "fired",
                                  "promised") for kind in KINDS])  # fmt: skip
"""Which kinds are read in columns: none that is not known here."""
_WRITING: Final = np.array([kind in WRITERS for kind in KINDS])
MOST: Final = 256
"""So many events of a ticket are read in columns."""


@cache
def _having(name: str) -> Bools:
    """The kinds of event that have a member."""
    if name.endswith("_json"):
        return np.array([kind == "field" for kind in KINDS])
    return np.array([name in EVENT_KEYS[kind] for kind in KINDS])


class Asked(NamedTuple):
    """Numbers of requests, each with the event that names it; events of which one is null."""

    events: Ints
    numbers: Ints
    odd: Bools


class Events:
    """Some rows' events. ``first[i]`` and ``counts[i]`` tell where row i's stand and how many
    they are; ``known`` whether it has a history at all. ``odd`` marks rows of which something
    is not as it should be, or is not read in columns."""

    def __init__(self, array: Any, pool: Pool, created: Ints) -> None:
        if array.null_count:
            array = array.take(pa.array(np.arange(len(array))))  # what is null holds nothing now
        self.pool = pool
        offsets = array.offsets.to_numpy()
        lengths = np.diff(offsets)
        self.known: Bools = np.ones(len(array), np.bool_)
        self.counts: Ints = lengths
        if array.null_count:
            self.known = array.is_valid().to_numpy(zero_copy_only=False)
        self.first: Ints = offsets[:-1] - offsets[0]
        self._inner = array.values.slice(offsets[0], offsets[-1] - offsets[0])
        self.seen = self.counts
        """How many of each row's events are not still to come."""
        self.size = len(self._inner)
        self.some = marked(lengths != 0)
        """The rows that have events."""
        self.rows: Ints = np.repeat(self.some, lengths[self.some])
        self.odd: Bools = self.counts > MOST
        self._texts: dict[str, Ints] = {}
        self._names = {member.name for member in self._inner.type}
        self.at = self._instants()
        self.disorder = self._sort(created)
        """Rows whose events did not stand in the order in which they happened."""
        self.kinds = self._kinds()
        self._check()

    def _member(self, name: str) -> Any:
        return self._inner.field(name)

    def _kinds(self) -> Ints:
        codes, values, null = encoded(self._member("type"))
        known = {kind: i for i, kind in enumerate(KINDS)}
        table = np.array([*(known.get(v, -1) for v in values), -1], np.int8)
        kinds: Ints = table[codes] if null or len(values) else np.empty(0, np.int8)
        self._odd(kinds < 0)
        return kinds

    def _instants(self) -> Ints:
        at, null = numbers_of(self._member("at"))
        if null is not None:
            self._odd(null)
        return at

    def _sort(self, created: Ints) -> Ints:
        """Put the events of each row into order; which rows needed it. One before the creation
        counts as at it, and those of one instant stay as they are listed."""
        rows, at = self.rows, self.at
        late = marked((rows[1:] == rows[:-1]) & (at[1:] < at[:-1]))
        self._listed: Ints | None = None
        born = created[rows]
        early = marked(at < born)
        self.early = rows[early], at[early]
        """The rows of events before the creation, and when they were."""
        if len(early):
            self.at = at = np.maximum(at, born)
        if len(late):
            order = self._listed = np.lexsort((at, rows))
            self._inner = self._inner.take(pa.array(order))
            self.at = at[order]
        return np.unique(rows[1:][late])

    def see(self, now: int) -> Ints:
        """Tell what is seen at an instant; the events that are still to come."""
        coming = marked(self.at > now)
        if len(coming):
            self.seen = self.counts - np.bincount(self.rows[coming], minlength=len(self.counts))
        return coming

    def last_of(self, *kinds: str) -> Ints | None:
        """Each row's last event of some kinds (-1: none); ``None``: there is none at all."""
        return self._of(kinds, 1)

    def first_of(self, *kinds: str) -> Ints | None:
        """Each row's first event of some kinds (-1: none); ``None``: there is none at all."""
        return self._of(kinds, -1)

    def _of(self, kinds: tuple[str, ...], step: int) -> Ints | None:
        which = marked(self.of(*kinds))
        if not len(which):
            return None
        found = np.full(len(self.counts), -1, np.int64)
        which = which[::step]  # what is wanted of each row is written last
        found[self.rows[which]] = which
        return found

    def _odd(self, which: Bools) -> None:
        """The rows of these events are odd."""
        if which.any():
            self.odd[self.rows[which]] = True

    def _check(self) -> None:
        """What a reader would refuse: members that such an event does not have, and writers
        who do not write. Of missing rows nothing is checked."""
        if self._inner.null_count:
            self._odd(self._inner.is_null().to_numpy(zero_copy_only=False))
        for name in self._names - _FREE:
            member = self._member(name)
            if member.null_count == len(member):
                continue
            given = member.is_valid().to_numpy(zero_copy_only=False)
            self._odd(given & ~_having(name)[self.kinds])
        for name in self._names & {"hold_until", "due"}:
            self._odd(self.given(name) & far(self.instants(name)))
        self._odd(self.of("promised") & ~self.given("due"))
        asked = self.requests()
        if asked is not None and asked.odd.any():
            self._odd(asked.odd)
        by = self.text("by")
        wrong = _WRITING[self.kinds] & (by >= 0)
        for who in ("agent", "bot", "customer"):
            wrong &= by != self.pool.code(who)
        self._odd(wrong)
        self._odd(~_READ[self.kinds])

    def of(self, *kinds: str) -> Bools:
        """Which events are of one of these kinds."""
        found: Bools = self.kinds == KINDS.index(kinds[0])
        for kind in kinds[1:]:
            found |= self.kinds == KINDS.index(kind)
        return found

    def given(self, name: str) -> Bools:
        """Which events have a member."""
        if name not in self._names:
            return np.zeros(self.size, np.bool_)
        found: Bools = self._member(name).is_valid().to_numpy(zero_copy_only=False)
        return found

    def instants(self, name: str) -> Ints:
        """A member that is an instant; zero where it is not there."""
        if name not in self._names:
            return np.zeros(self.size, np.int64)
        return numbers_of(self._member(name)).values

    @cached_property
    def ordinals(self) -> Ints:
        """Of events that ask for somebody, their numbers in their ticket's list."""
        asking = np.flatnonzero(self.of("requested"))
        listed = asking if self._listed is None else self._listed[asking]
        order = asking[np.argsort(listed, kind="stable")]
        rows = self.rows[order]
        begins = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.empty(0, np.bool_)
        places = np.arange(len(rows))
        found = np.zeros(self.size, np.int64)
        found[order] = places - np.maximum.accumulate(np.where(begins, places, 0))
        return found

    def requests(self) -> Asked | None:
        """The numbers of requests that firings have answered; ``None``: there are none."""
        member = self._member("requests") if "requests" in self._names else None
        if member is None or member.null_count == len(member):
            return None
        lengths = member.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        numbers, null = numbers_of(member.flatten())
        events = np.repeat(np.arange(self.size), lengths)
        odd = np.zeros(self.size, np.bool_)
        if null is not None:
            odd[events[null]] = True
        return Asked(events, numbers, odd)

    def text(self, name: str) -> Ints:
        """A member as codes of the pool."""
        found = self._texts.get(name)
        if found is None:
            if name not in self._names or not self.size:
                found = np.full(self.size, -1, np.int32)
            else:
                member = self._member(name)
                if member.null_count == len(member):
                    found = np.full(self.size, -1, np.int32)
                else:
                    codes, values, _ = encoded(member)
                    found = self.pool.recoding(values)[codes]
            self._texts[name] = found
        return found

    def json(self, name: str) -> tuple[Ints, list[Any]]:
        """A member of JSON text as codes, and what they stand for; the code behind the last is
        nothing."""
        if name not in self._names or not self.size:
            return np.zeros(self.size, np.int64), []
        codes, values, _ = encoded(self._member(name))
        return codes.astype(np.int64), [parsed(value) for value in values]

    def keys(self) -> tuple[Ints, list[Any]]:
        """Every event's key as a code, and the keys; the code behind the last is none."""
        if "key" not in self._names or not self.size:
            return np.zeros(self.size, np.int64), []
        codes, values, _ = encoded(self._member("key"))
        return codes.astype(np.int64), values

    @cached_property
    def by_hand(self) -> Bools:
        """Which events no decision has a key for: people did them."""
        codes, values = self.keys()
        found: Bools = codes >= len(values)
        return found

    def public(self) -> Bools:
        """Which replies are public: all of which nothing else is said."""
        if "public" not in self._names:
            return np.ones(self.size, np.bool_)
        said: Bools = self._member("public").fill_null(True).to_numpy(zero_copy_only=False)
        return said
