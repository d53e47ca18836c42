"""The decision in one sentence that a customer's manager understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalate.decision import Action, Stand, Step

if TYPE_CHECKING:
    from escalate.evaluator.deciding import Deciding

__all__ = ["reason"]

_PROMISES = {
    "acknowledge": "nobody took it up",
    "respond": "nobody answered",
    "resolve": "it was not solved",
}


def reason(
    deciding: Deciding,
    step: Step,
    trigger: str | None,
    before: Stand,
    after: Stand,
    actions: Sequence[Action],
) -> tuple[str, int | None]:
    """Why this is the next step: a sentence, and the instant of its ``{due}``."""
    if step == "hold":
        return _hold(deciding, after)
    return _moved(deciding, step, trigger, before, after, actions), None


def _moved(
    deciding: Deciding,
    step: Step,
    trigger: str | None,
    before: Stand,
    after: Stand,
    actions: Sequence[Action],
) -> str:
    level = _level(deciding, after.level)
    owner = deciding.program.people.name(after.owner) or "nobody"
    match step:
        case "enter":
            fresh = deciding.standing is None or deciding.standing.fresh
            how = "is new and goes to" if fresh else "was reopened and returns to"
            return f"The ticket {how} {level}, where {owner} has it."
        case "escalate":
            come = f"from {_level(deciding, before.level)} " if before.level else ""
            return f"{_because(deciding, trigger)}, so it goes {come}to {level}, to {owner}."
        case "transfer":
            return f"{_because(deciding, trigger)}, so it passes to {owner} at {level}."
        case "ask":
            items = [i for a in actions if a.action == "ask" for i in a.what.get("items", ())]
            return f"Before it can move, {owner} has to document: {', '.join(items)}."
        case _:
            return _act(deciding, trigger, level, owner, actions)


def _level(deciding: Deciding, level: str | None) -> str:
    found = deciding.program.ladder.by_id.get(level or "")
    if found is None:
        return level or "no level"
    return found.name if found.name == found.id else f"{found.name} ({found.id})"


def _because(deciding: Deciding, cause: str | None) -> str:
    """What happened, in words."""
    if cause is None:
        return "Nothing fired"
    if cause.startswith("deadline:"):
        _, level, name = cause.split(":")
        return f"At {_level(deciding, level)} {_PROMISES[name]} in time"
    trigger = next(t for t in deciding.program.policy.triggers if t.id == cause)
    said = trigger.description or trigger.name
    return f"`{cause}` holds ({said.rstrip('.')})" if said else f"`{cause}` holds"


def _act(
    deciding: Deciding,
    trigger: str | None,
    level: str,
    owner: str,
    actions: Sequence[Action],
) -> str:
    stays = f"the ticket stays at {level} with {owner}"
    if not deciding.active:
        stays = "the ticket is done with"
    if trigger is not None:
        return f"{_because(deciding, trigger)}; {stays}."
    about = next((a.what.get("about") for a in actions if "about" in a.what), None)
    if about == "review":
        return f"Nothing was done for too long, so {owner} is reminded; {stays}."
    if isinstance(about, str) and about.startswith("deadline:"):
        _, where, name = about.split(":")
        if any(a.action == "warn" for a in actions):
            return f"The time to {name} at {_level(deciding, where)} runs out; {stays}."
        return f"{_because(deciding, about)}, but nobody above can take it; {stays}."
    return f"{owner} is reminded; {stays}."


def _hold(deciding: Deciding, after: Stand) -> tuple[str, int | None]:
    if not deciding.active:
        return f"The ticket is {deciding.hist.phase}, and nothing is left to do.", None
    level = _level(deciding, after.level)
    owner = deciding.program.people.name(after.owner) or "nobody"
    for name, wait in deciding.firing.waiting:
        return (
            f"`{name}` would move the ticket, but {wait.why}; it stays at {level} with {owner}.",
            None,
        )
    now = deciding.ctx.now
    due = [(us, name) for name, us in deciding.due.items() if us is not None and us > now]
    if not due:
        return f"Nothing is due: it stays at {level} with {owner}.", None
    us, name = min(due)
    return (
        f"Nothing is due: it stays at {level} with {owner}, who has until {{due}} to {name} it.",
        us,
    )
