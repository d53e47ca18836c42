"""Where tickets stand and what runs, of a whole block: `evaluator.history`, many at once.

What happens, happens to the rows that are named, at instants that come row by row. Rows of
which something is not read here are ``apart``, and the scalar engine has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from escalate.batch.coded import ABSENT, Bools, Ints, marked
from escalate.batch.extra import np
from escalate.batch.lent import Lent, blank, upto
from escalate.batch.plan import OVER, PHASES, UNMAPPED, Plan, whole
from escalate.batch.timers import NONE, Timers
from escalate.evaluator.timers import TimerSpec
from escalate.worktime.timeline import NEVER

__all__ = ["History", "Start"]


@dataclass(frozen=True, slots=True)
class Start:
    """What the snapshot says: codes of the pool, and instants (:data:`NONE`: not there;
    ``None``: in no row)."""

    created: Ints
    status: Ints
    level: Ints
    owner: Ints
    assignee: Ints
    anchors: Mapping[str, Ints | None]


class History(Lent):
    """What the histories of a block say at ``now``. Instants are microseconds."""

    def __init__(self, plan: Plan, start: Start, known: Bools | None, now: int) -> None:
        super().__init__()
        count = len(start.created)
        self.plan = plan
        self.now = now
        self.count = count
        self.every = upto(count)
        self.created = created = start.created
        self.unborn: Bools = created > now
        self.apart: Bools = np.zeros(count, np.bool_)
        self.warnings: list[tuple[str, Ints]] = []
        """What is odd, in order: a code, and the rows of which it is to be said."""
        self.unseen: Ints
        """The first instant of which something is known that is still to come."""
        self.known: Bools = np.zeros(count, np.bool_) if known is None else known
        self.status: Ints
        self.phase: Ints
        self.level: Ints
        self.owner: Ints
        self.assignee: Ints
        self.entered: Ints
        self.assumed: Bools
        self.desk_acted: Ints
        self.idle: Ints
        self.cycle: Ints
        self.reentry: Bools
        self.visit: Ints
        self.moves: Ints
        self.anew: Ints
        self.lend(blank(count, NONE, "i8"), "entered")
        self.lend(blank(count, NEVER, "i8"), "unseen")
        self.lend(blank(count, 0, "?"), "assumed", "reentry", "held")
        self.lend(created, "desk_acted", "idle")
        self.lend(blank(count, 0, "i4"), "cycle", "visit", "moves", "anew")
        self.counts: dict[str, Ints] = {}
        self.first: dict[str, Ints] = {"created": created}
        self.last: dict[str, Ints] = {"created": created}
        self._marked: set[str] = set()
        self.told: list[tuple[Ints, Ints, Ints]] = []
        self.acted: list[tuple[Ints, Ints]] = []
        """Rows with what has fired at this very instant."""
        self.held: Bools
        """Where something that an owner is told is held back until later."""
        self.requests: list[tuple[Ints, Ints, Bools]] = []
        self.clocks = [Timers(count) for _ in plan.clocks]
        self.deadlines = [Timers(count) for _ in range(plan.slots)]

    def warn(self, code: str, rows: Ints) -> None:
        """Of these rows something odd is to be said."""
        if len(rows):
            self.warnings.append((code, rows))

    def ahead(self, rows: Ints, us: Ints) -> None:
        """Something is known of these rows that happens only then."""
        self.own("unseen")[rows] = np.minimum(self.unseen[rows], us)

    def map_phases(self, rows: Ints) -> None:
        """A status that belongs to no phase is open, and that is said."""
        unmapped = rows[self.at(self.phase, rows) == UNMAPPED]
        if len(unmapped):
            self.warn("ESC935", unmapped)
            self.own("phase")[unmapped] = 0

    def turn(self, rows: Ints, us: Ints, status: Ints) -> None:
        """The status is another one. Within one event: stop, pause, start."""
        if not len(rows):
            return
        was = self.phase[rows]
        self.own("status")[rows] = status
        self.own("phase")[rows] = self.plan.phase(status)
        self.map_phases(rows)
        phase = self.phase[rows]
        over, over_before = OVER.table[phase], OVER.table[was]
        closed = (phase == PHASES.index("closed")) & (was != phase)
        groups = (
            (~over & ~over_before, ("status",)),
            (over & ~over_before & ~closed, ("status", "resolved")),
            (over & ~over_before & closed, ("status", "resolved", "closed")),
            (over & over_before & closed, ("status", "closed")),
            (over & over_before & ~closed, ("status",)),
            (~over & over_before, ("status", "reopened")),
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
        status, done = self.status[rows], OVER.table[self.phase[rows]]
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
        if "reopened" in moments:
            self._reopen(rows, us)
        for moment in moments:
            self.mark(moment, rows, us)
        self._start_clocks(rows, us, moments)

    def _reopen(self, rows: Ints, us: Ints) -> None:
        """The next cycle begins."""
        self.own("cycle")[rows] += 1
        self.own("reentry")[rows] = self.level[rows] != ABSENT
        self.add("reopens", rows)
        for name, counts in self.counts.items():
            if name != "reopens":
                counts[rows] = 0
        for moment in self.last:
            if moment != "created":
                last, first = self._own_marks(moment)
                last[rows] = first[rows] = NONE
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            mine = marked(run.by_resolution[rows])
            which, since = rows[mine], us[mine]
            still = self.plan.still(spec, self.status[which])
            if spec.on_reopen == "resume":
                run.resume(which, since, still)
            elif spec.on_reopen == "restart":
                run.start(which, since, still)

    def _specs(self, slot: int, rows: Ints) -> list[tuple[Bools, TimerSpec]]:
        """The deadlines that rows have in a slot, by their levels."""
        found = []
        levels = np.minimum(self.at(self.level, rows), len(self.plan.ladder))
        for spec, having in self.plan.kinds[slot]:
            which = whole(having.of(levels), len(rows))
            if which.any():
                found.append((which, spec))
        return found

    def at(self, column: Ints, rows: Ints) -> Ints:
        """A column at some rows, which stand once each and in order."""
        return column if len(rows) == self.count else column[rows]

    def enter(self, rows: Ints, us: Ints) -> None:
        """The present level's deadlines begin."""
        if len(rows) == self.count:
            self.lend(us, "entered")
        else:
            self.own("entered")[rows] = us
        for slot, run in enumerate(self.deadlines):
            if run.live.any():
                run.gone(rows)
            self._slot(slot, run, rows, us, lambda spec: True)

    def begin_anew(self, rows: Ints, us: Ints) -> None:
        """Those deadlines begin that do so with every owner."""
        self.own("anew")[rows] += 1
        runs = self.at(self.entered, rows) != NONE
        if not runs.all():  # its entering is still to come
            rows, us = rows[runs], us[runs]
        for slot, run in enumerate(self.deadlines):
            self._slot(slot, run, rows, us, lambda spec: spec.anew)

    def close_requests(self, rows: Ints, by_hand: Bools) -> None:
        """A move closes requests: a person's every one, any an agent's."""
        agent = self.plan.pool.code("agent")
        for by, _, open_ in self.requests:
            open_[rows[by_hand | (by[rows] == agent)]] = False

    def _slot(
        self, slot: int, run: Timers, rows: Ints, us: Ints, wanted: Callable[[TimerSpec], bool]
    ) -> None:
        for which, spec in self._specs(slot, rows):
            if wanted(spec):
                mine, since = (rows, us) if which.all() else (rows[which], us[which])
                run.anew(mine, since, self._still(spec, mine))

    def _still(self, spec: TimerSpec, rows: Ints) -> Bools:
        """Where a timer that begins now stands still."""
        still = self.plan.still(spec, self.at(self.status, rows))
        return still | OVER.of(self.at(self.phase, rows))

    def mark(self, moment: str, rows: Ints, us: Ints) -> None:
        """There was such a moment: the last one, perhaps the first."""
        if moment not in self.plan.asked or moment == "created":
            return
        if moment not in self.last and len(rows) == self.count:
            self.first[moment] = self.last[moment] = us
            self._marked.add(moment)
            return
        last, first = self._own_marks(moment)
        last[rows] = us
        new = marked(first[rows] == NONE)
        first[rows[new]] = us[new]

    def _own_marks(self, moment: str) -> tuple[Ints, Ints]:
        """When there was last such a moment, and when first, to be written into."""
        last = self.last.get(moment)
        if last is None:
            last = self.last[moment] = np.full(self.count, NONE, np.int64)
            self.first[moment] = last.copy()
        elif moment in self._marked:  # by one column, which is another's
            last = self.last[moment] = last.copy()
            self.first[moment] = last.copy()
            self._marked.discard(moment)
        return last, self.first[moment]

    def add(self, what: str, rows: Ints) -> None:
        """One more of what is counted."""
        counts = self.counts.get(what)
        if counts is None:
            counts = self.counts[what] = np.zeros(self.count, np.int32)
        counts[rows] += 1

    def happen(
        self, rows: Ints, us: Ints, moments: tuple[str, ...], quiet: str | None = None
    ) -> None:
        """Moments at once: what they stop stops before what they start starts."""
        if not len(rows):
            return
        for moment in moments:
            self.mark(moment, rows, us)
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
        self._start_clocks(rows, us, happened)

    def _start_clocks(self, rows: Ints, us: Ints, moments: tuple[str, ...]) -> None:
        """Clocks that one of the moments starts, standing still or not."""
        for spec, run in zip(self.plan.clocks, self.clocks, strict=True):
            if not spec.starts.isdisjoint(moments):
                status, done = self.status[rows], OVER.table[self.phase[rows]]
                run.start(rows, us, done | self.plan.still(spec, status))
