"""What the present owner is reminded of: warnings, reminders, reviews, what is lacking.

Language: "Deadlines", "Review", "Hand-over"; finer points 26, 34, 35.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalate.evaluator.causes import deadline_key
from escalate.evaluator.compiled import CompiledDeadline, Repeat
from escalate.evaluator.conditions import Chosen
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Lacking, after
from escalate.evaluator.history import History
from escalate.evaluator.nudge import Nudge
from escalate.evaluator.readings import ABSENT, Reading
from escalate.worktime import Duration, Timeline
from escalate.worktime.epoch import DAY
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = [
    "asks",
    "grace",
    "plain_review_due",
    "reminder",
    "review",
    "review_due",
    "threshold_of",
    "warning",
]


def warning(ctx: Context, deadline: CompiledDeadline, reading: Reading) -> Nudge | None:
    """The latest warning point passed, unless it or a later one was sent."""
    if not deadline.warn or reading.state != "running" or reading.target in (None, ABSENT):
        return None
    target = reading.target or 0
    points = sorted(
        (threshold_of(point, target, reading.timeline), i) for i, point in enumerate(deadline.warn)
    )
    passed = [i for at, i in points if at <= reading.elapsed]
    for at, _ in points:
        if at > reading.elapsed:
            ctx.note(reading.reached(at))
            break
    base = f"warn:{deadline_key(ctx.hist, deadline)}"
    keys = [f"{base}:{deadline.warn_words[i]}" for i in passed]
    sent = [n for n, key in enumerate(keys) if key in ctx.hist.keys]
    if not keys or (sent and sent[-1] == len(keys) - 1):
        return None
    return Nudge("warn", keys[-1], deadline.cause)


def threshold_of(point: int | Duration, target: int, timeline: Timeline) -> int:
    """The elapsed working time at which a warning is due."""
    if isinstance(point, Duration):
        return max(target - point.us, 0)
    return -(-point * target // 100)


def reminder(
    ctx: Context, level: str, repeat: Repeat, reading: Reading, begun: int
) -> Nudge | None:
    """The latest of the level's reminders that is due, unless it was sent."""
    if not reading.running:
        return None
    every, times = repeat.every, repeat.times
    timeline = reading.timeline

    def threshold(n: int) -> int:
        if not every.workdays:
            return every.us * n
        until = timeline.add_workdays(begun, every.workdays * n)
        return NEVER if until >= NEVER else timeline.between(begun, until)

    if threshold(1) <= 0:
        return None
    count = 0
    if every.workdays:
        while threshold(count + 1) <= reading.elapsed and (times is None or count < times):
            count += 1
    else:
        count = reading.elapsed // every.us
        if times is not None:
            count = min(count, times)
    if times is None or count < times:
        following = threshold(count + 1)
        if following < NEVER:
            ctx.note(reading.reached(following))
    key = f"remind:{level}:{ctx.hist.visit}:{count}"
    if count < 1 or key in ctx.hist.keys:
        return None
    return Nudge("remind", key, level)


def grace(review: Duration | None) -> int:
    """How long after its base a review is surely not due.

    Working time is never longer than real time, and each workday is at least a day after
    the one before, but for the first and for what a change of clocks takes away.
    """
    if review is None:
        return 0
    return max(review.workdays - 2, 0) * DAY if review.workdays else review.us


def review_due(
    ctx: Context,
    chosen: Chosen[Duration] | None,
    usual: Duration,
    calendar: Timeline,
) -> int | None:
    """When the ticket has lain untouched too long; ``None`` if nobody minds."""
    duration, own = usual, calendar
    if chosen is not None:
        ctx.note(chosen.horizon, chosen.missing)
        if chosen.value is None:
            return None
        duration, calendar = chosen.value, chosen.calendar or calendar
    hist = ctx.hist
    if not hist.known:
        return _kept(ctx, duration, calendar)[1]
    kept, due = hist.review
    if kept is not duration:
        owner = ctx.values.get("owner")
        base = max(hist.desk_acted, hist.told.get(owner, 0)) if hist.told else hist.desk_acted
        due = after(calendar, base, duration.us, duration.workdays)
        if calendar is own and not hist.told:
            hist.review = (duration, due)
    return due if due < NEVER else None


def plain_review_due(program: Program, hist: History) -> int | None:
    """The same where it is so long after what was last done, whatever the ticket; else
    ``None``. :data:`NEVER` if nobody minds."""
    if not hist.known or hist.told or (program.review is not None and program.review.plain is None):
        return None
    duration, calendar = program.usual_review, program.calendar
    if program.review is not None and program.review.plain is not None:
        plain = program.review.plain
        if plain.value is None:
            return NEVER
        duration, calendar = plain.value, plain.calendar or calendar
    return after(calendar, hist.desk_acted, duration.us, duration.workdays)


def _kept(ctx: Context, duration: Duration, calendar: Timeline) -> tuple[int, int | None]:
    """Without events nothing tells when the last review was: all count from one base, and
    of those that are due only the latest is sent. Its number, and when the next is due."""
    base, now = ctx.hist.desk_acted, ctx.now

    def due(n: int) -> int:
        return after(calendar, base, duration.us, duration.workdays, n)

    if due(1) >= NEVER:
        return 0, None
    low, high = 0, 1
    while due(high) <= now:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if due(middle) <= now else (low, middle)
    if low and f"review:{low}" not in ctx.hist.keys:
        return low, due(low)
    following = due(low + 1)
    return low, following if following < NEVER else None


def review(
    ctx: Context, chosen: Chosen[Duration] | None, usual: Duration, calendar: Timeline
) -> Nudge:
    """The reminder that a ticket lies untouched."""
    if not ctx.hist.known:
        duration = usual
        if chosen is not None and chosen.value is not None:
            duration, calendar = chosen.value, chosen.calendar or calendar
        count = _kept(ctx, duration, calendar)[0]
        return Nudge("remind", f"review:{count}", "review")
    count = sum(1 for key in ctx.hist.keys if key.startswith("review:"))
    return Nudge("remind", f"review:{count + 1}", "review")


def asks(
    ctx: Context, lacking: Sequence[Lacking], again: Duration | None, calendar: Timeline
) -> list[Nudge]:
    """What is asked for now, of all that causes wait for."""
    found = []
    for lack in lacking:
        items = "+".join(lack.items)
        base = f"ask:{lack.name}:{ctx.hist.cycle}:{lack.level}:{lack.goal}:{items}"
        count = 0
        while f"{base}:{count}" in ctx.hist.keys:
            count += 1
        if count:
            last = ctx.hist.keys.get(f"{base}:{count - 1}")
            if last is None or again is None:
                continue
            due = after(calendar, last, again.us, again.workdays)
            if ctx.now < due:
                ctx.note(due)
                continue
        found.append(Nudge("ask", f"{base}:{count}", lack.name, lack.items, False))
    return found
