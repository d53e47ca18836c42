"""Tickets as they stood at an instant of their past: what a clock is judged by that ended then.

Finer point 16.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from escalate.batch.block import Block
from escalate.batch.coded import Coding, Ints, Pool
from escalate.batch.deriving import derive
from escalate.batch.events import KINDS
from escalate.batch.extra import np
from escalate.batch.kleene import Lacks
from escalate.batch.part import Part
from escalate.batch.sheet import Texts, held
from escalate.batch.standing import Standing
from escalate.batch.timers import NONE

__all__ = ["Past", "past_of"]


class Past(Part):
    """The ``rows`` of a block of which fields have changed since, with these as they were."""

    def __init__(self, block: Block, rows: Ints, changed: Mapping[str, Texts]) -> None:
        super().__init__(block, rows)
        self.rows = rows
        self.lacks = Lacks(len(rows))
        self._changed = changed

    def place(self, name: str) -> str:
        if name in self._derived or name in self._changed:
            return "texts"
        return self.given_place(name) if self._whole.is_derived(name) else super().place(name)

    def texts(self, name: str) -> tuple[Ints, Coding | Pool]:
        found = self._derived.get(name) or self._changed.get(name)
        if found is not None:
            return found.codes, found.coding
        if self._whole.is_derived(name):
            codes, coding = self._whole.given(name)
            return codes[self.rows], coding
        return super().texts(name)

    def tell(self, lacks: Lacks) -> None:
        """What these tickets lacked then is lacking."""
        for name, mask in self.lacks.names.items():
            lacks.add(name, self.rows[mask])


def past_of(standing: Standing, fields: Iterable[str], rows: Ints, ended: Ints) -> Past | None:
    """Of the rows, those of which one of the fields has changed since they ended; ``None`` if
    there is none. Where no column holds what was before, a row is apart."""
    block = standing.block
    since = np.full(block.count, NONE, np.int64)
    since[rows] = ended
    changes = {}
    for name in fields:
        first = _first_change(block, name, since)
        if first is not None and block.given_place(name) in ("numbers", "lists"):
            standing.apart |= first >= 0
        elif first is not None:
            changes[name] = first
    if not changes:
        return None
    mine = np.flatnonzero(np.logical_or.reduce([first >= 0 for first in changes.values()]))
    made = {name: _before(block, name, mine, first[mine]) for name, first in changes.items()}
    past = Past(block, mine, made)
    for name, choice in standing.ready.derive:
        derive(past, name, choice, past.lacks)
    return past


def _first_change(block: Block, name: str, since: Ints) -> Ints | None:
    """Each row's first event that changed a field later than then (-1: none)."""
    events = block.events
    if events is None or not events.size:
        return None
    changed = events.text("name") == block.pool.code(name)
    which = np.flatnonzero(changed & (events.kinds == KINDS.index("field")))
    than = since[events.rows[which]]
    which = which[(than != NONE) & (events.at[which] > than)][::-1]
    if not len(which):
        return None
    first = np.full(block.count, -1, np.int64)
    first[events.rows[which]] = which  # the first is written last
    return first


def _before(block: Block, name: str, rows: Ints, first: Ints) -> Texts:
    """A field of some rows as it was before the event of each; where there is none, as it is."""
    values: list[object] = []
    codes = np.full(len(rows), -1, np.int64)
    if block.given_place(name) != "absent":
        given, coding = block.given(name)
        values += coding.values
        now = given[rows].astype(np.int64)
        codes = np.where(now < len(values), now, -1)
    changed = np.flatnonzero(first >= 0)
    events = block.events
    assert events is not None
    texts, (parsed, table) = events.text("from")[first[changed]], events.json("from_json")
    for code in np.unique(texts).tolist():
        codes[changed[texts == code]] = len(values) if code >= 0 else -1
        if code >= 0:
            values.append(block.pool.values[code])
    jsons = np.where(texts < 0, parsed[first[changed]], len(table))
    for code in np.unique(jsons[jsons < len(table)]).tolist():
        if table[code] is not None:
            codes[changed[jsons == code]] = len(values)
            values.append(held(table[code]))
    return Texts(np.where(codes < 0, len(values), codes).astype(np.int32), Coding(values, True))
