"""Which target a clock or deadline has for this ticket. Language: "Time", targets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from escalate.evaluator.conditions import CompiledCases
from escalate.evaluator.context import Context
from escalate.evaluator.readings import Goal, Reading, read_run
from escalate.evaluator.timers import Run
from escalate.policy.target import At
from escalate.ticket import EPOCH
from escalate.worktime import Duration, Timeline
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.compiled import CompiledLevel
    from escalate.evaluator.history import History

__all__ = ["GoalSpec", "deadlines_of", "instant_of", "past_reading", "plainly_due", "reading"]

_US = EPOCH.resolution


class GoalSpec:
    """A target's cases, and the calendar where no case names its own.

    ``fields`` are those that decide which case holds, where nothing else does: as long
    as they stay, so does the target.
    """

    __slots__ = ("always", "calendar", "default", "fields", "fixed", "plain", "target")

    def __init__(
        self,
        target: CompiledCases[Duration | At] | None,
        calendar: CompiledCases[Timeline] | None,
        default: Timeline,
        fields: frozenset[str] | None = None,
    ) -> None:
        self.fields = fields
        self.target = target
        self.calendar = calendar
        self.default = default
        self.plain = (target is None or target.plain is not None) and (
            calendar is None or calendar.plain is not None
        )
        """Whether it is the same for every ticket."""
        self.fixed = (target is None or target.fixed) and (calendar is None or calendar.fixed)
        """Whether only the snapshot has a say in it."""
        self.always = self._plain_goal() if self.plain else None

    def _plain_goal(self) -> Goal | None:
        """The goal of every ticket, unless it hangs on a field."""
        timeline, us, workdays = None, None, None
        if self.target is not None and self.target.plain is not None:
            value, timeline = self.target.plain.value, self.target.plain.calendar
            if isinstance(value, At):
                return None
            if value is not None:
                workdays = value.workdays or None
                us = None if workdays else value.us
        if timeline is None and self.calendar is not None and self.calendar.plain is not None:
            timeline = self.calendar.plain.value
        return Goal(timeline or self.default, us, workdays)

    def goal(self, ctx: Context) -> Goal:
        """The target for this ticket as it is in the context."""
        if self.always is not None:
            return self.always
        target = calendar = None
        if self.target is not None:
            chosen = self.target.choose(ctx)
            ctx.note(chosen.horizon, chosen.missing)
            target, calendar = chosen.value, chosen.calendar
        if calendar is None:
            calendar = self._calendar(ctx)
        if target is None:
            return Goal(calendar)
        if isinstance(target, At):
            at = instant_of(ctx.values.get(target.at))
            if at is None:
                ctx.note(ctx.horizon, (target.at,))
                return Goal(calendar, field=target.at)
            return Goal(calendar, at=at)
        if target.workdays:
            return Goal(calendar, workdays=target.workdays)
        return Goal(calendar, us=target.us)

    def _calendar(self, ctx: Context) -> Timeline:
        if self.calendar is None:
            return self.default
        chosen = self.calendar.choose(ctx)
        ctx.note(chosen.horizon, chosen.missing)
        return chosen.value or self.default


def instant_of(value: object) -> int | None:
    """What a field says as an instant, in microseconds; ``None`` if it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return None
        if moment.tzinfo is not None:
            return (moment - EPOCH) // _US
    return None


def reading(ctx: Context, run: Run, spec: GoalSpec) -> Reading:
    """The run's reading with the target as the ticket is now."""
    return read_run(run, spec.goal(ctx), ctx.now)


def past_reading(
    ctx: Context,
    run: Run,
    spec: GoalSpec,
    past: Callable[[Context, int, frozenset[str] | None], Context | None],
) -> Reading:
    """The reading of a run that may have ended: judged by the target it ended with.

    Finer point 16. ``past`` makes the context of the ticket as it stood at an instant, or
    none where nothing later changed it, or these fields of it.
    """
    if run.ended is None or spec.plain:
        return reading(ctx, run, spec)
    then = past(ctx, run.ended, spec.fields)
    if then is None:
        return reading(ctx, run, spec)
    goal = spec.goal(then)
    ctx.missing |= then.missing
    return read_run(run, goal, ctx.now)


def deadlines_of(
    ctx: Context, level: CompiledLevel
) -> tuple[dict[str, Reading], dict[str, int | None]]:
    """The readings of the present level's deadlines, and when each is due."""
    hist = ctx.hist
    readings: dict[str, Reading] = {}
    due: dict[str, int | None] = {}
    if hist.entry_assumed:
        ctx.warn(
            "ESC937",
            "when the ticket came to its level is not known, so its creation counts; "
            "`level_entered_at` or `events` would tell",
        )
    for deadline, run in zip(level.deadlines, hist.deadlines, strict=False):
        name = deadline.name
        if not run.live or not deadline.counts(ctx.values.get("owner")):
            continue
        if name != "resolve" and not ctx.knows("agent-reply"):
            ctx.missing.add("events")
            continue
        read = readings[name] = reading(ctx, run, deadline.goal)
        until = due[name] = read.due
        if until is not None and read.state == "running":
            ctx.note(until)
    return readings, due


def plainly_due(hist: History, level: CompiledLevel) -> dict[str, int | None] | None:
    """When each of the present level's deadlines is due, where each is so much working time
    for every ticket and none has run out in an earlier stretch; else ``None``. What
    `deadlines_of` finds, without what is made for it on the way."""
    if level.plain is None or hist.entry_assumed or not hist.known:
        return None
    due: dict[str, int | None] = {}
    for (name, timeline, left, vendors), run in zip(level.plain, hist.deadlines, strict=False):
        if not run.live or (vendors and hist.owner not in vendors):
            continue
        for start, end in run.stretches:
            left -= timeline.between(start, end)
            if left <= 0:
                return None
        since = run.since
        if since is None:
            due[name] = None
        else:
            at = timeline.add(since, left)
            due[name] = at if at < NEVER else None
    return due
