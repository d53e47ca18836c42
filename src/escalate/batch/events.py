"""The events of a block of tickets as columns of their own, checked as a reader checks them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from escalate.batch.coded import Bools, Ints, Pool, encoded
from escalate.batch.extra import np
from escalate.batch.sheet import numbers_of
from escalate.event import EVENT_KEYS, MOVES
from escalate.reading import WRITERS

__all__ = ["KINDS", "Events"]

KINDS: Final = (*EVENT_KEYS,)
"""The kinds of event; a kind's place is its code."""

_FREE: Final = frozenset({"at", "type", "key"})
_READ: Final = np.array(
    [
        kind in MOVES or kind in ("status", "reply", "assigned", "acknowledged", "requested",
                                  "documented", "field", "action", "fired")
        for kind in KINDS
    ]
)  # fmt: skip
"""Which kinds are read in columns: not promises, and none that is not known here."""
_WRITING: Final = np.array([kind in WRITERS for kind in KINDS])
MOST: Final = 256
"""So many events of a ticket are read in columns."""


class Events:
    """Some rows' events. ``first[i]`` and ``counts[i]`` tell where row i's stand and how many
    they are; ``known`` whether it has a history at all. ``odd`` marks rows of which something
    is not as it should be, or is not read in columns."""

    def __init__(self, array: Any, pool: Pool) -> None:
        self.pool = pool
        offsets = array.offsets.to_numpy()
        lengths = np.diff(offsets)
        self.known: Bools = np.ones(len(array), np.bool_)
        self.counts: Ints = lengths
        if array.null_count:
            self.known = array.is_valid().to_numpy(zero_copy_only=False)
            self.counts = np.where(self.known, lengths, 0)
        self.first: Ints = offsets[:-1] - offsets[0]
        self._inner = array.values.slice(offsets[0], offsets[-1] - offsets[0])
        self.size = len(self._inner)
        held = np.flatnonzero(lengths)
        self.rows: Ints = np.repeat(held, lengths[held])
        self.some = held[self.known[held]] if array.null_count else held
        """The rows that have events."""
        self.odd: Bools = self.counts > MOST
        self._texts: dict[str, Ints] = {}
        self._names = {member.name for member in self._inner.type}
        self.kinds = self._kinds()
        self.at = self._instants()
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
            key = name.removesuffix("_json")
            fits = np.array([key in EVENT_KEYS[kind] for kind in KINDS])
            if name.endswith("_json") or name in ("requests", "due", "hold_until"):
                fits[:] = False  # read one by one
                if name.endswith("_json"):
                    fits[KINDS.index("field")] = True
            given = member.is_valid().to_numpy(zero_copy_only=False)
            self._odd(given & ~fits[self.kinds])
        by = self.text("by")
        writers = [self.pool.code(who) for who in ("agent", "bot", "customer")]
        wrong = _WRITING[self.kinds] & (by >= 0)
        if wrong.any():
            self._odd(wrong & ~np.isin(by, writers))
        self._odd(~_READ[self.kinds])

    def of(self, *kinds: str) -> Bools:
        """Which events are of one of these kinds."""
        found: Bools = self.kinds == KINDS.index(kinds[0])
        for kind in kinds[1:]:
            found |= self.kinds == KINDS.index(kind)
        return found

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
