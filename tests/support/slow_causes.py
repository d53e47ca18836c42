"""Which triggers and deadlines act, and under which keys. Language: "Triggers"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from escalate.policy.condition import Compare
from escalate.policy.effects import Effects
from escalate.ticket import EPOCH
from escalate.worktime.zone import find_zone
from support.slow_conditions import everything, matched_requests
from support.slow_deadlines import missed, running_deadlines
from support.slow_facts import Unknown, stated
from support.slow_moves import NOWHERE, Goal, goal_of
from support.slow_promises import number
from support.slow_time import after, timeline

if TYPE_CHECKING:
    from escalate.policy.trigger import Trigger
    from support.slow_world import World


@dataclass
class Cause:
    """A trigger or missed deadline that would act now."""

    name: str
    key: str
    effects: Effects
    requests: tuple[int, ...] = ()
    spent: bool = False
    goal: Goal = NOWHERE
    lacks: tuple[str, ...] = ()
    deadline: bool = False

    @property
    def fires(self) -> bool:
        return self.spent or (self.goal.kind != "wait" and not self.lacks)


def causes(world: World) -> list[Cause]:
    """Triggers as written, then deadlines; those that wait among them."""
    found = []
    for trigger in world.policy.triggers:
        cause = trigger_cause(world, trigger)
        if cause is not None:
            found.append(aim(world, cause, trigger.when))
    for deadline in running_deadlines(world):
        key = f"deadline:{deadline.key}"
        if missed(world, deadline) and key not in world.past.keys:
            name = f"deadline:{world.past.level}:{deadline.name}"
            effects = deadline.spec.on_breach or Effects(escalate="next")
            spent = world.past.acted_now(name)
            found.append(aim(world, Cause(name, key, effects, (), spent, deadline=True), None))
    return found


def aim(world: World, cause: Cause, when: Any) -> Cause:
    if cause.spent or not cause.effects.moves or not world.past.active:
        return cause
    cause.goal = goal_of(world, cause.effects, when)
    if cause.goal.kind in ("escalate", "transfer"):
        cause.lacks = tuple(world.past.lacking(cause.effects.requires))
    return cause


def trigger_cause(world: World, trigger: Trigger) -> Cause | None:
    past = world.past
    phases = {"active": ("open", "waiting"), "any": ("open", "waiting", "resolved", "closed")}
    if past.phase not in phases.get(trigger.for_, (trigger.for_,)):
        return None
    if trigger.at is not None and world.standing not in trigger.at:
        return None
    asked = matched_requests(world, trigger.when.root)
    key = f"trigger:{trigger.id}:{cause_of(world, trigger, asked)}"
    again = next_key(world, trigger, key)
    if again is None:
        return None
    value, missing = world.judge(trigger.when)
    world.missing |= missing
    if not value:
        return None
    if trigger.once == "problem":
        world.missing |= problem_lacks(world)
    ordinals = tuple(sorted(one.ordinal for one in asked))
    return Cause(trigger.id, again, trigger, ordinals, past.acted_now(trigger.id))


def cause_of(world: World, trigger: Trigger, asked: list[Any]) -> str:
    if trigger.once == "ticket":
        return "ticket"
    if trigger.once == "problem":
        return problem(world)
    nodes = everything(world, trigger.when.root)
    if asked:
        return f"request={min(one.ordinal for one in asked)}"
    read = {n.fact.split(".")[1] for n in nodes if isinstance(n, Compare) and is_clock(n)}
    cycles = [f"{name}={clock_cycle(world, name)}" for name in sorted(read)]
    if any(isinstance(n, Compare) and n.fact.split(".")[0] == "promise" for n in nodes):
        cycles.append(f"promise.{number(world)}")
    if cycles:
        return ",".join(cycles)
    return str(world.past.cycle)


def is_clock(node: Compare) -> bool:
    return node.fact.startswith("clock.")


def clock_cycle(world: World, name: str) -> int:
    from support.slow_clocks import clock_state

    return clock_state(world, name).cycle


def problem_lacks(world: World) -> set[str]:
    lacks: set[str] = set()
    for name in world.policy.similar:
        value, missing = stated(world, name)
        lacks |= missing
        if isinstance(value, Unknown):
            return lacks | value.missing  # one is enough to make it its own problem
    return lacks


def problem(world: World) -> str:
    values = [stated(world, name)[0] for name in world.policy.similar]
    if not values or any(isinstance(value, Unknown) for value in values):
        return f"ticket={world.ticket.id}"
    created = EPOCH + timedelta(microseconds=world.past.created)
    day = created.astimezone(find_zone(world.policy.timezone)).date()
    return f"{','.join(str(value) for value in values)}:{day.isoformat()}"


def next_key(world: World, trigger: Trigger, key: str) -> str | None:
    """The key that it would fire under, or nothing if it is spent or at rest."""
    used = world.past.keys
    if trigger.once == "problem":
        used = used | world.desk.fired
    if key not in used:
        return key
    if trigger.repeat is None:
        return None
    number = 1
    while f"{key}:{number}" in used:
        number += 1
    if trigger.repeat.times is not None and number > trigger.repeat.times:
        return None
    last = world.past.keyed_at(key if number == 1 else f"{key}:{number - 1}")
    if last is None:
        return None
    due = after(timeline(world.policy, None), last, trigger.repeat.every)
    return f"{key}:{number}" if due <= world.now else None
