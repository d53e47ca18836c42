"""The decisions of a block as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from escalate.batch.arrow import CODED, coded, empty_lists, instants, lists, nothing
from escalate.batch.coded import Bools, Ints
from escalate.batch.decided import STEPS, WAYS
from escalate.batch.deciding import Deciding
from escalate.batch.extra import np, pa
from escalate.batch.lent import blank
from escalate.batch.moves import ENTER, Moves
from escalate.batch.readings import STATES
from escalate.batch.ready import Ready
from escalate.batch.schema import INSTANT
from escalate.batch.timers import NONE
from escalate.batch.unborn import not_yet
from escalate.policy.level import DEADLINES

__all__ = ["Outcome", "names_of_causes"]


def names_of_causes(ready: Ready) -> list[str]:
    """What causes are called, by their places. None stands there twice: of a dictionary with
    repetitions Parquet is written with bytes of no meaning, others each time."""
    names = [trigger.compiled.id for trigger in ready.triggers]
    for level in ready.program.levels:
        names += [deadline.cause for deadline in level.deadlines]
    return names


class Outcome:
    """The decisions of a block, as columns."""

    def __init__(self, deciding: Deciding) -> None:
        self.standing, self.running = deciding.standing, deciding.running
        self.firing, self.block = deciding.firing, deciding.block
        self.count = self.block.count
        self.moves = Moves(deciding)
        if self.standing.unborn.any():
            not_yet(deciding, self.moves)
        self.apart: Bools = self.standing.apart

    def columns(self, causes: Any, schema: Any) -> dict[str, Any]:
        """The decisions, each column under its name; ``causes`` are called so."""
        count = self.count
        pool = self.block.pool
        texts = pa.array(pool.values, pa.string())
        level, owner, assignee = self.standing.before
        trigger = self.firing.told
        columns = {
            "ticket": self._idents(),
            "now": instants(self.standing.around.instants(count)),
            "step": coded(self.moves.step.astype(np.int32), _STEPS, None),
            "key": self._keys(),
            "trigger": coded(trigger, causes, trigger >= 0),
            "fired": self._fired(causes),
            "kind": coded(self.moves.kind, texts, self.moves.kind >= 0),
            "path": self._paths(),
            "from_level": coded(level, texts, level >= 0),
            "from_owner": coded(owner, texts, owner >= 0),
            "from_assignee": coded(assignee, texts, assignee >= 0),
            "to_level": coded(self.moves.to_level, texts, self.moves.to_level >= 0),
            "to_owner": coded(self.moves.to_owner, texts, self.moves.to_owner >= 0),
            "to_assignee": coded(self.moves.to_assignee, texts, self.moves.to_assignee >= 0),
            "missing": self._missing(),
            "warnings": self._warnings(),
            "next_check_at": instants(self.moves.following),
            "by": coded(blank(count, 0, "i4"), _WAYS, None),
            "error_code": nothing(count, CODED),
            "error": nothing(count, pa.string()),
        }
        for name in DEADLINES:
            due = self.running.due.get(name)
            columns[f"due_{name}"] = nothing(count, INSTANT) if due is None else instants(due)
        for index, name in enumerate(self.standing.program.clock_names):
            columns[f"clock.{name}.state"], columns[f"clock.{name}.due"] = self._clock(index)
        if "decision" in schema.names:
            columns["decision"] = nothing(count, pa.string())
        return columns

    def _idents(self) -> Any:
        idents = self.block.sheet.given.arrays["id"].slice(self.block.begin, self.count)
        return idents.dictionary_decode() if pa.types.is_dictionary(idents.type) else idents

    def _keys(self) -> Any:
        """The keys of movements: a step, and the number of moves before it."""
        moves = self.standing.history.moves
        rows = self.moves.moving
        if not len(rows):
            return nothing(self.count, CODED)
        most = int(moves.max(initial=0)) + 1
        texts = [f"{step}:{n}" for step in STEPS[ENTER:] for n in range(most)]
        codes = np.zeros(self.count, np.int32)
        codes[rows] = (self.moves.step[rows].astype(np.int32) - ENTER) * most + moves[rows]
        return coded(codes, pa.array(texts, pa.string()), self.moves.step >= ENTER)

    def _fired(self, causes: Any) -> Any:
        """For each row what fires, in order."""
        return self._lists(self.firing.causes, causes)

    def _lists(self, found: Sequence[tuple[int, Ints]], texts: Any) -> Any:
        """For each row the texts at the places that have it among their rows, in order."""
        if not found:
            return empty_lists(self.count, texts)
        rows = np.concatenate([rows for _, rows in found])
        bits = len(found).bit_length()
        # Row and turn as one number: small ones are sorted faster than an order is found.
        turns: Ints = rows.astype(np.int32 if self.count << bits < 1 << 31 else np.int64)
        turns <<= bits
        turns |= np.repeat(np.arange(len(found), dtype=turns.dtype), [len(r) for _, r in found])
        turns.sort()
        turns &= (1 << bits) - 1
        places = np.array([place for place, _ in found], np.int32).take(turns)
        return lists(np.bincount(rows, minlength=self.count), places, texts)

    def _paths(self) -> Any:
        ids = [path for path, _, _ in self.standing.ready.paths]
        path = self.standing.path
        if not ids:
            return nothing(self.count, CODED)
        return coded(path, pa.array(ids, pa.string()), path >= 0)

    def _missing(self) -> Any:
        lacks = self.standing.lacks.names
        names = sorted(lacks)
        texts = pa.array(names, pa.string())
        if not names:
            return empty_lists(self.count, texts)
        rows, places = np.nonzero(np.stack([lacks[name] for name in names], 1))
        return lists(np.bincount(rows, minlength=self.count), places, texts)

    def _warnings(self) -> Any:
        said = self.standing.history.warnings
        codes = list(dict.fromkeys(code for code, _ in said))
        texts = pa.array(codes, pa.string())
        places = [(codes.index(code), rows) for code, rows in said]
        return self._lists(places, texts)

    def _clock(self, index: int) -> tuple[Any, Any]:
        clock = self.block.clocks[index]
        known = np.asarray(clock.known)
        clear = known & ~np.asarray(clock.unclear)
        state = np.where(clear, clock.state, len(STATES)).astype(np.int32)
        due = np.where(known, clock.shown_due, NONE)
        return coded(state, _STATES, None), instants(due)


_STEPS: Final = pa.array(STEPS, pa.string())
_WAYS: Final = pa.array(WAYS, pa.string())
_STATES: Final = pa.array([*STATES, "unknown"], pa.string())


def batch_of(columns: Mapping[str, Any], schema: Any) -> Any:
    """The columns as a record batch of the schema."""
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)
