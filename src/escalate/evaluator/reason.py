"""The decision in one sentence that a customer's manager understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from escalate.decision import Action, Stand, Step
from escalate.evaluator.assigning import NO_ROOM, Given
from escalate.evaluator.status import DONE

if TYPE_CHECKING:
    from escalate.evaluator.deciding import Deciding
    from escalate.evaluator.program import Program

__all__ = ["plain_reason", "reason", "reason_to_hold"]

_PROMISES = {
    "acknowledge": "nobody took it up",
    "respond": "nobody answered",
    "resolve": "it was not solved",
}


def reason(
    deciding: Deciding,
    step: Step,
    trigger: str | None,
    after: Stand,
    given: Given,
    actions: Sequence[Action],
) -> str:
    """Why this is the next step."""
    program, before = deciding.program, deciding.before
    but = _but(deciding, step, after.owner, given)
    if trigger is not None or step == "enter":
        entry = deciding.standing is not None and deciding.standing.fresh
        key = (step, trigger, before, after, entry, deciding.hist.phase, but)
        said = program.sentences.get(key)
        if said is None:
            said = _sentence(deciding, step, trigger, after, but, actions)
            program.remember(program.sentences, key, said)
        return said
    return _sentence(deciding, step, trigger, after, but, actions)


def _but(deciding: Deciding, step: Step, owner: str | None, given: Given) -> str:
    """Why nobody takes the ticket that somebody gets, if that is so. Only an entering
    ticket comes to somebody who is away."""
    if given is NO_ROOM:
        return ", but nobody who is there has room"
    people = deciding.program.people
    if step == "enter" and owner is not None and not people.there(deciding.ctx, owner):
        return ", but nobody is there"
    return ""


def _sentence(
    deciding: Deciding,
    step: Step,
    trigger: str | None,
    after: Stand,
    but: str,
    actions: Sequence[Action],
) -> str:
    program, before = deciding.program, deciding.before
    level = _level(program, after.level)
    owner = program.people.name(after.owner) or "nobody"
    match step:
        case "enter":
            fresh = deciding.standing is None or deciding.standing.fresh
            where = f"{_with(level, owner)}{but}" if but else f"{level}, where {owner} has it"
            if fresh and before.level is not None:
                gone = f"The policy has no level `{before.level}`"
                return f"{gone}, so the ticket goes to {where}."
            how = "is new and goes to" if fresh else "was reopened and returns to"
            return f"The ticket {how} {where}."
        case "escalate":
            come = f"from {_level(program, before.level)} " if before.level else ""
            return f"{_because(program, trigger)}, so it goes {come}to {_with(level, owner)}{but}."
        case "transfer":
            return f"{_because(program, trigger)}, so it passes to {owner} at {level}{but}."
        case "ask":
            items = [i for a in actions if a.action == "ask" for i in a.what.get("items", ())]
            return f"Before it can move, {owner} has to document: {', '.join(items)}."
        case _:
            return _act(deciding, trigger, level, owner, actions)


def _with(level: str, owner: str) -> str:
    """A level and whose the ticket is there, who is often called the same."""
    return level if level.startswith(f"{owner} (") else f"{level}, to {owner}"


def _level(program: Program, level: str | None) -> str:
    found = program.ladder.by_id.get(level or "")
    if found is None:
        return level or "no level"
    return found.called


def _because(program: Program, cause: str | None) -> str:
    """What happened, in words."""
    if cause is None:
        return "Nothing fired"
    if cause.startswith("deadline:"):
        _, level, name = cause.split(":")
        return f"At {_level(program, level)} {_PROMISES[name]} in time"
    return program.because[cause]


def _act(
    deciding: Deciding, trigger: str | None, level: str, owner: str, actions: Sequence[Action]
) -> str:
    program = deciding.program
    stays = f"the ticket stays at {level} with {owner}"
    if not deciding.active:
        stays = "the ticket is done with"
    if trigger is not None:
        return f"{_because(program, trigger)}; {stays}."
    about = next((a.what.get("about") for a in actions if "about" in a.what), None)
    if about == "review":
        return f"Nothing was done for too long, so {owner} is reminded; {stays}."
    if isinstance(about, str) and about.startswith("deadline:"):
        _, where, name = about.split(":")
        if any(a.action == "warn" for a in actions):
            return f"The time to {name} at {_level(program, where)} runs out; {stays}."
        return f"{_because(program, about)}, but nobody above can take it; {stays}."
    return f"{owner} is reminded; {stays}."


def reason_to_hold(deciding: Deciding) -> tuple[str, int | None]:
    """Why nothing is to be done: a sentence, and the instant of its ``{due}``."""
    program, before = deciding.program, deciding.before
    waits = deciding.firing.waiting
    if waits and deciding.active:
        name, wait = waits[0]
        stays = _stays(program, before)
        return f"`{name}` would move the ticket, but {wait.why}; {stays}.", None
    return plain_reason(program, deciding.hist.phase, before, deciding.due, deciding.ctx.now)


def plain_reason(
    program: Program, phase: str, after: Stand, due: Mapping[str, int | None], now: int
) -> tuple[str, int | None]:
    """The same where nothing waits for anybody."""
    if phase in DONE:
        return f"The ticket is {phase}, and nothing is left to do.", None
    first: str | None = None
    until: int | None = None
    for name, us in due.items():
        if us is not None and us > now and (until is None or us < until):
            first, until = name, us
    key = (after.level, after.owner, first)
    said = program.sentences.get(key)
    if said is None:
        more = "" if first is None else f", who has until {{due}} to {first} it"
        said = f"Nothing is due: {_stays(program, after)}{more}."
        program.remember(program.sentences, key, said)
    return said, until


def _stays(program: Program, after: Stand) -> str:
    owner = program.people.name(after.owner) or "nobody"
    return f"it stays at {_level(program, after.level)} with {owner}"
