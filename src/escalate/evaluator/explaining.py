"""How a clock or a deadline came to what it shows: the account of its time.

Language: "Time", "Deadlines". Worked out by what decides: the same pass over the events,
the same targets, the same readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from escalate.decision import minute_text
from escalate.evaluator.clock_explanation import (
    ClockExplanation,
    Effect,
    Skipped,
    TargetSaid,
    WarningPoint,
)
from escalate.evaluator.clock_log import ClockLog
from escalate.evaluator.clock_rows import Row, reached, rows_of, summarised
from escalate.evaluator.clock_subject import Subject, find_subject
from escalate.evaluator.condition_words import condition_words
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.prepared import prepared
from escalate.evaluator.readings import ABSENT, Reading, read_run
from escalate.evaluator.reminders import threshold_of
from escalate.evaluator.timers import Run
from escalate.policy.target import At
from escalate.worktime import Timeline

if TYPE_CHECKING:
    from escalate.desk import Desk
    from escalate.evaluator.program import Program
    from escalate.ticket import Ticket

__all__ = ["explain_clock"]

ROWS = 40
"""How many rows an account has at the most before it is summed up."""

_MOST_SKIPPED = 20


def explain_clock(
    program: Program,
    ticket: Ticket,
    name: str,
    desk: Desk,
    now: int,
    *,
    cycle: int | None = None,
    limit: int = ROWS,
) -> ClockExplanation:
    """The account of a clock (``resolution``), of a deadline of the present level
    (``resolve``), or of the latest stay at another (``L1.resolve``), at ``now``.

    ``cycle`` counts the clock's cycles, or the stays at the level, from 1; absent, it is the
    latest. What ``clock.resolution``, ``deadline.resolve`` and ``deadline:L1:resolve`` mean
    elsewhere they mean here. More than ``limit`` rows are summed up by day, week, month or
    year. The desk matters only to a ticket that has not entered a level yet.

    Raises:
        ClockNameError: nothing is called so.
    """
    log = ClockLog(ticket, now, program.plan)
    seen = Deciding(program, prepared(program, ticket, now), desk, now).ctx
    ctx = Context(ticket, desk, now, log, seen.values, program.read_clock)
    ctx.fresh = seen.fresh
    subject = find_subject(program, ctx, log, name, cycle)
    if subject.run is None or now < log.created or not subject.known:
        return _without_account(program, ctx, subject)
    return _account(program, ctx, log, subject, subject.run, limit)


def _without_account(program: Program, ctx: Context, subject: Subject) -> ClockExplanation:
    """Of what has not begun, or is not known, nothing can be added up."""
    line = subject.spec.default
    unknown = not subject.known and ctx.now >= ctx.hist.created
    return ClockExplanation(
        ticket=ctx.ticket.id,
        name=subject.name,
        level=subject.level,
        cycle=0,
        cycles=0,
        now_us=ctx.now,
        zone=line.zone,
        calendar=_called(program, line),
        state="unknown" if unknown else "not-started",
        starts=subject.starts,
        missing=("events",) if unknown else (),
    )


def _account(
    program: Program, ctx: Context, log: ClockLog, subject: Subject, run: Run, limit: int
) -> ClockExplanation:
    left = subject.left if run.ended is None else None
    judged = _judged_in(program, ctx, run, subject, left)
    at = ctx.now if left is None else left
    reading = read_run(run, subject.spec.goal(judged), at)
    shown, line = reading.shown(), reading.timeline
    end = at if run.ended is None else run.ended
    rows = list(rows_of(line, run, log, end, reading.tally.due))
    told, unit = summarised(rows, line.zone, reading.tally.due, limit)
    skipped = line.skipped(run.begun, max(end, rows[-1].end_us if rows else end))
    missed = shown.due_us if shown.state == "breached" else None
    return ClockExplanation(
        ticket=ctx.ticket.id,
        name=subject.name,
        level=subject.level,
        cycle=subject.cycle,
        cycles=subject.cycles,
        now_us=ctx.now,
        zone=line.zone,
        calendar=_called(program, line),
        state=shown.state,
        starts=subject.starts,
        begun_us=run.begun,
        begun_by=_moment(log, run.begun, (*subject.starts, "reopened")),
        ended_us=run.ended,
        ended_by=_moment(log, run.ended, (*sorted(run.spec.stops), "resolved", "closed")),
        left_us=left,
        target=_target(judged, subject),
        target_us=shown.target_us,
        due_us=shown.due_us,
        elapsed_us=shown.elapsed_us,
        remaining_us=shown.remaining_us,
        overdue_us=shown.overdue_us,
        late_us=None if missed is None else end - missed,
        paused_by=shown.paused_by,
        outside=shown.outside,
        rows=told,
        unit=unit,
        skipped=tuple(_skipped(line, day, name) for day, name in skipped[:_MOST_SKIPPED]),
        skipped_count=len(skipped),
        warnings=tuple(_warnings(log, subject, reading, run, rows)),
        effects=tuple(_effects(log, subject)),
        missing=() if reading.field is None else (reading.field,),
    )


def _judged_in(
    program: Program, ctx: Context, run: Run, subject: Subject, left: int | None
) -> Context:
    """The ticket as it was when the run ended, or while it still stood at the level that it
    has left; else as it is."""
    spec = subject.spec
    if left is not None and not spec.plain:
        then = program.past(ctx, left - 1, None) or ctx
        then.values = {**then.values, "level": subject.level, "owner": subject.owner}
        return then
    if run.ended is not None and not spec.plain:
        return program.past(ctx, run.ended, spec.fields) or ctx
    return ctx


def _called(program: Program, line: Timeline) -> str:
    return next(name for name, other in program.timelines.items() if other is line)


def _moment(log: ClockLog, us: int | None, wanted: Sequence[str]) -> str | None:
    """Which of these moments was at an instant."""
    marks = log.marks.get(us, ()) if us is not None else ()
    return next((moment for moment in wanted if moment in marks), None)


def _target(judged: Context, subject: Subject) -> TargetSaid | None:
    """The target as it is written, and why it is this one."""
    if subject.written is None or subject.spec.target is None:
        return None
    number = subject.spec.target.choose(judged).case
    if number is None:
        return TargetSaid("none", "no case holds")
    case = subject.written.cases[number]
    use = case.use
    said = "none" if use is None else f"at {use.at}" if isinstance(use, At) else str(use)
    if not subject.written.written:
        return TargetSaid(said, None)
    return TargetSaid(said, "otherwise" if case.when is None else condition_words(case.when.root))


def _skipped(line: Timeline, day: str, name: str) -> Skipped:
    hours = line.day_hours(date.fromisoformat(day).toordinal())
    return Skipped(day, name, tuple((_clock(line, a), _clock(line, b, end=True)) for a, b in hours))


def _clock(line: Timeline, us: int, *, end: bool = False) -> str:
    said = minute_text(us, line.zone)[-5:]
    return "24:00" if end and said == "00:00" else said


def _warnings(
    log: ClockLog, subject: Subject, reading: Reading, run: Run, rows: Sequence[Row]
) -> Iterator[WarningPoint]:
    deadline, target = subject.deadline, reading.target
    if deadline is None:
        return
    first = run.stretches[0][0] if run.stretches else run.since
    for point, written in zip(deadline.warn, deadline.warn_words, strict=True):
        at = None
        if target not in (None, ABSENT):
            at = reached(rows, first, threshold_of(point, target or 0, reading.timeline))
        key = f"warn:{subject.key}:{written}"
        sent = log.keys.get(key)
        yield WarningPoint(written, at, sent is not None or key in log.done_only, sent)


def _effects(log: ClockLog, subject: Subject) -> Iterator[Effect]:
    """What has fired for this clock and cycle, by the keys that the ticket holds."""
    for key, us in log.keys.items():
        if us is None and key not in log.done_only:
            continue  # of an event that is still to come
        kind, _, rest = key.partition(":")
        if subject.deadline is not None:
            if key == subject.key:
                yield Effect(subject.deadline.cause, us)
        elif kind == "trigger":
            trigger, _, cause = rest.partition(":")
            if f"{subject.name}={subject.cycle}" in cause.split(":")[0].split(","):
                yield Effect(trigger, us)
