"""What comes of a block: steps, where the tickets go, and the columns of the decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from escalate.batch.coded import ABSENT, Bools, Ints
from escalate.batch.decided import DEADLINES, STEPS, WAYS
from escalate.batch.deciding import Deciding
from escalate.batch.extra import np, pa
from escalate.batch.readings import STATES
from escalate.batch.ready import Ready
from escalate.batch.schema import INSTANT
from escalate.batch.timers import NONE
from escalate.evaluator.compiled import CompiledLevel
from escalate.worktime.timeline import NEVER

__all__ = ["Outcome", "names_of_causes"]

_HOLD, _ACT, _ASK, _ENTER, _ESCALATE, _TRANSFER = range(len(STEPS))
_DAY: Final = 86_400_000_000


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
        self.firing, self.reminders = deciding.firing, deciding.reminders
        self.count = self.standing.count
        self.block, self.around = self.standing.block, self.standing.around
        self.apart: Bools = self.standing.apart
        self.step: Ints = np.zeros(self.count, np.int8)
        level, owner, assignee = self.standing.before
        self.to_level, self.to_owner, self.to_assignee = level, owner, assignee
        self.kind: Ints = np.full(self.count, ABSENT, np.int32)
        self._step()
        following = np.where(
            self.standing.horizon < NEVER, self.standing.horizon, self.standing.now + _DAY
        )
        following = np.where(self.step == _HOLD, following, self.standing.now)
        rest = ~self.standing.active & (self.step == _HOLD) & (self.standing.horizon >= NEVER)
        self.following = np.where(rest, NONE, following) if rest.any() else following

    def _step(self) -> None:
        self.step[self.reminders.acts] = _ACT
        goes = self.firing.farthest >= 0
        enters = self.standing.entering & ~self.firing.moved
        passes = self.firing.moved & ~goes
        if goes.any() or enters.any() or passes.any():
            self.to_level = self.to_level.copy()
            self.to_owner, self.to_assignee = self.to_owner.copy(), self.to_assignee.copy()
        self.step[goes] = _ESCALATE
        self.step[enters] = _ENTER
        self.step[passes] = _TRANSFER
        for rank, level in enumerate(self.standing.program.levels):
            rows = np.flatnonzero(
                (goes & (self.firing.farthest == rank)) | (enters & (self.standing.level == rank))
            )
            if len(rows):
                self._enter(rank, level, rows)
        if passes.any():
            self._pass_on(np.flatnonzero(passes))

    # Movements.

    def _enter(self, rank: int, level: CompiledLevel, rows: Ints) -> None:
        """These rows come to a level."""
        pool, around = self.block.pool, self.around
        owner = around.taker(rank) if level.owner.plain is not None else None
        same, assignee = around.given(owner)
        quiet = around.told(level.notices) and around.quiet(owner) and not level.requires
        tells = level.tell is not None or self.standing.program.tell is not None
        plain = all(not d.by_owner and not d.vendors for d in level.deadlines)
        says = level.tell is not None and level.tell.plain is None
        if owner is None or not same or not quiet or not plain or says or (
            tells and (self.standing.zones or self.standing.program.tell is not None)
        ):  # fmt: skip
            self.apart[rows] = True
            return
        self.to_level[rows] = rank
        self.to_owner[rows] = pool.code(owner)
        self.to_assignee[rows] = pool.code(assignee)
        self.kind[rows] = pool.code(level.kind)
        for due in self.running.due.values():
            due[rows] = NONE
        for slot, deadline in enumerate(level.deadlines):
            self._begin(rank, slot, deadline.name, level, rows)

    def _begin(self, rank: int, slot: int, name: str, level: CompiledLevel, rows: Ints) -> None:
        """A deadline that begins with the step."""
        block = self.block
        if name != "resolve":
            replies = block.knows("agent-reply")
            if replies is not True:
                known = np.asarray(replies)[rows]
                self.standing.lacks.add("events", rows[~known])
                rows = rows[known]
        goals = self.standing.ready.deadlines[rank][slot]
        if goals is None:
            self.apart[rows] = True
            return
        due = self.running.due.setdefault(name, np.full(self.count, NONE, np.int64))
        still = self.standing.plan.still(level.timers[slot], self.standing.history.status[rows])
        for group in goals.groups(block, rows, self.standing.lacks):
            if group.target is None:
                continue
            at = self._due_from_now(group.timeline, group.target)
            due[group.rows] = NONE if at is None else at
        due[rows[still]] = NONE

    def _due_from_now(self, timeline: Any, target: Any) -> int | None:
        now = self.block.now
        if target.workdays:
            until = timeline.add_workdays(now, target.workdays)
            if until >= NEVER:
                return None
            left = timeline.between(timeline.next_open(now), until)
        else:
            left = target.us
        at: int = timeline.add(now, max(left, 0))
        return at if at < NEVER else None

    def _pass_on(self, rows: Ints) -> None:
        """These rows pass to another owner at their level."""
        pool = self.block.pool
        for code in np.unique(self.firing.to_owner[rows]).tolist():
            mine = rows[self.firing.to_owner[rows] == code]
            owner = pool.values[code]
            same, assignee = self.around.given(owner)
            if not same or not self.around.quiet(owner) or self.standing.program.tell is not None:
                self.apart[mine] = True
                continue
            self.to_owner[mine] = code
            self.to_assignee[mine] = pool.code(assignee)
            self.kind[mine] = pool.code("functional")
            for rank, level in enumerate(self.standing.program.levels):
                here = mine[self.standing.level[mine] == rank]
                if not len(here):
                    continue
                if any(d.by_owner or d.vendors for d in level.deadlines):
                    self.apart[here] = True
                    continue
                for slot, deadline in enumerate(level.deadlines):
                    if deadline.anew:
                        self._begin(rank, slot, deadline.name, level, here)

    # Columns.

    def columns(self, names: Sequence[str], schema: Any) -> dict[str, Any]:
        """The decisions, each column under its name."""
        count = self.count
        pool, block = self.block.pool, self.block
        texts = pa.array(list(pool.values), pa.string())
        level, owner, assignee = self.standing.before
        causes = pa.array(names, pa.string())
        trigger = np.where(self.firing.moved, self.firing.mover, self.firing.foremost)
        columns = {
            "ticket": self._idents(),
            "now": pa.Array.from_buffers(
                INSTANT, count, [None, pa.py_buffer(np.full(count, block.now, np.int64))]
            ),
            "step": coded(self.step.astype(np.int32), _STEPS, None),
            "key": self._keys(),
            "trigger": coded(trigger, causes, trigger >= 0),
            "fired": self._fired(causes),
            "kind": coded(self.kind, texts, self.kind >= 0),
            "path": self._paths(),
            "from_level": coded(level, texts, level >= 0),
            "from_owner": coded(owner, texts, owner >= 0),
            "from_assignee": coded(assignee, texts, assignee >= 0),
            "to_level": coded(self.to_level, texts, self.to_level >= 0),
            "to_owner": coded(self.to_owner, texts, self.to_owner >= 0),
            "to_assignee": coded(self.to_assignee, texts, self.to_assignee >= 0),
            "missing": self._missing(),
            "warnings": self._warnings(),
            "next_check_at": instants(self.following),
            "by": coded(np.zeros(count, np.int32), _WAYS, None),
            "error_code": pa.nulls(count, _CODED),
            "error": pa.nulls(count, pa.string()),
        }
        for name in DEADLINES:
            due = self.running.due.get(name)
            columns[f"due_{name}"] = pa.nulls(count, INSTANT) if due is None else instants(due)
        for index, name in enumerate(self.standing.program.clock_names):
            columns[f"clock.{name}.state"], columns[f"clock.{name}.due"] = self._clock(index)
        if "decision" in schema.names:
            columns["decision"] = pa.nulls(count, pa.string())
        return columns

    def _idents(self) -> Any:
        idents = self.block.sheet.given.arrays["id"].slice(self.block.begin, self.count)
        return idents.dictionary_decode() if pa.types.is_dictionary(idents.type) else idents

    def _keys(self) -> Any:
        """The keys of movements: a step, and the number of moves before it."""
        moves = self.standing.history.moves
        moving = self.step >= _ENTER
        if not moving.any():
            return pa.nulls(self.count, _CODED)
        most = int(moves.max(initial=0)) + 1
        texts = [f"{step}:{n}" for step in STEPS[_ENTER:] for n in range(most)]
        codes = (self.step.astype(np.int32) - _ENTER) * most + moves
        return coded(np.where(moving, codes, 0), pa.array(texts, pa.string()), moving)

    def _fired(self, causes: Any) -> Any:
        """For each row what fires, in order."""
        found = self.firing.causes
        if not found:
            return _empty_lists(self.count, causes)
        rows = np.concatenate([cause.rows for cause in found])
        places = np.repeat(
            np.array([cause.place for cause in found], np.int32), [len(c.rows) for c in found]
        )
        if self.count <= 1 << 16:
            rows = rows.astype(np.uint16)  # which are sorted by their digits
        places = places[np.argsort(rows, kind="stable")]
        offsets = np.zeros(self.count + 1, np.int32)
        np.cumsum(np.bincount(rows, minlength=self.count), out=offsets[1:])
        return pa.ListArray.from_arrays(pa.array(offsets), coded(places, causes, None))

    def _paths(self) -> Any:
        ids = [path for path, _, _ in self.standing.ready.paths]
        path = self.standing.path
        if not ids:
            return pa.nulls(self.count, _CODED)
        return coded(path, pa.array(ids, pa.string()), path >= 0)

    def _missing(self) -> Any:
        lacks = self.standing.lacks.names
        names = sorted(lacks)
        texts = pa.array(names, pa.string())
        if not names:
            return _empty_lists(self.count, texts)
        rows, places = np.nonzero(np.stack([lacks[name] for name in names], 1))
        offsets = np.zeros(self.count + 1, np.int32)
        np.cumsum(np.bincount(rows, minlength=self.count), out=offsets[1:])
        return pa.ListArray.from_arrays(
            pa.array(offsets), coded(places.astype(np.int32), texts, None)
        )

    def _warnings(self) -> Any:
        assumed = self.standing.history.assumed & self.standing.stands
        if not assumed.any():
            return _empty_lists(self.count, _ASSUMED)
        offsets = np.zeros(self.count + 1, np.int32)
        np.cumsum(assumed, out=offsets[1:])
        codes = np.zeros(int(offsets[-1]), np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), coded(codes, _ASSUMED, None))

    def _clock(self, index: int) -> tuple[Any, Any]:
        clock = self.block.clocks[index]
        known = np.asarray(clock.known)
        state = np.where(known, clock.state, len(STATES)).astype(np.int32)
        due = np.where(known, clock.shown_due, NONE)
        return coded(state, _STATES, None), instants(due)


_CODED: Final = pa.dictionary(pa.int32(), pa.string())
_STEPS: Final = pa.array(STEPS, pa.string())
_WAYS: Final = pa.array(WAYS, pa.string())
_STATES: Final = pa.array([*STATES, "unknown"], pa.string())
_ASSUMED: Final = pa.array(["ESC937"], pa.string())


def _valid(there: Bools | None) -> Any:
    """A mask as Arrow's bits; nothing where all is there."""
    if there is None or there.all():
        return None
    return pa.array(there).buffers()[1]


def coded(codes: Ints, texts: Any, there: Bools | None) -> Any:
    """Codes as an Arrow column; where it is not ``there``, there is nothing."""
    if there is not None and not there.any():
        return pa.nulls(len(codes), _CODED)
    held = np.ascontiguousarray(codes, np.int32)
    indices = pa.Array.from_buffers(pa.int32(), len(codes), [_valid(there), pa.py_buffer(held)])
    return pa.DictionaryArray.from_arrays(indices, texts)


def instants(us: Ints) -> Any:
    """Instants as an Arrow column; :data:`NONE` is nothing."""
    held = np.ascontiguousarray(us, np.int64)
    return pa.Array.from_buffers(INSTANT, len(us), [_valid(us != NONE), pa.py_buffer(held)])


def _empty_lists(count: int, texts: Any) -> Any:
    offsets = pa.array(np.zeros(count + 1, np.int32))
    return pa.ListArray.from_arrays(offsets, coded(np.empty(0, np.int32), texts, None))


def batch_of(columns: Mapping[str, Any], schema: Any) -> Any:
    """The columns as a record batch of the schema."""
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)
