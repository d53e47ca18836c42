"""Why each trigger fired or did not, and what else was looked at.

Language: "The decision", trace. Made on request, from the same compiled conditions
that decided: nothing is judged a second way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.decision import Decision, duration_text, instant_text
from escalate.evaluator.condition_words import node_words
from escalate.evaluator.sights import saw, saw_requests
from escalate.evaluator.standing import Move, Unclear
from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Requested
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.evaluator.deciding import Deciding

__all__ = ["with_trace"]


def with_trace(deciding: Deciding, decision: Decision) -> Decision:
    """The decision with its trace."""
    # Looking further must not change what was decided: horizon and missing are put back.
    ctx = deciding.ctx
    horizon, missing, warnings = ctx.horizon, set(ctx.missing), list(ctx.warnings)
    trace = {
        "path": _path(deciding),
        "triggers": [_trigger(deciding, i) for i in range(len(deciding.program.triggers))],
        "levels": [{"id": level, "why": why} for level, why in deciding.ctx.passed],
        "assigned": _assigned(deciding, decision),
        "deadlines": _deadlines(deciding),
        "review": {"due": instant_text(deciding.review_at(), deciding.program.zone)},
    }
    ctx.horizon, ctx.missing, ctx.warnings = horizon, missing, warnings
    return decision._replace(trace=trace)


def _assigned(deciding: Deciding, decision: Decision) -> dict[str, Any] | None:
    """Who of the new owner gets the ticket, and by what."""
    if decision.key is None or decision.to.owner is None:
        return None
    given = deciding.program.people.given(deciding.ctx, decision.to.owner)
    return {"owner": decision.to.owner, "assignee": given.assignee, "by": given.by}


def _path(deciding: Deciding) -> dict[str, Any]:
    policy = deciding.program.policy
    tried = []
    for spec in policy.paths:
        if spec.when is None:
            tried.append({"id": spec.id, "holds": True})
        else:
            tried.append({"id": spec.id, **_condition(deciding, spec.when.root)})
        if spec.id == deciding.path_id:
            break
    return {"chosen": deciding.path_id, "tried": tried}


def _trigger(deciding: Deciding, index: int) -> dict[str, Any]:
    program = deciding.program
    trigger, written = program.triggers.full(index), program.policy.triggers[index]
    zone = program.zone
    holds, horizon, missing = trigger.when(deciding.ctx)
    standing = deciding.standing
    here = trigger.at is None or (standing is not None and standing.level.id in trigger.at)
    return {
        "id": trigger.id,
        "at_level": here,
        "holds": holds,
        "why": _why(deciding, index, here, holds),
        "when": _condition(deciding, written.when.root),
        "wants": _wants(deciding, trigger.id),
        "changes_at": None if horizon >= NEVER else instant_text(horizon, zone),
        "missing": sorted(set(missing)),
    }


def _why(deciding: Deciding, index: int, here: bool, holds: bool | None) -> str:
    trigger = deciding.program.triggers.full(index)
    if deciding.hist.phase not in trigger.phases:
        return f"not for tickets that are {deciding.hist.phase}"
    if not here:
        return "not at this level"
    said = deciding.firing.verdicts.get(trigger.id)
    if said is not None:
        return said
    return "unknown" if holds is None else "does not hold"


def _wants(deciding: Deciding, name: str) -> str | None:
    for cause in deciding.firing.causes:
        if cause.name == name:
            match cause.wants:
                case Move(step="escalate", level=level, owner=owner):
                    return f"escalate to {level.id} ({owner})"
                case Move(owner=owner):
                    return f"transfer to {owner}"
                case Unclear(said=said):
                    return f"move to `{said}`, whom the policy does not know"
                case None if cause.effects.moves:
                    return "move, but the ticket is there or higher"
                case _:
                    return None
    for waiting, wait in deciding.firing.waiting:
        if waiting == name:
            return f"move to {wait.goal}, but {wait.why}"
    for lack in deciding.firing.lacking:
        if lack.name == name:
            return f"move to {lack.goal}, after documenting {', '.join(lack.items)}"
    return None


def _condition(deciding: Deciding, node: Node) -> dict[str, Any]:
    """The tree of a condition with what each part saw."""
    program, ctx = deciding.program, deciding.ctx
    holds, horizon, _ = program.compiler.node(node)(ctx)
    said: dict[str, Any] = {
        "text": node_words(node),
        "holds": holds,
        "changes_at": None if horizon >= NEVER else instant_text(horizon, program.zone),
    }
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            said["parts"] = [_condition(deciding, part) for part in parts]
        case NotOf(part=part):
            said["parts"] = [_condition(deciding, part)]
        case Is():
            said["parts"] = [_condition(deciding, program.compiler.expand(node))]
        case Compare():
            said["saw"] = saw(ctx, node, program.names)
        case Requested():
            said["saw"] = saw_requests(ctx, node)
    return said


def _deadlines(deciding: Deciding) -> list[dict[str, Any]]:
    zone, now = deciding.program.zone, deciding.ctx.now
    said = []
    runs = {run.spec.name: run for run in deciding.hist.deadlines}
    names = {id(line): name for name, line in deciding.program.timelines.items()}
    for name, read in deciding.readings.items():
        shown = read.shown()
        begun = runs[name].begun
        until = read.due if read.due is not None else now
        said.append(
            {
                "name": name,
                "state": read.state,
                "due": instant_text(read.due, zone),
                "calendar": names.get(id(read.timeline)),
                "elapsed": duration_text(shown.elapsed_us),
                "remaining": duration_text(shown.remaining_us),
                "overdue": duration_text(shown.overdue_us),
                "skipped": [list(pair) for pair in read.timeline.skipped(begun, until)],
            }
        )
    return said
