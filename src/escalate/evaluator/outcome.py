"""What comes of what was looked at: the step, its actions, the decision.

Language: "The decision", "Actions"; finer points 25 to 28.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from escalate.decision import Action, ClockState, Decision, Stand, Step, Warned
from escalate.evaluator.actions import Actions, assigned
from escalate.evaluator.assigning import NOBODY, Given
from escalate.evaluator.compiled import CompiledLevel
from escalate.evaluator.context import Context
from escalate.evaluator.firing import Cause
from escalate.evaluator.goals import reading
from escalate.evaluator.history import History
from escalate.evaluator.nudge import Nudge
from escalate.evaluator.readings import due_from
from escalate.evaluator.reason import reason, reason_to_hold
from escalate.evaluator.standing import Move, Unclear
from escalate.evaluator.words import Words
from escalate.worktime.epoch import DAY
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.deciding import Deciding
    from escalate.evaluator.program import Program
    from escalate.evaluator.timers import Run

__all__ = ["clock_states", "hold", "not_yet", "outcome"]

# A decision is made for every ticket; a named tuple's own constructor costs twice this.
_decision = tuple.__new__
_NO_CLOCKS: dict[str, ClockState] = {}

Won = Mapping[str, tuple[str, Any]]


def hold(deciding: Deciding) -> Decision:
    """Nothing is to be done until something changes."""
    program, ctx, before = deciding.program, deciding.ctx, deciding.before
    clocks = clock_states(program, ctx) if program.clock_names else _NO_CLOCKS
    unseen = deciding.hist.next_unseen
    if unseen is not None:
        ctx.note(unseen)
    following: int | None = ctx.horizon
    if ctx.horizon >= NEVER:
        following = ctx.now + DAY if deciding.active else None
    return _decision(
        Decision,
        (
            ctx.ticket.id,
            ctx.now,
            program.zone,
            "hold",
            None,
            (),
            None,
            deciding.path_id,
            before,
            before,
            deciding.due,
            clocks,
            (),
            tuple(sorted(ctx.missing)) if ctx.missing else (),
            tuple([Warned(*w) for w in ctx.warnings]) if ctx.warnings else (),
            reason_to_hold(deciding),
            following,
            program.id,
            None,
            None,
            None,
        ),
    )


def not_yet(deciding: Deciding) -> Decision:
    """The ticket is not there before its creation. Finer point 39."""
    ctx, program = deciding.ctx, deciding.program
    nowhere = program.stand(None, None, None)
    return Decision(
        ctx.ticket.id,
        ctx.now,
        program.zone,
        "hold",
        None,
        (),
        None,
        deciding.path_id,
        nowhere,
        nowhere,
        {},
        dict.fromkeys(program.clock_names, ClockState("not-started")),
        (),
        (),
        (Warned("ESC939", "the ticket is created later than the instant of this decision"),),
        ("The ticket is created only at {due}.", deciding.hist.created),
        deciding.hist.created,
        program.id,
    )


def outcome(
    deciding: Deciding, won: Won, mover: Cause | None, entering: bool, nudges: Sequence[Nudge]
) -> Decision:
    """Something is to be done now; the question is asked again at once."""
    program, ctx, before = deciding.program, deciding.ctx, deciding.before
    causes, standing = deciding.firing.causes, deciding.standing
    step: Step = "act"
    level: CompiledLevel | None = None
    owner: str | None = None
    if mover is not None and isinstance(mover.wants, Move):
        step, level, owner = mover.wants
    elif entering and standing is not None:
        step, level = "enter", standing.level
        owner = program.ladder.enter(ctx, standing)
    elif nudges and any(nudge.action == "ask" for nudge in nudges):
        step = "ask"
    after, kind, key, given = before, None, None, NOBODY
    ctx_after, turned = ctx, before
    if won:
        ctx_after = program.after(ctx, {name: value for name, (_, value) in won.items()})
        if not deciding.ends:
            _turn_deadlines(deciding, ctx_after)
        here = program.ladder.by_id.get(before.level or "")
        if here is not None and deciding.hist.owner is None:
            # Whose it is hangs on the level's cases, which may read what is set.
            turned = before._replace(owner=program.ladder.named_owner(ctx_after, here))
    if level is not None:
        given = program.people.given(ctx, owner)
        after = program.stand(level.id, owner, given.assignee)
        kind = "functional" if step == "transfer" else level.kind
        key = f"{step}:{deciding.hist.moves}"
        _begin_deadlines(deciding, ctx_after, level, step, after)
    if ctx_after is not ctx:
        ctx.missing |= ctx_after.missing
    spoken = turned if level is None else after
    words = partial(Words, program, ctx, won, spoken, deciding.due)
    actions = _actions(deciding, won, mover, step, level, key, after, given, nudges, words)
    trigger = mover.name if mover is not None else (causes[0].name if causes else None)
    clocks = clock_states(program, ctx) if program.clock_names else _NO_CLOCKS
    return _decision(
        Decision,
        (
            ctx.ticket.id,
            ctx.now,
            program.zone,
            step,
            trigger,
            tuple([cause.fired for cause in causes]) if causes else (),
            kind,
            deciding.path_id,
            before,
            after,
            deciding.due,
            clocks,
            tuple(actions),
            tuple(sorted(ctx.missing)) if ctx.missing else (),
            tuple([Warned(*w) for w in ctx.warnings]) if ctx.warnings else (),
            (reason(deciding, step, trigger, after, given, actions), None),
            ctx.now,
            program.id,
            key,
            None,
            None,
        ),
    )


def _begin_deadlines(
    deciding: Deciding, after: Context, level: CompiledLevel, step: Step, to: Stand
) -> None:
    """The deadlines that begin with the step."""
    ctx, status = deciding.ctx, after.values.get("status")
    if any(deadline.by_owner for deadline in level.deadlines):
        whose = {"level": to.level, "owner": to.owner, "assignee": to.assignee}
        after = deciding.program.after(after, whose)
    if step != "transfer":
        deciding.due = {}
    answered = ctx.knows("agent-reply")
    for i, (deadline, timer) in enumerate(zip(level.deadlines, level.timers, strict=False)):
        if not deadline.counts(to.owner):
            deciding.due.pop(deadline.name, None)
            continue
        if step == "transfer" and not deadline.anew:
            if deadline.by_owner and deadline.name in deciding.due:
                run = deciding.hist.deadlines[i]
                deciding.due[deadline.name] = reading(after, run, deadline.goal).due
            continue
        if not answered and deadline.name != "resolve":
            ctx.missing.add("events")
            continue
        goal = deadline.goal.goal(after)
        deciding.due[deadline.name] = None if status in timer.pauses else due_from(ctx.now, goal)
    ctx.missing |= after.missing


def _turn_deadlines(deciding: Deciding, after: Context) -> None:
    """What `set` makes of the deadlines that ran before it: another target, a pause."""
    standing, hist, status = deciding.standing, deciding.hist, after.values.get("status")
    if standing is None:
        return
    runs: Sequence[Run]
    if hist.known:
        runs = [run.turned(after.now, status) for run in hist.deadlines]
    else:  # where no event tells of it, the status that is set counts as that of all the time
        runs = History(after.ticket, after.now, deciding.program.plan).deadlines
    for deadline, run in zip(standing.level.deadlines, runs, strict=False):
        if deadline.name in deciding.readings:
            deciding.due[deadline.name] = reading(after, run, deadline.goal).due


def _actions(
    deciding: Deciding,
    won: Won,
    mover: Cause | None,
    step: Step,
    level: CompiledLevel | None,
    key: str | None,
    after: Stand,
    given: Given,
    nudges: Sequence[Nudge],
    words: Callable[[], Words],
) -> list[Action]:
    """What is to be carried out, in order."""
    program, ctx, before = deciding.program, deciding.ctx, deciding.before
    acting = [cause for cause in deciding.firing.causes if not cause.spent]
    made = Actions(program, ctx, words)
    entered = level if step != "transfer" else None
    if level is not None and key is not None:
        made.made.append(assigned(key, after.owner, given))
    for cause in acting:
        if cause.effects.notices:
            made.notices(cause.key, cause.effects.notices)
    if key is not None and after.owner is not None:
        made.notify(f"{key}/notify", after.owner)
    if entered is not None and key is not None:
        made.notices(key, entered.notices)
    made.flush_notices()
    decider = mover if mover is not None else (acting[0] if acting else None)
    said = (
        decider is not None
        and decider.effects.tell is not None
        and made.tell(decider.key, decider.effects.tell)
    )
    if not said and entered is not None and entered.tell is not None and key is not None:
        made.tell(key, entered.tell)
    elif key is not None and program.tell is not None and after.owner != before.owner:
        own = decider is not None and decider.effects.tell is not None
        if not own and (entered is None or entered.tell is None):
            made.tell(key, program.tell)
    if won:
        made.sets(acting, won)
    for cause in acting:
        if cause.effects.do:
            made.do(cause)
    if entered is not None and entered.requires:
        items = [item for item in entered.requires if item not in deciding.hist.documented]
        if items:
            made.ask(f"{key}/ask", before.owner or after.owner, items)
    for cause in acting:
        if isinstance(cause.wants, Unclear):
            made.ask(f"{cause.key}/ask", after.owner or before.owner, ["to"])
    for nudge in nudges:
        made.nudge(nudge, before.owner)
    return made.made


def clock_states(program: Program, ctx: Context) -> dict[str, ClockState]:
    """Every clock, and when each of those that run is due."""
    shown = {}
    for i, name in enumerate(program.clock_names):
        read = ctx.clock(i)
        if read.state == "running" and read.due is not None:
            ctx.note(read.due)
        shown[name] = read.shown()
    return shown
