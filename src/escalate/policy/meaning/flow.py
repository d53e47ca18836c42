"""Do movements and repetitions make sense? Language: "Triggers", "Levels and paths"."""

from __future__ import annotations

from escalate.policy.meaning.context import Context
from escalate.policy.meaning.walk import effects_of

__all__ = ["check_cases", "check_movements", "check_paths", "check_statuses"]


def check_movements(context: Context) -> None:
    """One movement at most, only for active tickets; and no repetition of what is once."""
    for at, effects in effects_of(context.policy):
        if effects.escalate is not None and effects.transfer is not None:
            context.report(
                "ESC703",
                "both `escalate` and `transfer`: a ticket makes one move",
                (*at, "transfer"),
                "keep one of them, or write two triggers",
                key=True,
                related=(((*at, "escalate"), "the other movement"),),
            )
    for i, trigger in enumerate(context.policy.triggers):
        if trigger.for_ != "active" and trigger.moves:
            key = "escalate" if trigger.escalate is not None else "transfer"
            context.report(
                "ESC702",
                f"a trigger for `{trigger.for_}` tickets cannot move them",
                ("triggers", i, key),
                "only active tickets move; remove `for`, or the movement",
                key=True,
                related=((("triggers", i, "for"), "the tickets it is for"),),
            )
        if trigger.once is not None and trigger.repeat is not None:
            context.report(
                "ESC708",
                f"`once: {trigger.once}` and `repeat` contradict each other",
                ("triggers", i, "repeat"),
                "remove one of them",
                key=True,
                related=((("triggers", i, "once"), "never again"),),
            )
        alike = context.policy.similar or context.doubts.touch("similar")
        if trigger.once == "problem" and not alike:
            context.report(
                "ESC708",
                "`once: problem` has no meaning where no tickets are alike",
                ("triggers", i, "once"),
                "say which tickets are alike, as in `similar: [product, category]`",
            )


def check_paths(context: Context) -> None:
    """A path names levels in rank order, each once."""
    for i, path in enumerate(context.policy.paths):
        before: tuple[int, int] | None = None
        seen: dict[str, int] = {}
        for j, name in enumerate(path.levels):
            rank = context.levels.get(name)
            if rank is None:
                continue
            here = ("paths", i, "levels", j)
            if name in seen:
                first = ("paths", i, "levels", seen[name])
                context.report(
                    "ESC705",
                    f"`{name}` stands twice in the path `{path.id}`",
                    here,
                    "remove one of them",
                    related=((first, "the first one"),),
                )
                continue
            seen[name] = j
            if before is not None and rank < before[1]:
                higher = path.levels[before[0]]
                context.report(
                    "ESC704",
                    f"`{name}` ranks below `{higher}`, so it cannot follow it on a path",
                    here,
                    "write levels in rank order, that of `levels`",
                )
            else:
                before = (j, rank)


def check_cases(context: Context) -> None:
    """Nothing stands behind the case that always holds."""
    for spot in context.spots:
        cases = spot.cases.cases
        for i, case in enumerate(cases[:-1]):
            if case.when is None:
                context.report(
                    "ESC709",
                    "this case is never reached, since `otherwise` always holds",
                    (*spot.path, i + 1),
                    "put `otherwise` last",
                    related=(((*spot.path, i, "otherwise"), "this one always holds"),),
                )
                break


def check_statuses(context: Context) -> None:
    """A status has one phase."""
    statuses = context.policy.statuses
    if statuses is None:
        return
    first: dict[str, tuple[str, int]] = {}
    for phase in type(statuses).model_fields:
        for i, status in enumerate(getattr(statuses, phase)):
            before = first.setdefault(status, (phase, i))
            if before != (phase, i):
                where = "twice" if before[0] == phase else f"in two phases, `{before[0]}` as well"
                context.report(
                    "ESC701",
                    f"the status `{status}` stands {where}",
                    ("statuses", phase, i),
                    "remove one of them",
                    related=((("statuses", *before), "here too"),),
                )
