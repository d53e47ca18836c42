"""What a decision does, in order. Language: "Actions"; docs: "Causes and keys", 31."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalate.worktime.zone import to_us
from support import slow_messages
from support.slow_people import assignees, channels, urgent, when_told
from support.slow_promises import new_promises

if TYPE_CHECKING:
    from support.slow_causes import Cause
    from support.slow_world import World


@dataclass(frozen=True)
class Step:
    """The movement that is made, if any."""

    step: str | None
    key: str | None
    level: str | None
    owner: str | None
    assignee: str | None

    @property
    def enters(self) -> bool:
        return self.step in ("enter", "escalate")


def action(kind: str, key: str, to: str | None = None, **more: Any) -> dict[str, Any]:
    base = {"action": kind, "key": key, "to": to, "message": None, "text": None}
    base |= {"channels": [], "what": {}}
    return base | more


def actions(
    world: World, fired: list[Cause], step: Step, deciding: Cause | None, sets: dict[str, Any]
) -> list[dict[str, Any]]:
    acting = [cause for cause in fired if not cause.spent]
    level = world.level(step.level) if step.enters else None
    found = []
    if step.step:
        what: dict[str, Any] = {"assignee": step.assignee} if step.assignee is not None else {}
        if assignees(world, step.owner):
            what = {"assignees": assignees(world, step.owner)}
        found.append(action("assign", f"{step.key}/assign", step.owner, what=what))
    found += notices(world, acting, step, level)
    found += told_customer(world, step, deciding, level)
    for cause in acting:
        if sets.get(cause.key):
            found.append(action("set", f"{cause.key}/set", what={"fields": sets[cause.key]}))
    for cause in acting:
        for i, do in enumerate(cause.effects.do):
            given = {name: world.choose(cases) for name, cases in do.with_.items()}
            given = {name: value for name, value in given.items() if value is not None}
            what = {"with": given} if given else {}
            found.append(action(do.action, f"{cause.key}/do/{i}", what=what))
    if level is not None:
        items = world.past.lacking(level.requires)
        if items:
            what = {"items": items}
            found.append(action("ask", f"{step.key}/ask", world.owner or step.owner, what=what))
    for cause in acting:
        if cause.goal.asks:
            what = {"items": ["to"]}
            found.append(action("ask", f"{cause.key}/ask", step.owner or world.owner, what=what))
    return found


def notices(world: World, acting: list[Cause], step: Step, level: Any) -> list[dict[str, Any]]:
    """One notification an owner; the others join it."""
    wanted = []
    for cause in acting:
        for i, notice in enumerate(cause.effects.notify):
            wanted.append((f"{cause.key}/notify/{i}", notice))
    if step.step:
        wanted.append((f"{step.key}/notify", None))
    for i, notice in enumerate(level.notify if level is not None else ()):
        wanted.append((f"{step.key}/notify/{i}", notice))
    found: dict[str, dict[str, Any]] = {}
    hurry: set[str] = set()
    for key, notice in wanted:
        owner = step.owner if notice is None else world.choose_owner(notice.owner)
        if owner is None:
            continue
        told = found.setdefault(owner, action("notify", key, owner, channels=[]))
        channel = world.choose(notice.channel) if notice is not None else None
        ways = [channel] if channel is not None else channels(world, owner)
        told["channels"] += [way for way in ways if way not in told["channels"]]
        message = world.choose(notice.message) if notice is not None else None
        if told["message"] is None and message is not None:
            told |= {"message": message, "text": slow_messages.staff(world, message)}
        if urgent(world, None if notice is None else notice.urgency):
            hurry.add(owner)
    for owner, told in found.items():
        told["what"] = when_told(world, owner, owner in hurry)
    return [told for told in found.values() if not held_already(world, told)]


def held_already(world: World, told: dict[str, Any]) -> bool:
    """Whether it would be held while one that says the same is held already."""
    if "hold_until" not in told["what"]:
        return False
    events = [h.event for h in world.past.happenings if h.event is not None]
    return any(
        event.type == "action"
        and (event.to, event.message) == (told["to"], told["message"])
        and event.hold_until is not None
        and to_us(event.hold_until) > world.now
        for event in events
    )


def told_customer(
    world: World, step: Step, deciding: Cause | None, level: Any
) -> list[dict[str, Any]]:
    offers = []
    if deciding is not None and not deciding.spent:
        offers.append((f"{deciding.key}/tell", deciding.effects.tell_customer))
    if level is not None:
        offers.append((f"{step.key}/tell", level.tell_customer))
    if step.step and step.owner != world.owner and not any(cases for _, cases in offers):
        offers.append((f"{step.key}/tell", world.policy.tell_customer))
    for key, cases in offers:
        message = world.choose(cases) if cases is not None else None
        if message is not None:
            text = slow_messages.customer(world, message)
            written = slow_messages.customers_text(world, message)
            made = new_promises(world, message, written)
            what = {"promises": made} if made else {}
            return [action("tell_customer", key, message=message, text=text, what=what)]
    return []


def won_fields(world: World, fired: list[Cause]) -> dict[str, dict[str, Any]]:
    """What each cause sets: the first written wins a field, and nothing reopens."""
    taken: set[str] = set()
    won: dict[str, dict[str, Any]] = {}
    for cause in fired:
        if cause.spent:
            continue
        for name, value in cause.effects.set.items():
            if name in taken:
                continue
            reopens = name == "status" and world.past.phase_of(value) in ("open", "waiting")
            if reopens and not world.past.active:
                world.warnings.add("ESC940")
                continue
            taken.add(name)
            won.setdefault(cause.key, {})[name] = value
    return won
