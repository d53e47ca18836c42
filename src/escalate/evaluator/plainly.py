"""What fires and does something plain: the ticket moves up, owners are told, or both.

The end of the short way (`quick`). All of it is the same for every ticket that does the
same, but for keys and instants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from escalate.decision import NOTHING, Action, ClockState, Decision, Stand, Warned
from escalate.desk import EMPTY, Desk
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Cause
from escalate.evaluator.outcome import clock_states
from escalate.evaluator.readings import due_from
from escalate.evaluator.settled import Settled, undisturbed
from escalate.evaluator.standing import Move

if TYPE_CHECKING:
    from escalate.evaluator.prepared import Prepared
    from escalate.evaluator.program import Program

__all__ = ["Climb", "act"]

_NO_CLOCKS: dict[str, ClockState] = {}
# A named tuple's own constructor costs twice this, which takes the fields in their order.
_new = tuple.__new__


class Climb(NamedTuple):
    """An escalation that is the same for every ticket. ``level`` is ``None`` where nobody is
    above; ``plain`` tells whether it is as simple as the short way needs it."""

    level: CompiledLevel | None
    to: Stand
    plain: bool = True


def act(
    program: Program,
    known: Prepared,
    settled: Settled,
    desk: Desk,
    now: int,
    ctx: Context | None,
    causes: Sequence[Cause],
) -> Decision | None:
    """The decision where these fire, if all that comes of them is plain."""
    hist, before = known.hist, settled.before
    if not settled.active:
        return None
    for deadline, name in settled.missed:
        if hist.acted.get(deadline.cause) == now:
            return None
        causes = [*causes, _new(Cause, (deadline.cause, name, deadline.effects, None, (), False))]
    to, mover = before, ""
    level: CompiledLevel | None = None
    for cause in causes:
        if cause.spent or cause.effects.plain is None:
            return None
        goal = cause.effects.escalate
        if goal is not None:
            climb = program.climbs.get((known.path_id, before.level, goal))
            if climb is None:
                climb = _climb(program, known, settled, goal)
            if not climb.plain:
                return None
            if climb.level is not None and (level is None or climb.level.rank > level.rank):
                mover, level, to = cause.name, climb.level, climb.to
    if level is None and settled.missed:
        return None  # somebody may have to be reminded
    if level is None and undisturbed(program, known, settled, now, now + 1) <= now:
        return None
    step, first = ("act", causes[0].name) if level is None else ("escalate", mover)
    sentence = program.sentences.get((step, first, before, to, False, hist.phase))
    if sentence is None:
        return None  # the whole way writes it
    key: str | None = None
    kind: str | None = None
    if level is None:
        due = settled.due.copy()
    else:
        key, kind = f"escalate:{hist.moves}", level.kind
        due = {}
        status = hist.status
        for deadline, timer in zip(level.deadlines, level.timers, strict=False):
            if not (settled.answered or deadline.name == "resolve"):
                return None
            target = deadline.goal.always
            if target is None:
                if ctx is None:
                    ctx = settled.context(program, known, desk, now)
                target = deadline.goal.goal(ctx)
            due[deadline.name] = None if status in timer.pauses else due_from(now, target)
    actions = _actions(program, causes, key, to, now)
    if actions is None:
        return None
    clocks, missing, warned = _NO_CLOCKS, settled.missing, settled.warned
    if program.clock_names and ctx is None:
        ctx = settled.context(program, known, desk, now)
    if ctx is not None:
        clocks = clock_states(program, ctx)
        missing, warned = tuple(sorted(ctx.missing)), tuple(Warned(*w) for w in ctx.warnings)
    return _new(
        Decision,
        (
            known.ticket.id,
            now,
            program.zone,
            step,
            first,
            tuple([cause.fired for cause in causes]),
            kind,
            known.path_id,
            before,
            to,
            due,
            clocks,
            actions,
            missing,
            warned,
            (sentence, None),
            now,
            program.id,
            key,
            None,
            None,
        ),
    )


def _climb(program: Program, known: Prepared, settled: Settled, goal: str) -> Climb:
    """What an escalation comes to, remembered with the program."""
    standing, people, before = known.standing, program.people, settled.before
    climb = Climb(None, before, False)
    if standing is not None and all(level.owner.plain for level in known.path):
        ctx = settled.context(program, known, EMPTY, known.since)
        found = program.ladder.climb(ctx, standing, goal)
        if found is None:
            climb = Climb(None, before)
        elif isinstance(found, Move) and found.owner is not None:
            level, plain = found.level, people.plain(found.owner)
            goals = all(d.goal.fixed and not d.by_owner for d in level.deadlines)
            if plain is not None and level.silent and goals:
                climb = Climb(level, program.stand(level.id, found.owner, plain.assignee))
    program.remember(program.climbs, (known.path_id, before.level, goal), climb)
    return climb


def _actions(
    program: Program, causes: Sequence[Cause], key: str | None, to: Stand, now: int
) -> tuple[Action, ...] | None:
    """What is to be carried out: one notification an owner, the others join it."""
    if program.urgency is not None:
        return None
    told: dict[str, tuple[str, tuple[str, ...]]] = {}
    for cause in causes:
        for i, owner in enumerate(cause.effects.plain or ()):
            _tell(told, owner, f"{cause.key}/notify/{i}")
    made: list[Action] = []
    if key is not None and to.owner is not None:
        _tell(told, to.owner, f"{key}/notify")
        what = NOTHING if to.assignee is None else {"assignee": to.assignee}
        made.append(
            _new(Action, ("assign", f"{key}/assign", to.owner, None, None, None, (), (), what))
        )
    for owner, (why, because) in told.items():
        plain = program.people.plain(owner)
        if plain is None or not (plain.calendar is None or plain.calendar.is_open(now)):
            return None
        ways = plain.channels
        made.append(_new(Action, ("notify", why, owner, None, None, None, ways, because, NOTHING)))
    return tuple(made)


def _tell(told: dict[str, tuple[str, tuple[str, ...]]], owner: str, key: str) -> None:
    joined = told.get(owner)
    told[owner] = (key, ()) if joined is None else (joined[0], (*joined[1], key))
