"""What conditions read, fact by fact. Language: "Facts that conditions may read"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support import slow_clocks, slow_promises
from support.slow_time import timeline

if TYPE_CHECKING:
    from support.slow_world import World

NEVER = object()
"""What has not happened: every comparison with it is false."""


@dataclass(frozen=True)
class Unknown:
    missing: frozenset[str]
    possible: tuple[str, ...] | None = None
    """What it can be, where that is known."""
    there: bool = False
    """Whatever it is, it is something."""


@dataclass(frozen=True)
class Measure:
    """Working time."""

    us: int


@dataclass(frozen=True)
class Percent:
    part: int
    whole: int


EVENTS = Unknown(frozenset({"events"}))
NOTHING: frozenset[str] = frozenset()


def ranks(world: World, name: str) -> tuple[Any, ...] | None:
    if name == "level":
        return tuple(level.id for level in world.policy.levels)
    spec = world.policy.fields.get(name)
    return spec.ordered if spec is not None else None


def fact(world: World, name: str, calendar: str | None = None) -> tuple[Any, frozenset[str]]:
    """The fact's value, and what its deriving lacked."""
    if name in world.policy.fields or name in world.policy.derive:
        return stated(world, name)
    head, _, rest = name.partition(".")
    past = world.past
    line = timeline(world.policy, calendar)
    if head in ("since", "since_first"):
        return since(world, head, rest, line), NOTHING
    if head == "clock":
        return clock(world, rest), NOTHING
    if head == "calendar":
        opens = timeline(world.policy, rest).is_open(world.now)
        return ("open" if opens else "closed"), NOTHING
    if head == "authority":
        powers = [o.authority[rest] for o in world.policy.owners.values() if rest in o.authority]
        nothing = False if isinstance(powers[0], bool) else 0
        owner = world.policy.owners.get(world.owner or "")
        return (nothing if owner is None else owner.authority.get(rest, nothing)), NOTHING
    if head == "desk":
        return desk(world, rest), NOTHING
    if head == "promise":
        return promise(world, rest, line), NOTHING
    if (name in COUNTS or name == "idle") and not past.known:
        return EVENTS, NOTHING
    if name in COUNTS:
        return count(world, name), NOTHING
    match name:
        case "status":
            value = past.status
        case "phase":
            value = past.phase
        case "active":
            value = past.active
        case "level":
            value = world.standing
        case "owner":
            value = world.owner
        case "assignee":
            value = past.assignee
        case "age":
            value = Measure(line.between(past.created, world.now))
        case "idle":
            people = [h.us for h in past.happenings if h.event is not None and h.event.key is None]
            value = Measure(line.between(people[-1] if people else past.created, world.now))
        case "at_level":
            if past.level is None or past.entered_us > world.now:
                return NEVER, NOTHING
            value = Measure(line.between(past.entered_us, world.now))
        case _:
            return stated(world, name)
    return (Unknown(frozenset({name})) if value is None else value), NOTHING


def stated(world: World, name: str) -> tuple[Any, frozenset[str]]:
    value = world.ticket.get(name)
    if value is not None:
        return value, NOTHING
    if name in world.policy.derive:
        case, lacked = world.pick(world.policy.derive[name])
        if case is None or case.use is None:
            return Unknown(frozenset({name})), lacked
        return case.use, lacked
    return Unknown(frozenset({name})), NOTHING


COUNTS = {
    "escalations": "escalated",
    "transfers": "transferred",
    "replies.agent": "agent-reply",
    "replies.customer": "customer-reply",
    "replies.bot": "bot-reply",
    "reopens": "reopened",
}


def count(world: World, name: str) -> int:
    among = world.past.happenings if name == "reopens" else world.past.present
    return len([h for h in among if COUNTS[name] in h.moments])


def since(world: World, which: str, moment: str, line: Any) -> Any:
    past = world.past
    if not past.knows(moment):
        return EVENTS
    if moment == "created":
        return Measure(line.between(past.created, world.now))
    found = [h.us for h in past.present if moment in h.moments]
    if not found:
        return NEVER
    return Measure(line.between(found[0] if which == "since_first" else found[-1], world.now))


def clock(world: World, rest: str) -> Any:
    name, _, measure = rest.partition(".")
    state = slow_clocks.clock_state(world, name)
    lacks_target = state.elapsed is not None and state.cannot_tell
    if measure == "":
        possible = ("met" if state.over else "running", "breached") if lacks_target else None
        if state.state != "unknown":
            return state.state
        return Unknown(state.lacks, possible, there=lacks_target)
    if (lacks_target and measure != "elapsed") or (
        state.elapsed is None and state.state == "unknown"
    ):
        return Unknown(state.lacks, there=lacks_target)
    if measure == "percent":
        if state.cycle == 0 or state.target is None:
            return NEVER
        return Percent(state.elapsed, state.target)
    value = getattr(state, measure)
    return NEVER if value is None else Measure(value)


def promise(world: World, measure: str, line: Any) -> Any:
    if not world.past.known:
        return EVENTS
    if not measure:
        return slow_promises.state(world)
    word = slow_promises.foremost(world)
    if word is None:
        return NEVER
    first, last = (world.now, word.due) if measure == "remaining" else (word.due, world.now)
    return Measure(line.between(first, last) if first < last else 0)


def desk(world: World, rest: str) -> Any:
    kind, _, owner = rest.partition(".")
    unknown = Unknown(frozenset({f"desk.{rest}"}))
    here = world.desk
    if kind == "similar":
        return here.similar.get(world.ticket.id, unknown)
    spec = world.policy.owners.get(owner)
    most = here.capacity.get(owner, spec.capacity if spec is not None else None)
    if owner not in here.open or (kind == "load" and not most):
        return unknown
    return here.open[owner] if kind == "open" else here.open[owner] / most
