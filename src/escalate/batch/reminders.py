"""What owners are told where nothing moves: `evaluator.reminders`, many at once.

Language: "Deadlines", "Levels".
"""

from __future__ import annotations

from escalate.batch.coded import ABSENT, Bools, Ints, marked
from escalate.batch.extra import np
from escalate.batch.firing import Firing
from escalate.batch.kleene import inverse, taken_at
from escalate.batch.readings import Readings, read
from escalate.batch.running import RUNS, Running
from escalate.batch.standing import Standing
from escalate.batch.telling import NUDGED
from escalate.batch.timers import NONE
from escalate.evaluator.compiled import CompiledDeadline
from escalate.worktime import Duration
from escalate.worktime.timeline import NEVER

__all__ = ["Reminders"]


class Reminders:
    """Warnings, reminders and reviews; which tickets have something done (``acts``)."""

    def __init__(self, standing: Standing, running: Running, firing: Firing) -> None:
        self.standing, self.running, self.firing = standing, running, firing
        self.ready, self.program, self.block = standing.ready, standing.program, standing.block
        self.history, self.around, self.keys = standing.history, standing.around, standing.keys
        self.now, self.count, self.horizon = standing.now, standing.count, standing.horizon
        self.apart, self.lacks = standing.apart, standing.lacks
        self.nudged = firing.nudged
        self.waits: Bools = np.zeros(self.count, np.bool_)
        """Where the owner is to be told what may wait for his hours."""

    def run(self) -> None:
        """Warnings, reminders, reviews, where nothing moves."""
        still = self.standing.stands & ~self.firing.moved
        for rank, level in enumerate(self.program.levels):
            if level.nudges:
                rows = marked(still & (self.standing.level == rank))
                if len(rows):
                    self._warn_and_remind(rank, rows)
        self._in_hours()
        self._review(still)
        self.nudged &= still
        acts = still & (self.nudged | self.firing.fires)
        nudged = marked(self.nudged & (self.standing.owner != ABSENT))
        if len(nudged):
            quiet, _ = self.block.pool.table(("quiet", id(self.around)), self.around.quiet)
            self.apart |= self.nudged & inverse(quiet.of(self.standing.owner))
            owners = self.standing.owner[nudged]
            for code in np.unique(owners).tolist():
                owner = self.block.pool.values[code]
                self.standing.telling.tell(NUDGED, owner, nudged[owners == code])
        self.acts = acts | (self.firing.fires & ~self.standing.active)

    def _in_hours(self) -> None:
        """In the owner's quiet hours what may wait comes due only at their end, unless the
        ticket is urgent."""
        rows = marked(self.waits)
        self.waits = np.zeros(self.count, np.bool_)
        owners, around = self.standing.owner[rows], self.around
        until = np.full(len(rows), NONE, np.int64)
        for code in np.unique(owners[owners != ABSENT]).tolist():
            until[owners == code] = around.quiet_until(self.block.pool.values[code])
        quiet = marked(until != NONE)
        if len(quiet):
            later = quiet[~self.standing.telling.urgent(rows[quiet])]
            self.standing.wake(rows[later], until[later])
            rows = np.delete(rows, later)
        self.nudged[rows] = True

    def _warn_and_remind(self, rank: int, rows: Ints) -> None:
        level = self.program.levels[rank]
        for slot, deadline in enumerate(level.deadlines):
            if deadline.warn:
                self._warn(level.id, deadline, self.running.deadlines[slot], rows)
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
        reading = read(self.block, run, RUNS, groups, self.now, self.count)
        rows = rows[reading.running[rows]]
        if every.us <= 0 or not len(rows):
            return
        count = reading.elapsed[rows] // every.us
        if times is not None:
            count = np.minimum(count, times)
        due = rows[count > 0]
        sent = self.keys.of_reminder(level.id, self.history.visit, due, count[count > 0])
        self.waits[due[~sent]] = True
        more = np.ones(len(rows), np.bool_) if times is None else count < times
        if more.any():
            following = reading.reached(rows[more], (count[more] + 1) * every.us)
            self.standing.wake(rows[more], following)

    def _warn(self, level: str, deadline: CompiledDeadline, reading: Readings, rows: Ints) -> None:
        running = reading.in_state(lambda state: state == "running")
        mine = np.asarray(reading.known) & running & reading.targeted
        rows = rows[mine[rows]]
        if not len(rows):
            return
        latest, passed = np.full(len(rows), -1), np.full(len(rows), -1)
        following = np.full(len(rows), NEVER)
        elapsed, target = reading.elapsed[rows], reading.target[rows]
        for n, point in enumerate(deadline.warn):
            if isinstance(point, Duration):
                at = np.maximum(target - point.us, 0)
            else:
                at = -(-point * target // 100)
            later = (at <= elapsed) & (at >= latest)
            latest, passed = np.where(later, at, latest), np.where(later, n, passed)
            following = np.where(at > elapsed, np.minimum(following, at), following)
        ahead = following < NEVER
        if ahead.any():
            self.standing.wake(rows[ahead], reading.reached(rows[ahead], following[ahead]))
        anew = self.history.anew if deadline.anew else None
        for n, word in enumerate(deadline.warn_words):
            mine = rows[passed == n]
            sent = self.keys.of_deadline(
                level, deadline.name, self.history.visit, anew, ("warn:deadline", word)
            )
            self.waits[mine[~taken_at(sent, mine)]] = True

    def _review(self, still: Bools) -> None:
        """When a ticket has lain untouched too long."""
        history, program = self.history, self.program
        surely_not = history.desk_acted + program.review_grace
        before = self.firing.fires | (self.horizon <= surely_not)
        rows = marked(still & ~((self.now < surely_not) & before))
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
        base = history.desk_acted.copy() if history.told else history.desk_acted
        for which, to, us in history.told:
            mine = to == self.standing.owner[which]
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
            later = marked(~late)
            self.standing.wake(which[later], due[later])
            gone = which[marked(late)]
            # Without events nothing but its key tells whether the owner was reminded.
            unknown = ~taken_at(self.block.known, gone)
            self.apart[gone[unknown & taken_at(self.keys.having("review"), gone)]] = True
            self.waits[gone[~self.nudged[gone]]] = True
        self._in_hours()
