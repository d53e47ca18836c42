"""The independent slow evaluator: a decision from the two pages, in the plainest way."""

from __future__ import annotations

from typing import Any

from escalate.desk import Desk
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from support.slow_actions import Step, action, actions, won_fields
from support.slow_after import after_step
from support.slow_causes import Cause, causes
from support.slow_clocks import clock_state
from support.slow_deadlines import (
    missed,
    reminder,
    review,
    review_due,
    running_deadlines,
    warning,
)
from support.slow_moves import first_level, path_of
from support.slow_people import (
    assignee,
    away,
    duty,
    own_owner,
    quiet_until,
    taker,
    urgent,
    when_told,
)
from support.slow_time import after, timeline
from support.slow_world import World

__all__ = ["slow_decide"]


def slow_decide(policy: Policy, ticket: Ticket, desk: Desk, now: int) -> dict[str, Any]:
    """The comparable parts of a decision."""
    world = World(policy, ticket, desk, now)
    past = world.past
    path, _ = path_of(world)
    if now < past.created:
        return not_yet(policy, path)
    if past.active and past.level is None:
        world.counted = first_level(world).id
    wanted = causes(world)
    fired = [cause for cause in wanted if cause.fires]
    sets = won_fields(world, fired)
    ends = any(
        past.phase_of(s["status"]) in ("resolved", "closed") for s in sets.values() if "status" in s
    )
    winner = None if ends or not past.active else movement(world, fired)
    step = made(world, winner, ends)
    deciding = winner or (fired[0] if fired else None)
    world.after = after_step(world, step, winner, sets)
    done = actions(world, fired, step, deciding, sets)
    asked: list[dict[str, Any]] = []
    if step.step is None and past.active and not ends:
        asked = [ask for cause in wanted if cause.lacks for ask in asks_of(world, cause)]
        done += asked
        nudges = reminders(world, wanted)
        if quiet_until(world, world.owner) is not None and not (nudges and urgent(world)):
            # They come due when the quiet hours end; but what comes once comes now.
            nudges = [one for one in nudges if one["key"].endswith("/remind")]
        done += nudges
    for one in done:
        if one["to"] is not None and one["action"] in ("notify", "remind", "warn", "ask"):
            who = duty(world, one["to"])
            one["what"] |= {} if who is None else {"on_duty": who}
            if one["action"] != "notify":
                one["what"] |= when_told(world, one["to"], urgent(world))
    name = step.step or ("ask" if asked else "act" if fired or done else "hold")
    stand = {"level": past.stated_level, "owner": world.owner, "assignee": past.assignee}
    moved = {"level": step.level, "owner": step.owner, "assignee": step.assignee}
    return {
        "step": name,
        "key": step.key,
        "trigger": None if deciding is None else deciding.name,
        "fired": [
            {"trigger": c.name, "key": c.key, "requests": c.requests, "spent": c.spent}
            for c in fired
        ],
        "kind": kind_of(world, step),
        "path": path,
        "from": stand,
        "to": moved if step.step else stand,
        "deadlines": world.after["deadlines"],
        "clocks": {name: clock_part(world, name) for name in policy.clocks},
        "actions": done,
        "status": past.status,  # for carrying it out, not for comparing
        "missing": sorted(world.missing),
        "warnings": sorted(world.warnings),
    }


def not_yet(policy: Policy, path: str | None) -> dict[str, Any]:
    """The ticket is not there before its creation."""
    nowhere = {"level": None, "owner": None, "assignee": None}
    numbers = dict.fromkeys(("due", "elapsed", "remaining", "overdue"))
    clock = {"state": "not-started", **numbers, "cycle": 0}
    return {
        "step": "hold",
        "key": None,
        "trigger": None,
        "fired": [],
        "kind": None,
        "path": path,
        "from": nowhere,
        "to": nowhere,
        "deadlines": {},
        "clocks": dict.fromkeys(policy.clocks, clock),
        "actions": [],
        "status": None,
        "missing": [],
        "warnings": ["ESC939"],
    }


def clock_part(world: World, name: str) -> dict[str, Any]:
    state = clock_state(world, name)
    world.missing |= state.lacks - {"events"}
    return {
        "state": state.state,
        "due": state.due,
        "elapsed": state.elapsed,
        "remaining": state.remaining,
        "overdue": state.overdue,
        "cycle": state.cycle,
    }


def movement(world: World, fired: list[Cause]) -> Cause | None:
    """An escalation before a transfer, the highest, then the first written."""
    goals = [c for c in fired if not c.spent and c.goal.kind in ("escalate", "transfer")]
    rank = {c.key: world.rank(c.goal.level) if c.goal.kind == "escalate" else -1 for c in goals}
    return max(goals, key=lambda c: rank[c.key], default=None)


def made(world: World, winner: Cause | None, ends: bool) -> Step:
    past = world.past
    if winner is not None:
        goal = winner.goal
        who = assignee(world, goal.owner)
        return Step(goal.kind, f"{goal.kind}:{past.moves}", goal.level, goal.owner, who)
    if ends or not past.active or not (past.level is None or past.reopened):
        return Step(None, None, None, None, None)
    if past.level is not None and world.owner is not None and not away(world, world.owner):
        level, owner = past.level, world.owner
    else:
        level = past.level or world.counted
        verdict, owner = taker(world, world.level(level))
        if verdict != "takes":
            world.warnings.add("ESC938")
            owner = own_owner(world, world.level(level))
    return Step("enter", f"enter:{past.moves}", level, owner, assignee(world, owner))


def kind_of(world: World, step: Step) -> str | None:
    if step.step == "transfer":
        return "functional"
    return world.level(step.level).kind if step.enters else None


def asks_of(world: World, cause: Cause) -> list[dict[str, Any]]:
    """Once for each level, target and lacking items, and again every review."""
    goal = cause.goal.level if cause.goal.kind == "escalate" else cause.goal.owner
    items = "+".join(cause.lacks)
    key = f"ask:{cause.name}:{world.past.cycle}:{world.standing}:{goal}:{items}"
    number = 0
    while f"{key}:{number}" in world.past.keys:
        number += 1
    if number:
        every, last = review(world), world.past.keyed_at(f"{key}:{number - 1}")
        if every is None or last is None:
            return []
        if after(timeline(world.policy, None), last, every) > world.now:
            return []
    what = {"items": list(cause.lacks)}
    return [action("ask", f"{key}:{number}", world.owner, what=what)]


def reminders(world: World, wanted: list[Cause]) -> list[dict[str, Any]]:
    """What the present owner is reminded of, where nothing moves."""
    owner, found = world.owner, []
    for cause in wanted:
        if not cause.deadline or cause.spent:
            continue
        waiting = f"{cause.key}/waiting"
        if cause.goal.kind == "wait" and waiting not in world.past.keys:
            found.append(action("remind", waiting, owner))
        if not cause.goal.above:
            found.append(action("remind", f"{cause.key}/remind", owner))
    for deadline in running_deadlines(world):
        key = None if missed(world, deadline) else warning(world, deadline)
        if key is not None:
            found.append(action("warn", key, owner))
    key = reminder(world)
    if key is not None:
        found.append(action("remind", key, owner))
    key = review_due(world)
    if key is not None and not found:
        found.append(action("remind", key, owner))
    return found
