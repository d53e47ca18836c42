"""The state after a step, which messages and the decision's deadlines speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.slow_apply import moved_ticket
from support.slow_deadlines import running_deadlines
from support.slow_world import World

if TYPE_CHECKING:
    from support.slow_actions import Step
    from support.slow_causes import Cause


def after_step(
    world: World, step: Step, winner: Cause | None, sets: dict[str, Any]
) -> dict[str, Any]:
    fields = {name: value for won in sets.values() for name, value in won.items()}
    then = world
    if step.step is not None or fields:
        ticket = moved_ticket(world, step, fields)
        then = World(world.policy, ticket, world.desk, world.now)
    stand = (step.level, step.owner) if step.step else (then.past.level, then.owner)
    deadlines = {d.name: d.due for d in running_deadlines(then)}
    world.missing |= then.missing
    return {
        "level": stand[0],
        "owner": stand[1],
        "fields": fields,
        "deadlines": deadlines,
        "world": then,
    }
