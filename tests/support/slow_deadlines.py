"""The deadlines, warnings and reminders of the present level, and the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalate.policy.level import Deadline
from escalate.worktime.duration import Duration
from escalate.worktime.zone import to_us
from support.slow_clocks import State, judged, paused
from support.slow_time import Run, after, timeline

if TYPE_CHECKING:
    from support.slow_history import Happening
    from support.slow_world import World

WAITING = ("waiting",)


@dataclass
class Running:
    """A deadline that has not ended yet."""

    name: str
    key: str
    run: Run
    state: State
    calendar: str | None
    spec: Any

    @property
    def due(self) -> int | None:
        """Absent while it stands still, unless it was missed before."""
        return self.state.due


def acknowledges(happening: Happening) -> bool:
    event = happening.event
    if "agent-reply" in happening.moments:
        return True
    if event is None:
        return False
    given = event.type == "assigned" and event.by is not None and event.key is None
    return event.type == "acknowledged" or given


def level_calendar(world: World, level: Any) -> str | None:
    return world.choose(level.calendar) if level.calendar is not None else None


def run_of(
    world: World, name: str, names: tuple[str, ...], anew: bool = False
) -> tuple[Run | None, int]:
    """The run since the entry, unless it has ended; and the transfers that began it."""
    past = world.past
    transfers = 0
    run = Run(past.entered_us, [])
    entry = past.happenings[-len(past.since_entry) - 1]
    if not paused(names, entry):
        run.stretches.append((past.entered_us, None))
    ended = False
    for happening in past.since_entry:
        event = happening.event
        if name in ("acknowledge", "remind") and acknowledges(happening):
            ended = True
        if name in ("respond", "remind") and "agent-reply" in happening.moments:
            ended = True
        if paused(names, happening):
            if run.running:
                run.stretches[-1] = (run.stretches[-1][0], happening.us)
        elif not run.running:
            run.stretches.append((happening.us, None))
        if anew and event is not None and event.type == "transferred":
            transfers += 1
            ended = False
            run = Run(happening.us, [])
            if not paused(names, happening):
                run.stretches.append((happening.us, None))
    return (None if ended else run), transfers


def unknown(world: World, name: str) -> bool:
    """Whether a ticket without events leaves it open if that has ended."""
    if name == "resolve" or world.past.knows("agent-reply"):
        return False
    world.missing.add("events")
    return True


def stands(world: World) -> bool:
    past = world.past
    return past.active and past.level is not None and not past.reopened


def running_deadlines(world: World) -> list[Running]:
    if not stands(world):
        return []
    level = world.level(world.past.level)
    found = []
    for name in ("acknowledge", "respond", "resolve"):
        spec, promised = getattr(level.deadlines, name), None
        if spec is None:
            spec = promised = agreed(world, name)
        if spec is None or unknown(world, name):
            continue
        anew = name == "acknowledge" or promised is not None
        run, transfers = run_of(world, name, spec.paused or WAITING, anew)
        if run is None:
            continue
        key = f"{level.id}:{world.past.visit}:{name}" + (f":{transfers}" if transfers else "")
        case, lacked = world.pick(spec.target)
        world.missing |= lacked
        calendar = target_calendar(world, level, spec, case)
        state = judged(world, run, case.use if case else None, calendar, world.now)
        world.missing |= state.lacks
        found.append(Running(name, key, run, state, calendar, spec))
    return found


def agreed(world: World, name: str) -> Any:
    """What the vendor who has the ticket has promised, if it is such a one."""
    vendor = world.policy.owners.get(world.owner or "")
    promise = getattr(getattr(vendor, "agreed", None), name, None)
    if vendor is None or promise is None:
        return None
    case = {"otherwise": str(promise), "calendar": vendor.calendar or world.policy.calendar}
    return Deadline.model_validate({"target": [case]})


def target_calendar(world: World, level: Any, spec: Any, case: Any) -> str | None:
    if case is not None and case.calendar is not None:
        return case.calendar
    if spec.calendar is not None:
        own = world.choose(spec.calendar)
        if own is not None:
            return own
    return level_calendar(world, level)


def missed(world: World, deadline: Running) -> bool:
    """Whether it fires: it runs, and is past due."""
    return deadline.run.running and deadline.due is not None and deadline.due <= world.now


def warning(world: World, deadline: Running) -> str | None:
    """The key of the latest warning point that is reached, if it is not yet sent."""
    state = deadline.state
    if not deadline.run.running or missed(world, deadline) or state.target is None:
        return None
    points: list[tuple[int, str]] = []
    for point in deadline.spec.warn:
        if isinstance(point, Duration):
            if state.remaining <= point.us:
                points.append((max(0, state.target - point.us), str(point)))
        elif state.elapsed * 100 >= int(point[:-1]) * state.target:
            points.append((int(point[:-1]) * state.target // 100, point))
    if not points:
        return None
    last = max(at for at, _ in points)
    latest = [point for at, point in points if at == last][-1]
    key = f"warn:deadline:{deadline.key}:{latest}"
    return None if key in world.past.keys else key


def reminder(world: World) -> str | None:
    """The key of the level's latest reminder that is due, if it is not yet sent."""
    if not stands(world):
        return None
    level = world.level(world.past.level)
    if level.remind is None:
        return None
    run, _ = run_of(world, "remind", WAITING)
    if run is None or not run.running or unknown(world, "remind"):
        return None
    line = timeline(world.policy, level_calendar(world, level))
    number = run.elapsed(line, world.now) // level.remind.every.us
    if level.remind.times is not None:
        number = min(number, level.remind.times)
    key = f"remind:{level.id}:{world.past.visit}:{number}"
    return None if number < 1 or key in world.past.keys else key


def review(world: World) -> Duration | None:
    policy = world.policy
    if policy.review is not None:
        return world.choose(policy.review)
    return Duration.parse("1d" if policy.calendar == "always" else "1 workday")


def tends(world: World, happening: Happening) -> bool:
    """Whether the desk did something there, or told the owner."""
    event = happening.event
    if happening.move or happening.moments & {"agent-reply", "internal-note", "entered"}:
        return True
    if event is None:
        return "status" in happening.moments
    if event.type == "promised":
        return event.key is None
    if event.type == "action":
        tells = event.action in ("remind", "warn", "ask", "notify")
        return tells and event.to == world.owner
    return event.type in ("documented", "acknowledged", "assigned", "status")


def reached(happening: Happening) -> int:
    """When it had its effect: what was held back, at the end of the quiet hours."""
    event = happening.event
    if event is None or event.hold_until is None:
        return happening.us
    return max(happening.us, to_us(event.hold_until))


def review_due(world: World) -> str | None:
    """The key of the review, if it is due."""
    every = review(world)
    if not world.past.active or every is None:
        return None
    tended = [reached(h) for h in world.past.happenings if tends(world, h)]
    base = max(tended, default=world.past.created)
    line = timeline(world.policy, None)
    if not world.past.known:
        return kept_review(world, line, base, every)
    number = 1 + len([key for key in world.past.keys if key.startswith("review:")])
    due = after(line, base, every)
    return f"review:{number}" if due <= world.now else None


def kept_review(world: World, line: Any, base: int, every: Duration) -> str | None:
    """Without events nothing tells when the last was sent, so all count from one base,
    and the latest that is due is the one that is sent."""
    number = 0
    while after(line, base, times(every, number + 1)) <= world.now:
        number += 1
    key = f"review:{number}"
    return key if number and key not in world.past.keys else None


def times(every: Duration, number: int) -> Duration:
    return Duration(every.us * number, every.workdays * number)
