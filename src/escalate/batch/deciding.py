"""What a block's decisions look at, in order: `evaluator.deciding`, many at once.

Whatever a row needs that is not done here makes it ``apart``, and the scalar engine has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from escalate.batch.around import APART, STAYS, Surroundings
from escalate.batch.coded import ABSENT, Bools, Coding, Ints, Mask, looked_up
from escalate.batch.conditions import Choice
from escalate.batch.decided import DEADLINES
from escalate.batch.extra import np
from escalate.batch.keys import Keys
from escalate.batch.kleene import (
    AllOf,
    Lacks,
    Node,
    Truths,
    both,
    either,
    inverse,
    taken_at,
    until_of,
)
from escalate.batch.part import Part
from escalate.batch.readings import Group, Readings, read
from escalate.batch.ready import Alike, Crowd, Ready, ReadyTrigger
from escalate.batch.sheet import Texts
from escalate.batch.timers import NONE, Timers
from escalate.batch.unfit import UnfitError
from escalate.evaluator.compiled import CompiledDeadline, CompiledEffects
from escalate.evaluator.status import ACTIVE
from escalate.evaluator.timers import TimerSpec
from escalate.worktime import Duration
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block
    from escalate.batch.history import Plan

__all__ = ["Cause", "Deciding"]

_NOWHERE: Final = -3
_TRANSFER: Final = -1
_PHASES: Final = ("open", "waiting", "resolved", "closed")
_RUNS: Final = TimerSpec("deadline", frozenset(), frozenset(), frozenset())


class Cause(NamedTuple):
    """What fires, by its place (see ``Deciding.name``), and the rows in which it does."""

    place: int
    rows: Ints


def _is_all(node: Node) -> TypeGuard[AllOf]:
    return isinstance(node, AllOf)


class Deciding:
    """The way from a block of tickets to their decisions."""

    def __init__(
        self, ready: Ready, plan: Plan, block: Block, around: Surroundings, apart: Bools
    ) -> None:
        self.ready, self.plan, self.block, self.around = ready, plan, block, around
        self.program = ready.program
        self.now = block.now
        count = self.count = block.count
        block.look_back(plan)
        self.history = block.history
        self.apart: Bools = self.history.apart | apart
        self.keys = Keys(block)
        self.apart |= self.keys.apart
        self.lacks = Lacks(count)
        self.before = (self.history.level, self.history.owner, self.history.assignee)
        self.active: Bools = self.history.phase < len(ACTIVE)
        self.path: Ints = np.full(count, -1, np.int32)
        self.entering: Bools = np.zeros(count, np.bool_)
        self.horizon: Ints = np.full(count, NEVER)
        self.causes: list[Cause] = []
        self.sleeping: list[tuple[Node, Mask]] = []
        self.dozing: list[tuple[Node, Part, Ints, Ints]] = []
        self._places: dict[object, Mask] = {}
        self.fires: Bools = np.zeros(count, np.bool_)
        self.farthest: Ints = np.full(count, _NOWHERE, np.int32)
        self.mover: Ints = np.full(count, -1, np.int32)
        self.foremost: Ints = np.full(count, -1, np.int32)
        self.to_owner: Ints = np.full(count, ABSENT, np.int32)
        self.nudged: Bools = np.zeros(count, np.bool_)
        self.readings: list[Readings] = []
        self.due: dict[str, Ints] = {}
        self.zones = block.place("customer.timezone") != "absent"

    def run(self) -> None:
        """Everything that decisions need, in order."""
        self.prepare()
        self._read_deadlines()
        self._read_clocks()
        self._fire_all()
        self._missed()
        for cause in reversed(self.causes):
            self.foremost[cause.rows] = cause.place
        self._sleep()
        self._nudge()

    def prepare(self) -> None:
        """What is needed before anything is asked."""
        self._complete()
        self._stand()

    def holding(self) -> Iterator[tuple[int, Mask | Ints]]:
        """Which triggers of a policy without clocks hold, by place, and where: a mask, or the
        rows of a few. For who wants no more."""
        crowds, members = self.ready.crowds or {}, set[int]()
        for crowd in crowds.values():
            members.update(place for place, _ in crowd.members)
            for place, held in self._held_in(crowd):
                yield place, held
        for place, trigger in enumerate(self.ready.triggers):
            if trigger.node is not None and place not in members:
                yield place, both(self.block.value(trigger.node).sure, self._where(trigger))

    # What the tickets say by themselves.

    def _complete(self) -> None:
        """What the policy derives, and the path."""
        for name, choice in self.ready.derive:
            self._derive(name, choice)
        rest = self.block.every
        for number, (_, node, _) in enumerate(self.ready.paths):
            if node is None:
                self.path[rest] = number
                break
            truths = self.block.value(node)
            sure = taken_at(truths.sure, rest)
            self._note_lacks(node, rest[~sure])
            self.path[rest[sure]] = number
            rest = rest[~sure]

    def _note_lacks(self, node: Node, rows: Ints) -> None:
        """What of these rows is unknown for want of what."""
        truths = self.block.value(node)
        if truths.sure is truths.maybe or not len(rows):
            return
        open_ = taken_at(truths.maybe, rows) & ~taken_at(truths.sure, rows)
        if open_.any():
            node.lacks(self.block, rows[open_], self.lacks)

    def _derive(self, name: str, choice: Choice) -> None:
        block = self.block
        place = block.place(name)
        if place in ("numbers", "lists"):
            raise UnfitError(f"`{name}` is derived and no text")
        if place == "absent":
            codes, values = np.zeros(self.count, np.int32), list[object]()
            absent = np.ones(self.count, np.bool_)
        else:
            given, coding = block.texts(name)
            codes, values = given.astype(np.int32), list(coding.values)
            absent = codes >= len(values)
        nothing = len(values) + len(choice.values)
        codes = np.where(absent, nothing, codes)
        rows = np.flatnonzero(absent)
        for n, which in choice.choose(block, rows, self.lacks):
            if n >= 0 and choice.values[n][0] is not None:
                codes[which] = len(values) + n
        made = [use for use, _ in choice.values]
        block.derive(name, Texts(codes, Coding([*values, *made], True)))

    # Where they stand.

    def _stand(self) -> None:
        """The level, the owner, and who still has to enter."""
        history, block, pool = self.history, self.block, self.block.pool
        levels = self.program.levels
        level, owner, assignee = self.before
        known = (level >= 0) & (level < len(levels))
        self.apart |= self.active & (level != ABSENT) & ~known
        ownerless = known & (owner == ABSENT)
        if ownerless.any():
            named = [pool.code(one.owner.plain.value) if one.owner.plain else APART
                     for one in levels]  # fmt: skip
            own = np.array(named, np.int32)[np.where(ownerless, level, 0)]
            self.apart |= ownerless & (own == APART)
            owner = np.where(ownerless & (own != APART), own, owner)
            block.turn("owner", owner)
        crews = self.program.people.crews
        table, _ = pool.table("crew", lambda name: name is None or name in crews)
        self.apart |= self.active & inverse(table.of(owner))
        self.entering = self.active & (level == ABSENT)
        self.before = (level, owner, assignee)
        if self.entering.any():
            rows = np.flatnonzero(self.entering)
            level = level.copy()
            for path in np.unique(self.path[rows]).tolist():
                mine = rows[self.path[rows] == path]
                rank = self.around.entry(path)
                if rank == APART:
                    self.apart[mine] = True
                level[mine] = max(rank, 0)
            block.turn("level", level)
            block.turn("owner", np.where(self.entering, ABSENT, owner))
            block.turn("assignee", np.where(self.entering, ABSENT, assignee))
            block.fresh = self.entering
        self.stands = self.active & ~self.entering
        self._all_active = bool(self.active.all())
        self.level = history.level
        self.rank = np.clip(self.level, 0, len(levels) - 1)
        self.owner = history.owner

    # What runs.

    def _read_deadlines(self) -> None:
        """How the deadlines of the levels stand."""
        block, history = self.block, self.history
        replies = block.knows("agent-reply")
        for slot, run in enumerate(history.deadlines):
            live = self.stands & run.live
            alike = self.ready.alike[slot]
            if alike is not None and replies is True:
                self._read_alike(run, live, alike)
                continue
            groups: list[Group] = []
            shown = np.zeros(self.count, np.bool_)
            names: list[tuple[str, Ints]] = []
            for rank, level in enumerate(self.program.levels):
                if slot >= len(level.deadlines):
                    continue
                deadline = level.deadlines[slot]
                mine = live & (self.level == rank)
                if deadline.vendors:
                    mine &= self._with_vendor(deadline)
                if deadline.name != "resolve" and replies is not True:
                    self.lacks.add("events", np.flatnonzero(mine & ~np.asarray(replies)))
                    mine &= np.asarray(replies)
                rows = np.flatnonzero(mine)
                if not len(rows):
                    continue
                goals = self.ready.deadlines[rank][slot]
                if goals is None:
                    self.apart[rows] = True
                    continue
                groups += goals.groups(block, rows, self.lacks)
                shown[rows] = True
                names.append((deadline.name, rows))
            reading = read(block, run, _RUNS, groups, self.now, self.count)
            reading.known = shown
            self.readings.append(reading)
            due = reading.shown_due
            for name, rows in names:
                if name not in self.due:
                    self.due[name] = np.full(self.count, NONE, np.int64)
                self.due[name][rows] = due[rows]
            self._until_due(reading, due, shown)

    def _read_alike(self, run: Timers, live: Bools, alike: Alike) -> None:
        """Deadlines that differ in nothing but their working time, for all rows at once."""
        levels = np.clip(self.level, -1, len(alike.times) - 1)
        shown: Bools = live & alike.there.of(levels)
        rows = self.block.every if shown.all() else np.flatnonzero(shown)
        times = alike.times[levels if len(rows) == self.count else levels[rows]]
        group = Group(rows, alike.timeline, None, times)
        reading = read(self.block, run, _RUNS, [group], self.now, self.count)
        reading.known = shown
        self.readings.append(reading)
        due = reading.shown_due
        if len(rows) < self.count:
            due = due.copy()
            np.copyto(due, NONE, where=~shown)
        before = self.due.get(alike.name)
        if before is None:
            self.due[alike.name] = due.copy()
        else:  # other levels have it in another place
            np.copyto(before, due, where=shown)
        self._until_due(reading, due, shown)

    def _until_due(self, reading: Readings, due: Ints, which: Mask) -> None:
        """A decision holds until what runs is due."""
        waits = np.asarray(which) & (due != NONE)
        waits &= reading.in_state(lambda state: state == "running")
        if waits.all():
            np.minimum(self.horizon, due, out=self.horizon)
        elif waits.any():
            rows = np.flatnonzero(waits)
            self.horizon[rows] = np.minimum(self.horizon[rows], due[rows])

    def _with_vendor(self, deadline: CompiledDeadline) -> Bools:
        table, _ = self.block.pool.table(
            ("vendors", deadline.cause), lambda owner: owner in deadline.vendors
        )
        return taken_at(table.of(self.owner), self.block.every)

    def _read_clocks(self) -> None:
        """What the clocks show."""
        block, history = self.block, self.history
        for index, spec in enumerate(self.plan.clocks):
            run, goals = history.clocks[index], self.ready.clocks[index]
            known: Mask = True
            for moment in (*spec.starts, *spec.stops, "resolved"):
                known = both(known, block.knows(moment))
            known = either(known, True if block.known is True else history.known)
            if not goals.plain:
                # One that has ended is judged by the ticket as it was then.
                ended = (run.ended != NONE) & (block.last_event > run.ended)
                self.apart |= ended
            rows = block.every if known is True else np.flatnonzero(known)
            groups = goals.groups(block, rows, self.lacks)
            reading = read(block, run, spec, groups, self.now, self.count)
            reading.known = known
            block.clocks.append(reading)
            self._until_due(reading, reading.due, known)

    # What fires.

    def _where(self, trigger: ReadyTrigger) -> Mask:
        """Which rows a trigger is for."""
        compiled = trigger.compiled
        key = (compiled.phases, compiled.at)
        found = self._places.get(key)
        if found is None:
            phases = np.array([phase in compiled.phases for phase in _PHASES])
            found = looked_up(phases, self.history.phase)
            if compiled.at is not None:
                levels = compiled.at
                table, _ = self.block.pool.table(("at", levels), lambda level: level in levels)
                found = both(found, table.of(self.level))
            if not isinstance(found, bool) and found.all():
                found = True
            self._places[key] = found
        return found

    def _fire_all(self) -> None:
        """Every trigger, in order; of a crowd each when its first is come to, and what they
        do is put in order afterwards."""
        crowds, triggers = self.ready.crowds, self.ready.triggers
        if crowds is None:
            for place, trigger in enumerate(triggers):
                self._trigger(place, trigger)
            return
        held: dict[int, Ints] = {}
        members: set[int] = set()
        for crowd in crowds.values():
            members.update(place for place, _ in crowd.members)
            held.update(self._held_in(crowd))
        for place, trigger in enumerate(triggers):
            if place not in members:
                self._trigger(place, trigger)
            elif place in held and len(held[place]):
                compiled = trigger.compiled
                self._fire(place, compiled.effects, held[place], compiled.may_move)

    def _held_in(self, crowd: Crowd) -> Iterator[tuple[int, Ints]]:
        """Where each trigger of a crowd fires."""
        found: Mask = True
        for node in crowd.common:
            found = both(found, self.block.value(node).maybe)
        rows = self.block.every if found is True else np.flatnonzero(found)
        if not len(rows):
            return
        part = Part(self.block, rows)
        surely: Mask = True
        for node in crowd.common:
            one = self.block.value(node)
            if one.sure is not one.maybe:  # of these rows it is true or unknown
                surely = both(surely, taken_at(one.sure, rows))
        for place, rest in crowd.members:
            trigger = self.ready.triggers[place]
            yield place, rows[self._hold_in(trigger, rest, part, rows, surely)]

    def _hold_in(
        self,
        trigger: ReadyTrigger,
        rest: Node,
        part: Part,
        rows: Ints,
        surely: Mask,
    ) -> Ints:
        """Where, of the rows in which a crowd's comparisons may hold, a trigger fires;
        ``surely`` tells where they do hold."""
        where = both(self._where(trigger), inverse(self._spent(trigger)))
        if where is not True:
            where = taken_at(where, rows)
        sure, maybe = part.value(rest)
        fires = both(both(sure, surely), where)
        if (sure is not maybe or surely is not True) and trigger.node is not None:
            open_ = taken_at(both(both(maybe, where), inverse(fires)), part.every)
            if open_.any():
                trigger.node.lacks(self.block, rows[open_], self.lacks)
        if rest.timed and fires is not True:
            later = np.flatnonzero(taken_at(both(where, inverse(fires)), part.every))
            if len(later):
                self.dozing.append((rest, part, later, rows[later]))
        found: Ints = part.every if fires is True else np.flatnonzero(fires)
        return found

    def _trigger(self, place: int, trigger: ReadyTrigger) -> None:
        compiled, node, block = trigger.compiled, trigger.node, self.block
        where = self._where(trigger)
        if where is False:
            return
        if node is None:
            self.apart |= where
            return
        cause = f"trigger:{compiled.id}"
        if compiled.promises:
            self.apart |= where
            return
        if compiled.once == "problem":
            self._problem(where, cause)
        truths = block.value(node)
        by_request = compiled.requests and compiled.once is None
        spent: Mask = False
        if not by_request:
            spent = self._spent(trigger)
            if compiled.repeat is not None and spent is not False:
                self.apart |= both(where, spent)
            where = both(where, inverse(spent))
        fires = both(truths.sure, where)
        self._at_rest(node, both(where, inverse(truths.sure)), truths)
        if fires is False:
            return
        rows = block.every if fires is True else np.flatnonzero(fires)
        if by_request and len(rows):
            rows = self._unspent(trigger, rows)
        if len(rows):
            self._fire(place, compiled.effects, rows, compiled.may_move)

    def _spent(self, trigger: ReadyTrigger) -> Mask:
        """Where a trigger has fired for its present cause."""
        compiled = trigger.compiled
        if compiled.once == "ticket":
            return self.keys.of_trigger(compiled.id, "ticket")
        if compiled.once == "problem":
            return False
        if compiled.clocks:
            cycles = {}
            for name, i in compiled.clocks:
                clock = self.block.clocks[i]
                known = np.asarray(clock.known)  # of one not known no cycle is, either
                cycles[name] = np.where(known, clock.cycle, 0)
            return self.keys.of_clocks(compiled.id, cycles)
        return self.keys.of_trigger(compiled.id, "0")

    def _problem(self, where: Mask, cause: str) -> None:
        """Whether a wide problem is known already is told in columns only where nobody says
        that it is."""
        if self.around.desk.fired:
            self.apart |= where
        self.apart |= both(where, self.keys.having(cause))
        for name in self.program.similar:
            if self.block.place(name) == "texts":
                codes, coding = self.block.texts(name)
                table, _ = coding.table("there", lambda value: value is not None)
                self.apart |= both(where, inverse(table.of(codes)))
            else:
                self.apart |= where

    def _unspent(self, trigger: ReadyTrigger, rows: Ints) -> Ints:
        """Of the rows whose requests a trigger goes by, those for which it has not fired."""
        ordinals = np.full(self.count, -1)
        for matches in trigger.matching:
            slots = matches(self.block)  # type: ignore[operator]
            for n in range(len(slots) - 1, -1, -1):
                mine = taken_at(slots[n], self.block.every)
                first = mine & ((ordinals < 0) | (ordinals > n))
                ordinals[first] = n
        matched = ordinals[rows] >= 0
        spent = self.keys.of_requests(trigger.compiled.id, rows, ordinals[rows])
        if not matched.all():
            other = taken_at(self._spent(trigger), rows)
            spent = np.where(matched, spent, other)
        if spent.any():
            gone = rows[spent]
            node = trigger.node
            if node is not None and node.timed:
                self._wake(gone, node.until(self.block, gone))
            if trigger.compiled.repeat is not None:
                self.apart[gone] = True
        found: Ints = rows[~spent]
        return found

    def _wake(self, rows: Ints, until: Ints) -> None:
        self.horizon[rows] = np.minimum(self.horizon[rows], until)

    def _at_rest(self, node: Node, where: Mask, truths: Truths) -> None:
        """What a trigger that does not hold leaves: for want of what, and until when."""
        if where is False:
            return
        if truths.sure is not truths.maybe:
            open_ = both(where, truths.maybe)
            if open_ is not False:
                rows = self.block.every if open_ is True else np.flatnonzero(open_)
                node.lacks(self.block, rows, self.lacks)
        if node.timed:
            self.sleeping.append((node, where))

    def _sleep(self) -> None:
        """Until when those that hold may sleep, as far as triggers have a say."""
        rest: Mask = inverse(either(self.fires, self.entering))
        for node, where in self.sleeping:
            later = both(both(where, rest), self._later(node))
            rows = self.block.every if later is True else np.flatnonzero(later)
            if len(rows):
                timed = [part for part in node.parts if part.timed] if _is_all(node) else [node]
                self._wake(rows, until_of(timed, self.block, rows))

        for node, part, places, rows in self.dozing:
            mine = taken_at(rest, rows)
            if mine.any():
                self._wake(rows[mine], node.until(part, places[mine]))

    def _later(self, node: Node) -> Mask:
        """Where time could make a condition true: where nothing else makes it false."""
        found: Mask = True
        if _is_all(node):
            for part in node.parts:
                if not part.timed:
                    found = both(found, self.block.value(part).maybe)
        return found

    def _fire(self, place: int, effects: CompiledEffects, rows: Ints, may_move: bool) -> None:
        """A cause in these rows: what it does, and where it wants them."""
        self.causes.append(Cause(place, rows))
        self.fires[rows] = True
        if not self.around.acts(effects, self.zones):
            self.apart[rows] = True
        if not effects.moves or not may_move:
            return
        if not self._all_active:
            rows = rows[self.active[rows]]
        if effects.escalate is not None:
            self._climb(place, effects.escalate, rows)
        elif effects.transfer is not None:
            self._transfer(place, effects, rows)

    def _climb(self, place: int, goal: str, rows: Ints) -> None:
        for path in np.unique(self.path[rows]).tolist() if self.ready.paths else (-1,):
            mine = rows[self.path[rows] == path] if self.ready.paths else rows
            if not len(mine):
                continue
            ranks = np.array(self.around.climbs.of(path, goal), np.int32)
            to = ranks[self.rank[mine]]
            self.apart[mine[to == APART]] = True
            farther = (to > STAYS) & (to > self.farthest[mine])
            self.farthest[mine[farther]] = to[farther]
            self.mover[mine[farther]] = place

    def _transfer(self, place: int, effects: CompiledEffects, rows: Ints) -> None:
        transfer = effects.transfer
        plain = None if transfer is None else transfer.plain
        owner = None if plain is None else plain.value
        if plain is None or owner == "requested":
            self.apart[rows] = True
            return
        if owner is None:
            return
        self.apart[rows[self.entering[rows]]] = True
        code = self.block.pool.code(owner)
        moves = rows[(self.owner[rows] != code)]
        if not self.around.there(owner):
            self.apart[moves] = True
        first = moves[self.farthest[moves] < _TRANSFER]
        self.farthest[first] = _TRANSFER
        self.mover[first] = place
        self.to_owner[first] = code

    def _missed(self) -> None:
        """Deadlines that were missed and still run fire like triggers."""
        count = len(self.ready.triggers)
        for slot, reading in enumerate(self.readings):
            missed = np.asarray(reading.known) & reading.running
            missed &= reading.in_state(lambda state: state == "breached")
            if not missed.any():
                continue
            for rank, level in enumerate(self.program.levels):
                if slot >= len(level.deadlines):
                    continue
                deadline = level.deadlines[slot]
                mine = missed & (self.level == rank)
                if not mine.any():
                    continue
                anew = self.history.anew if deadline.anew else None
                spent = self.keys.of_deadline(level.id, deadline.name, self.history.visit, anew)
                rows = np.flatnonzero(both(mine, inverse(spent)))
                if not len(rows):
                    continue
                place = count + rank * len(DEADLINES) + slot
                self._fire(place, deadline.effects, rows, True)
                if deadline.effects.escalate == "next":
                    self._reminds(rows)

    def _reminds(self, rows: Ints) -> None:
        """Where nobody is above, the owner is reminded."""
        for path in np.unique(self.path[rows]).tolist():
            ranks = np.array(self.around.climbs.of(path, "next"), np.int32)
            mine = rows[self.path[rows] == path]
            self.nudged[mine[ranks[self.level[mine]] == STAYS]] = True

    # What the owner is told.

    def _nudge(self) -> None:
        """Warnings, reminders, reviews, where nothing moves."""
        self.moved: Bools = self.farthest > _NOWHERE
        still = self.stands & ~self.moved
        for rank, level in enumerate(self.program.levels):
            if level.nudges:
                rows = np.flatnonzero(still & (self.level == rank))
                if len(rows):
                    self._warn_and_remind(rank, rows)
        self._review(still)
        acts = still & (self.nudged | self.fires)
        if self.nudged.any():
            quiet, _ = self.block.pool.table(("reminded", id(self.around)), self.around.reminded)
            self.apart |= still & self.nudged & inverse(quiet.of(self.owner))
        self.nudged &= still
        self.acts = acts | (self.fires & ~self.active)

    def _warn_and_remind(self, rank: int, rows: Ints) -> None:
        level = self.program.levels[rank]
        for slot, deadline in enumerate(level.deadlines):
            if deadline.warn:
                self._warn(deadline, self.readings[slot], rows)
        if level.remind is None:
            return
        run = self.history.deadlines[len(level.deadlines)]
        rows = rows[run.live[rows]]
        replies = taken_at(self.block.knows("agent-reply"), rows)
        self.lacks.add("events", rows[~replies])
        rows = rows[replies]
        goals = self.ready.reminds[rank]
        if not len(rows):
            return
        every, times = level.remind.every, level.remind.times
        if goals is None or every.workdays:
            self.apart[rows] = True
            return
        groups = goals.groups(self.block, rows, self.lacks)
        reading = read(self.block, run, _RUNS, groups, self.now, self.count)
        rows = rows[reading.running[rows]]
        if every.us <= 0 or not len(rows):
            return
        count = reading.elapsed[rows] // every.us
        if times is not None:
            count = np.minimum(count, times)
        due = count > 0
        self.apart[rows[due & taken_at(self.keys.having("remind"), rows)]] = True
        self.nudged[rows[due]] = True
        more = np.ones(len(rows), np.bool_) if times is None else count < times
        if more.any():
            following = reading.reached(rows[more], (count[more] + 1) * every.us)
            self._wake(rows[more], following)

    def _warn(self, deadline: CompiledDeadline, reading: Readings, rows: Ints) -> None:
        running = reading.in_state(lambda state: state == "running")
        mine = np.asarray(reading.known) & running & reading.targeted
        rows = rows[mine[rows]]
        if not len(rows):
            return
        passed = np.zeros(len(rows), np.bool_)
        following = np.full(len(rows), NEVER)
        elapsed, target = reading.elapsed[rows], reading.target[rows]
        for point in deadline.warn:
            if isinstance(point, Duration):
                at = np.maximum(target - point.us, 0)
            else:
                at = -(-point * target // 100)
            passed |= at <= elapsed
            following = np.where(at > elapsed, np.minimum(following, at), following)
        ahead = following < NEVER
        if ahead.any():
            self._wake(rows[ahead], reading.reached(rows[ahead], following[ahead]))
        self.apart[rows[passed & taken_at(self.keys.having("warn"), rows)]] = True
        self.nudged[rows[passed]] = True

    def _review(self, still: Bools) -> None:
        """When a ticket has lain untouched too long."""
        history, program = self.history, self.program
        until = np.where(self.fires, self.now, self.horizon)
        surely_not = history.desk_acted + program.review_grace
        rows = np.flatnonzero(still & ~((self.now < surely_not) & (until <= surely_not)))
        if not len(rows):
            return
        groups: list[tuple[Ints, Duration | None, str | None]] = []
        choice = self.ready.review
        if choice is None:
            groups.append((rows, program.usual_review, None))
        else:
            for n, which in choice.choose(self.block, rows, self.lacks):
                use, calendar = (None, None) if n < 0 else choice.values[n]
                groups.append((which, use, calendar))
        base = history.desk_acted.copy()
        for which, to, us in history.told:
            mine = to == self.owner[which]
            base[which[mine]] = np.maximum(base[which[mine]], us[mine])
        for which, duration, calendar in groups:
            if duration is None or not (duration.us or duration.workdays):
                continue
            timeline = program.calendar if calendar is None else program.timelines[calendar]
            working = self.block.working(timeline)
            due = (
                working.add_workdays(base[which], duration.workdays)
                if duration.workdays
                else working.add(base[which], duration.us)
            )
            late = due <= self.now
            self._wake(which[~late], due[~late])
            gone = which[late]
            # Without events nothing but its key tells whether the owner was reminded.
            unknown = ~taken_at(self.block.known, gone)
            self.apart[gone[unknown & taken_at(self.keys.having("review"), gone)]] = True
            self.nudged[gone] = True
