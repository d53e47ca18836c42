"""Where tickets stand and what runs, of a whole block: `evaluator.history`, many at once.

The first event of every row, then the second of every row that has one, and so on. What
happens to a row is what `History` says; rows of which something is not read here are
``apart``, and the scalar engine has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from escalate.batch.coded import ABSENT, Answers, Bools, Ints, Mask, Pool
from escalate.batch.events import KINDS, Events
from escalate.batch.extra import np
from escalate.batch.timers import NONE, Timers
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.status import ACTIVE, DONE
from escalate.evaluator.timers import TimerSpec

__all__ = ["PHASES", "REQUESTS", "History", "Plan", "Start"]

PHASES: Final = ("open", "waiting", "resolved", "closed")
REQUESTS: Final = 4
"""So many requests of a ticket are kept in columns."""

_DONE: Final = np.array([phase in DONE for phase in PHASES])
_OVER: Final = Answers(_DONE)
_TELLING: Final = ("remind", "warn", "ask", "notify")
_UNMAPPED: Final = -1


class Plan:
    """What of a policy the pass needs: `evaluator.history.Plan` in tables by level."""

    def __init__(
        self,
        pool: Pool,
        phases: Mapping[str, str],
        clocks: tuple[TimerSpec, ...],
        levels: tuple[CompiledLevel, ...],
    ) -> None:
        self.pool = pool
        self.phases = phases
        self.clocks = clocks
        self.ladder = [level.timers for level in levels]
        self.slots = max([len(timers) for timers in self.ladder], default=0)
        self.kinds = [self._kinds(slot) for slot in range(self.slots)]
        """The deadlines of each slot that behave alike, each with the levels that have it."""
        self.heard = {m for spec in clocks for m in spec.starts | spec.stops}
        self.heard |= {m for timers in self.ladder for spec in timers for m in spec.stops}
        self.through = any(spec.starts & {"resolved", "closed"} for spec in clocks)

    def _kinds(self, slot: int) -> list[tuple[TimerSpec, Answers]]:
        """The last entry of the levels' mask is for no level."""
        found: dict[tuple[frozenset[str], frozenset[str], bool], tuple[TimerSpec, Bools]] = {}
        for rank, timers in enumerate(self.ladder):
            if slot < len(timers):
                spec = timers[slot]
                key = (spec.pauses, spec.stops, spec.anew)
                nowhere = np.zeros(len(self.ladder) + 1, np.bool_)
                found.setdefault(key, (spec, nowhere))[1][rank] = True
        return [(spec, Answers(having)) for spec, having in found.values()]

    def phase(self, statuses: Ints) -> Ints:
        """The phase of statuses, by its place in :data:`PHASES`; unmapped is marked."""

        def of(status: str | None) -> int:
            if status is None:
                return 0
            phase = self.phases.get(status)
            return _UNMAPPED if phase is None else PHASES.index(phase)

        return self.pool.map("phase", of)[statuses]

    def still(self, spec: TimerSpec, statuses: Ints) -> Bools:
        """Where a timer stands still in these statuses."""
        table, _ = self.pool.table(("pause", spec.pauses), lambda s: s in spec.pauses)
        return _whole(table.of(statuses), len(statuses))


class Start:
    """What the snapshot says: codes of the pool, and instants (:data:`NONE`: not there)."""

    def __init__(
        self,
        created: Ints,
        status: Ints,
        level: Ints,
        owner: Ints,
        assignee: Ints,
        anchors: Mapping[str, Ints],
    ) -> None:
        self.created = created
        self.status = status
        self.level = level
        self.owner = owner
        self.assignee = assignee
        self.anchors = anchors


class History:
    """What the histories of a block say at ``now``. Instants are microseconds."""

    def __init__(self, plan: Plan, start: Start, events: Events | None, now: int) -> None:
        count = len(start.created)
        self.plan = plan
        self.now = now
        self.count = count
        self.every: Ints = np.arange(count)
        self.created = created = start.created
        self.apart: Bools = created > now
        self.known: Bools = np.zeros(count, np.bool_) if events is None else events.known
        self.status = start.status
        self.level, self.owner, self.assignee = start.level, start.owner, start.assignee
        self.entered: Ints = np.full(count, NONE, np.int64)
        self.assumed: Bools = np.zeros(count, np.bool_)
        self.desk_acted: Ints = created.copy()
        self.idle: Ints = created.copy()
        self.visit: Ints = np.zeros(count, np.int32)
        self.moves: Ints = np.zeros(count, np.int32)
        self.anew: Ints = np.zeros(count, np.int32)
        self.counts: dict[str, Ints] = {}
        self.first: dict[str, Ints] = {"created": created}
        self.last: dict[str, Ints] = {"created": created}
        self.told: list[tuple[Ints, Ints, Ints]] = []
        self.asked: Ints = np.zeros(count, np.int32)
        self.requests: list[tuple[Ints, Ints, Bools]] = []
        self.clocks = [Timers(count) for _ in plan.clocks]
        self.deadlines = [Timers(count) for _ in range(plan.slots)]
        self._begin(start, events)
        if events is not None and events.size:
            self._pass(events)
            self._agree(start, events)

    def _agree(self, start: Start, events: Events) -> None:
        """Where the snapshot says otherwise than the events, a warning is due."""
        some = events.counts > 0
        for name in ("status", "level", "owner", "assignee"):
            said, happened = getattr(start, name), getattr(self, name)
            self.apart |= some & (said != happened) & (said != ABSENT) & (happened != ABSENT)

    # What stood before the first event.

    def _begin(self, start: Start, events: Events | None) -> None:
        moved = entered = assigned = np.zeros(self.count, np.bool_)
        changed: Ints | None = None
        if events is not None and events.size:
            self._order(events)
            moved, entered, assigned, changed = self._telling(events)
        self.level = _but(start.level, entered, ABSENT)
        self.owner = _but(start.owner, moved, ABSENT)
        self.assignee = _but(start.assignee, moved | assigned, ABSENT)
        resolved_at = start.anchors["resolved_at"]
        given = start.status
        over = (resolved_at != NONE) & _OVER.of(self.plan.phase(given))
        if changed is not None:
            over &= changed == _NO_CHANGE
            given = np.where(changed == _NO_CHANGE, given, changed)
        self.status = _but(given, over, ABSENT)
        self.phase = self.plan.phase(self.status)
        self._mapped(self.every)
        done = _whole(_OVER.of(self.phase), self.count)
        if self.plan.through:
            self.apart |= done
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            if "created" in spec.starts:
                run.start(self.every, self.created, done | self.plan.still(spec, self.status))
        resolved = np.flatnonzero(done)
        if len(resolved):
            self._mark("resolved", resolved, self.created[resolved])
        self._stand_ins(start, over)

    def _order(self, events: Events) -> None:
        """Rows whose events are out of order, too early or not to be seen yet are apart."""
        at, rows = events.at, events.rows
        wrong = (at > self.now) | (at < self.created[rows])
        follows = rows[1:] == rows[:-1]
        wrong[1:] |= follows & (at[1:] < at[:-1])
        self.apart |= events.odd
        self.apart[rows[wrong]] = True

    def _telling(self, events: Events) -> tuple[Bools, Bools, Bools, Ints]:
        """Which rows have moves, entering moves and assignments; and the status before the
        first change of it."""

        def having(*kinds: str) -> Bools:
            found = np.zeros(self.count, np.bool_)
            found[events.rows[np.isin(events.kinds, [KINDS.index(k) for k in kinds])]] = True
            return found

        changed = np.full(self.count, _NO_CHANGE, np.int32)
        turns = np.flatnonzero(events.kinds == KINDS.index("status"))
        if len(turns):
            backwards = turns[::-1]  # the first is written last
            changed[events.rows[backwards]] = events.text("from")[backwards]
        entering = having("entered", "escalated", "returned")
        return entering | having("transferred"), entering, having("assigned"), changed

    def _stand_ins(self, start: Start, over: Bools) -> None:
        """Instants that stand for events, in order; at one instant the entry comes first."""
        anchors = start.anchors
        stands = self.level != ABSENT
        entry = anchors["level_entered_at"]
        self.assumed = stands & (entry == NONE)
        entry = _but(_but(entry, self.assumed, self.created), ~stands, NONE)
        reply = _but(anchors["first_reply_at"], self.known, NONE)
        resolved = _but(anchors["resolved_at"], ~over, NONE)
        self.apart |= (entry > self.now) | (reply > self.now) | (resolved > self.now)
        once = [self._entry, self._reply, self._resolution(start.status)]
        given = (entry, reply, resolved)
        if not (reply != NONE).any() and not (resolved != NONE).any():
            self._stand_in(self._entry, np.flatnonzero(entry != NONE), entry)
            return
        order = np.argsort(np.stack(given, 1), axis=1, kind="stable")
        for place in range(3):
            for which, happens in enumerate(once):
                at = given[which]
                rows = np.flatnonzero((order[:, place] == which) & (at != NONE) & ~self.apart)
                self._stand_in(happens, rows, at)

    def _stand_in(self, happens: Callable[[Ints, Ints], None], rows: Ints, at: Ints) -> None:
        if len(rows):
            us = np.maximum(self._at(at, rows), self._at(self.created, rows))
            if len(rows) == self.count:
                self.desk_acted = np.maximum(us, self.desk_acted)
            else:
                self.desk_acted[rows] = np.maximum(us, self.desk_acted[rows])
            happens(rows, us)

    def _entry(self, rows: Ints, us: Ints) -> None:
        self._enter(rows, us)
        self._happen(rows, us, ("entered",))

    def _reply(self, rows: Ints, us: Ints) -> None:
        self._count("replies.agent", rows)
        self._happen(rows, us, ("agent-reply",))

    def _resolution(self, status: Ints) -> Callable[[Ints, Ints], None]:
        return lambda rows, us: self._turn(rows, us, status[rows])

    # The pass.

    def _pass(self, events: Events) -> None:
        own = events.keys()
        keyless = own[0] >= len(own[1])
        counts = np.where(self.apart, 0, events.counts)
        for place in range(int(counts.max(initial=0))):
            rows = np.flatnonzero(counts > place)
            at = events.first[rows] + place
            by_hand = keyless[at]
            self.idle[rows[by_hand]] = events.at[at[by_hand]]
            kinds = events.kinds[at]
            for kind in np.unique(kinds).tolist():
                chosen = kinds == kind
                whole = bool(chosen.all())
                happens = _HAPPENINGS.get(KINDS[kind])
                if happens is not None:
                    which, where = (rows, at) if whole else (rows[chosen], at[chosen])
                    happens(self, events, which, where)

    def _entering(self, events: Events, rows: Ints, at: Ints) -> None:
        us, kind = events.at[at], KINDS[int(events.kinds[at[0]])]
        by_hand = events.keys()[0][at] >= len(events.keys()[1])
        self._moved(rows, us, by_hand)
        self.level[rows] = events.text("to")[at]
        self.owner[rows] = events.text("owner")[at]
        self.assignee[rows] = events.text("assignee")[at]
        self.assumed[rows] = False
        self.visit[rows] += 1
        self.anew[rows] = 0
        self._enter(rows, us)
        if kind == "escalated":
            self._count("escalations", rows)
        self._happen(rows, us, ("entered",) if kind == "entered" else ("entered", kind))

    def _transferred(self, events: Events, rows: Ints, at: Ints) -> None:
        us = events.at[at]
        self._moved(rows, us, events.keys()[0][at] >= len(events.keys()[1]))
        owner, to = events.text("owner")[at], events.text("to")[at]
        self.owner[rows] = np.where(owner == ABSENT, to, owner)
        self.assignee[rows] = events.text("assignee")[at]
        self._count("transfers", rows)
        self.anew[rows] += 1
        for slot, run in enumerate(self.deadlines):
            self._slot(slot, run, rows, us, lambda spec: spec.anew)
        self._happen(rows, us, ("transferred",))

    def _moved(self, rows: Ints, us: Ints, by_hand: Bools) -> None:
        """A move closes requests: a person's every one, any an agent's."""
        self.moves[rows] += 1
        self.desk_acted[rows] = us
        agent = self.plan.pool.code("agent")
        for by, _, open_ in self.requests:
            open_[rows[by_hand | (by[rows] == agent)]] = False

    def _status(self, events: Events, rows: Ints, at: Ints) -> None:
        self.desk_acted[rows] = events.at[at]
        to = events.text("to")[at]
        given = to != ABSENT
        self._turn(rows[given], events.at[at][given], to[given])

    def _replied(self, events: Events, rows: Ints, at: Ints) -> None:
        by, public, us = events.text("by")[at], events.public()[at], events.at[at]
        code = self.plan.pool.code
        agent = by == code("agent")
        self.desk_acted[rows[agent]] = us[agent]
        for which, counted, moment in (
            (agent & public, "replies.agent", "agent-reply"),
            (agent & ~public, None, "internal-note"),
            (by == code("customer"), "replies.customer", "customer-reply"),
            (by == code("bot"), "replies.bot", "bot-reply"),
        ):
            if which.any():
                if counted is not None:
                    self._count(counted, rows[which])
                self._happen(rows[which], us[which], (moment,))

    def _assigned(self, events: Events, rows: Ints, at: Ints) -> None:
        us = events.at[at]
        self.desk_acted[rows] = us
        self.assignee[rows] = events.text("to")[at]
        person = events.text("by")[at] != ABSENT
        self._happen(rows[~person], us[~person], ("assigned",))
        self._happen(rows[person], us[person], ("assigned",), quiet="taken")

    def _acknowledged(self, events: Events, rows: Ints, at: Ints) -> None:
        self._acted("acknowledged", events, rows, at)

    def _documented(self, events: Events, rows: Ints, at: Ints) -> None:
        self._acted("documented", events, rows, at)

    def _acted(self, moment: str, events: Events, rows: Ints, at: Ints) -> None:
        us = events.at[at]
        self.desk_acted[rows] = us
        self._happen(rows, us, (moment,))

    def _action(self, events: Events, rows: Ints, at: Ints) -> None:
        telling = [self.plan.pool.code(action) for action in _TELLING]
        told = np.isin(events.text("action")[at], telling)
        if told.any():
            self.told.append((rows[told], events.text("to")[at[told]], events.at[at[told]]))

    def _fired(self, events: Events, rows: Ints, at: Ints) -> None:
        self.apart[rows[events.at[at] == self.now]] = True

    def _requested(self, events: Events, rows: Ints, at: Ints) -> None:
        by, to = events.text("by")[at], events.text("to")[at]
        ordinal = self.asked[rows]
        self.apart[rows[ordinal >= REQUESTS]] = True
        for n in range(min(int(ordinal.max()) + 1, REQUESTS)):
            if n == len(self.requests):
                nobody = np.full(self.count, ABSENT, np.int32)
                self.requests.append((nobody, nobody.copy(), np.zeros(self.count, np.bool_)))
            mine = ordinal == n
            self.requests[n][0][rows[mine]] = by[mine]
            self.requests[n][1][rows[mine]] = to[mine]
            self.requests[n][2][rows[mine]] = True
        self.asked[rows] += 1
        self._happen(rows, events.at[at], ("requested",))

    # What happens to the state.

    def _mapped(self, rows: Ints) -> None:
        unmapped = self.phase[rows] == _UNMAPPED
        if unmapped.any():
            self.apart[rows[unmapped]] = True
            self.phase[rows[unmapped]] = 0

    def _turn(self, rows: Ints, us: Ints, status: Ints) -> None:
        """The status is another one. Within one event: stop, pause, start."""
        if not len(rows):
            return
        was = self.phase[rows]
        self.status[rows] = status
        self.phase[rows] = self.plan.phase(status)
        self._mapped(rows)
        phase = self.phase[rows]
        over, over_before = _DONE[phase], _DONE[was]
        self.apart[rows[over_before & ~over]] = True  # a reopening
        closed = (phase == PHASES.index("closed")) & (was != phase)
        groups = (
            (~over & ~over_before, ("status",)),
            (over & ~over_before & ~closed, ("status", "resolved")),
            (over & ~over_before & closed, ("status", "resolved", "closed")),
            (over & over_before & closed, ("status", "closed")),
            (over & over_before & ~closed, ("status",)),
        )
        for which, moments in groups:
            if which.any():
                self._turned(rows[which], us[which], moments)
        if over.any():
            for _, _, open_ in self.requests:
                open_[rows[over]] = False
            if self.plan.through:
                self.apart[rows[over]] = True

    def _turned(self, rows: Ints, us: Ints, moments: tuple[str, ...]) -> None:
        ends = "resolved" in moments or "closed" in moments
        stops = self.plan.heard.intersection(moments)
        status, done = self.status[rows], _DONE[self.phase[rows]]
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            if ends or (stops and spec.stops.intersection(moments)):
                run.stop(rows, us, ends)
            else:
                run.turn(rows, us, done | self.plan.still(spec, status))
        for slot, run in enumerate(self.deadlines):
            if ends:
                run.stop(rows, us, True)
                continue
            for which, spec in self._specs(slot, rows):
                still = done[which] | self.plan.still(spec, status[which])
                run.turn(rows[which], us[which], still)
        for moment in moments:
            self._mark(moment, rows, us)
        if stops:
            for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
                if spec.starts.intersection(moments):
                    run.start(rows, us, done | self.plan.still(spec, status))

    def _specs(self, slot: int, rows: Ints) -> list[tuple[Bools, TimerSpec]]:
        """The deadlines that rows have in a slot, by their levels."""
        found = []
        levels = np.minimum(self._at(self.level, rows), len(self.plan.ladder))
        for spec, having in self.plan.kinds[slot]:
            which = _whole(having.of(levels), len(rows))
            if which.any():
                found.append((which, spec))
        return found

    def _at(self, column: Ints, rows: Ints) -> Ints:
        """A column at some rows, which stand once each and in order."""
        return column if len(rows) == self.count else column[rows]

    def _enter(self, rows: Ints, us: Ints) -> None:
        """The present level's deadlines begin."""
        self.entered[rows] = us
        for slot, run in enumerate(self.deadlines):
            if run.cycle.any():
                run.gone(rows)
            self._slot(slot, run, rows, us, lambda spec: True)

    def _slot(
        self, slot: int, run: Timers, rows: Ints, us: Ints, wanted: Callable[[TimerSpec], bool]
    ) -> None:
        for which, spec in self._specs(slot, rows):
            if wanted(spec):
                mine, since = (rows, us) if which.all() else (rows[which], us[which])
                run.anew(mine, since, self._still(spec, mine))

    def _still(self, spec: TimerSpec, rows: Ints) -> Bools:
        """Where a timer that begins now stands still."""
        still = self.plan.still(spec, self._at(self.status, rows))
        return still | _OVER.of(self._at(self.phase, rows))

    def _mark(self, moment: str, rows: Ints, us: Ints) -> None:
        last = self.last.get(moment)
        fresh = last is None
        if last is None:
            last = self.last[moment] = np.full(self.count, NONE, np.int64)
            self.first[moment] = last.copy()
        elif moment == "created":
            return
        first = self.first[moment]
        if fresh and len(rows) == self.count:
            last[:] = us
            first[:] = us
            return
        last[rows] = us
        new = np.flatnonzero(first[rows] == NONE)
        first[rows[new]] = us[new]

    def _count(self, what: str, rows: Ints) -> None:
        counts = self.counts.get(what)
        if counts is None:
            counts = self.counts[what] = np.zeros(self.count, np.int32)
        counts[rows] += 1

    def _happen(
        self, rows: Ints, us: Ints, moments: tuple[str, ...], quiet: str | None = None
    ) -> None:
        """Moments at once: what they stop stops before what they start starts."""
        if not len(rows):
            return
        for moment in moments:
            self._mark(moment, rows, us)
        happened = moments if quiet is None else (*moments, quiet)
        if self.plan.heard.isdisjoint(happened):
            return
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            if not spec.stops.isdisjoint(happened):
                run.stop(rows, us, False)
        for slot, run in enumerate(self.deadlines):
            for which, spec in self._specs(slot, rows):
                if not spec.stops.isdisjoint(happened):
                    run.stop(rows[which], us[which], False)
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            if not spec.starts.isdisjoint(happened):
                status = self.status[rows]
                run.start(rows, us, _DONE[self.phase[rows]] | self.plan.still(spec, status))


def _whole(mask: Mask, count: int) -> Bools:
    """A mask as an array."""
    return np.full(count, mask) if isinstance(mask, bool) else mask


def _but(column: Ints, where: Bools, value: Ints | int) -> Ints:
    """A column of one's own, with other values somewhere."""
    made = column.copy()
    if where.any():
        np.copyto(made, value, where=where)
    return made


_NO_CHANGE: Final = -2
_ACTIVE: Final = np.array([phase in ACTIVE for phase in PHASES])

_HAPPENINGS: Final[Mapping[str, Callable[[History, Events, Ints, Ints], None]]] = {
    "entered": History._entering,
    "escalated": History._entering,
    "returned": History._entering,
    "transferred": History._transferred,
    "status": History._status,
    "reply": History._replied,
    "assigned": History._assigned,
    "acknowledged": History._acknowledged,
    "documented": History._documented,
    "action": History._action,
    "fired": History._fired,
    "requested": History._requested,
}
