"""What has fired before, of a whole block: the keys that events, or hosts, keep.

Finer points 29 to 36.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from escalate.batch.block import Block
from escalate.batch.coded import Bools, Ints, Mask
from escalate.batch.extra import np

__all__ = ["Keys"]

_MOVES: Final = frozenset({"enter", "escalate", "transfer"})
_ENTRIES: Final = frozenset({"enter", "escalate"})


class Keys:
    """The keys of a block's tickets, by what they are of.

    ``rest[cause]`` holds, for `trigger:ID` and for the first words of other keys, what else
    stands in each such key, with the rows that have it. ``apart`` marks rows whose keys are
    not read in columns.
    """

    def __init__(self, block: Block) -> None:
        self.count = block.count
        self.apart: Bools = np.zeros(block.count, np.bool_)
        self.any: Bools = np.zeros(block.count, np.bool_)
        self.rest: dict[str, list[tuple[str, Ints]]] = {}
        events = block.events
        if events is not None and events.size:
            codes, values = events.keys()
            seen = events.known[events.rows]
            self._gather(events.rows[seen], codes[seen], values)
        if block.sheet.kind("done") is not None:
            self._kept(block)

    def _kept(self, block: Block) -> None:
        """Keys that stand in ``done``: those of moves count as moves."""
        offsets, codes, coding, _ = block.lists("done")
        lengths = np.diff(offsets)
        rows = np.repeat(block.every, lengths)
        mine = codes[offsets[0] : offsets[-1]].astype(np.int64)
        # What is kept twice, or both ways, is counted by the scalar engine.
        self.apart |= self.any & (lengths > 0)
        pairs = rows * (len(coding.values) + 1) + mine
        if len(np.unique(pairs)) < len(pairs):
            order = np.sort(pairs)
            self.apart[order[1:][order[1:] == order[:-1]] // (len(coding.values) + 1)] = True
        self.apart[rows[mine >= len(coding.values)]] = True
        self._gather(rows, mine, coding.values)
        history = block.history
        for word in _MOVES:
            for _, which in self.rest.get(word, ()):
                chosen = which[lengths[which] > 0]
                history.own("moves")[chosen] += 1
                if word in _ENTRIES:
                    history.own("visit")[chosen] += 1

    def _gather(self, rows: Ints, codes: Ints, values: list[str]) -> None:
        held = codes < len(values)
        rows, codes = rows[held], codes[held]
        if not len(rows):
            return
        self.any[rows] = True
        order = np.argsort(codes, kind="stable")
        rows, codes = rows[order], codes[order]
        begins = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
        ends = np.r_[begins[1:], len(codes)]
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            key = values[codes[begin]]
            if "/" in key:
                continue  # an action's, not a cause's
            word, _, rest = key.partition(":")
            if word in ("trigger", "warn"):
                ident, _, rest = rest.partition(":")
                word = f"{word}:{ident}"
            self.rest.setdefault(word, []).append((rest, rows[begin:end]))

    def having(self, word: str) -> Mask:
        """Which rows have any key of such a cause."""
        return self._marked(rows for _, rows in self.rest.get(word, ()))

    def of_trigger(self, ident: str, rest: str) -> Mask:
        """Which rows have just this key of a trigger."""
        return self._marked(r for said, r in self.rest.get(f"trigger:{ident}", ()) if said == rest)

    def of_cycle(self, ident: str, cycles: Ints) -> Mask:
        """Which rows have a trigger's key with the cycle that the ticket is in."""
        return self._marked(
            rows[cycles[rows] == _ordinal(said)]
            for said, rows in self.rest.get(f"trigger:{ident}", ())
        )

    def of_clocks(self, ident: str, cycles: Mapping[str, Ints]) -> Mask:
        """Which rows have a trigger's key with the cycles that its clocks are in now."""
        found: list[Ints] = []
        for rest, rows in self.rest.get(f"trigger:{ident}", ()):
            said = dict(part.partition("=")[::2] for part in rest.split(","))
            if said.keys() == cycles.keys():
                fits = np.ones(len(rows), np.bool_)
                for name, cycle in said.items():
                    fits &= cycles[name][rows] == _ordinal(cycle)
                found.append(rows[fits])
        return self._marked(found)

    def of_requests(self, ident: str, rows: Ints, ordinals: Ints) -> Bools:
        """Which of the rows have a trigger's key for the request of that ordinal."""
        found = np.zeros(len(rows), np.bool_)
        fired = self.rest.get(f"trigger:{ident}", ())
        if not fired:
            return found
        place = np.full(self.count, -1)
        place[rows] = np.arange(len(rows))
        for rest, which in fired:
            if rest.startswith("request="):
                at = place[which]
                at = at[at >= 0]
                found[at] |= ordinals[at] == _ordinal(rest[8:])
        return found

    def of_reminder(self, level: str, visits: Ints, rows: Ints, counts: Ints) -> Bools:
        """Which of the rows have the key of so many reminders in their present visit."""
        found = np.zeros(len(rows), np.bool_)
        place = np.full(self.count, -1)
        place[rows] = np.arange(len(rows))
        for rest, which in self.rest.get("remind", ()):
            parts = rest.split(":")
            if len(parts) == 3 and parts[0] == level:
                mine = which[(place[which] >= 0) & (visits[which] == _ordinal(parts[1]))]
                at = place[mine]
                found[at] |= counts[at] == _ordinal(parts[2])
        return found

    def of_deadline(
        self,
        level: str,
        name: str,
        visits: Ints,
        anew: Ints | None,
        warning: tuple[str, str] | None = None,
    ) -> Mask:
        """Which rows have the key of a deadline of their present visit, or of a warning of it:
        the first words, and the last."""
        found: list[Ints] = []
        word, last = ("deadline", None) if warning is None else warning
        for rest, rows in self.rest.get(word, ()):
            parts = rest.split(":")
            if last is not None and parts.pop() != last:
                continue
            if parts[0] != level or len(parts) < 3 or parts[2] != name or len(parts) > 4:
                continue
            fits = visits[rows] == _ordinal(parts[1])
            begun = _ordinal(parts[3]) if len(parts) > 3 else 0
            fits &= (anew[rows] if anew is not None else np.zeros(len(rows), np.int32)) == begun
            found.append(rows[fits])
        return self._marked(found)

    def _marked(self, groups: Iterable[Ints]) -> Mask:
        marked: Bools | None = None
        for rows in groups:
            if marked is None:
                marked = np.zeros(self.count, np.bool_)
            marked[rows] = True
        return False if marked is None else marked


def _ordinal(text: str) -> int:
    """A number as keys are written with it; -1 for anything else."""
    return int(text) if text.isdecimal() and str(int(text)) == text else -1
