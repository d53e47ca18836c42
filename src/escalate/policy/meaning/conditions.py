"""Do conditions ask for facts that exist, by operators and values that fit them?

Language: "Types are checked at load".
"""

from __future__ import annotations

from escalate.errors import Fix
from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf
from escalate.policy.doubts import UNKNOWN
from escalate.policy.facts import Fact
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.operands import CONTAINS, QUOTES, Wrong, misfit

__all__ = ["check_conditions"]

_BY = Fact("by", "text", "request", ("agent", "customer", "bot"))
_TO = Fact("to", "text", "request")


def check_conditions(context: Context) -> None:
    """Every comparison of every condition, each where it is written."""
    facts, named = context.facts, context.policy.conditions
    calendars = context.policy.calendars
    for asked in context.conditions:
        stack: list[Node] = [asked.condition.root]
        while stack:
            node = stack.pop()
            if isinstance(node, Compare):
                fact = facts.get(node.fact)
                if context.in_doubt(node.fact):
                    pass
                elif fact is None:
                    _unknown_fact(context, node.fact, (*asked.path, *node.path))
                else:
                    _compare(context, node, fact, asked.path)
                calendar = node.calendar
                if calendar is not None and calendar != "always" and calendar not in calendars:
                    path = (*asked.path, *node.path, "calendar")
                    context.unknown("ESC304", "calendar", calendar, [*calendars, "always"], path)
            elif isinstance(node, AllOf | AnyOf):
                stack.extend(node.parts)
            elif isinstance(node, NotOf):
                stack.append(node.part)
            elif isinstance(node, Is):
                if node.name not in named:
                    path = (*asked.path, *node.path)
                    context.unknown("ESC305", "condition", node.name, named, path)
            else:
                for part in node.parts:
                    _compare(context, part, _BY if part.fact == "by" else _TO, asked.path)


def _compare(context: Context, node: Compare, fact: Fact, at: Path) -> None:
    own = node.calendar is not None and node.calendar[:1] != UNKNOWN
    if own and fact.kind != "duration":
        context.report(
            "ESC406",
            f"`{fact.name}` is counted in no calendar",
            (*at, *node.path, "calendar"),
            "`calendar` stands only beside durations, such as `at_level` or `since.created`",
            key=True,
        )
    for test in node.tests:
        wrong = misfit(context, fact, test)
        if wrong is not None:
            inner = (*at, *test.path)
            fix = _fix(context, wrong, inner) if wrong.instead is not None else None
            context.report(wrong.code, wrong.message, inner, wrong.help, key=wrong.at_key, fix=fix)


def _fix(context: Context, wrong: Wrong, path: Path) -> Fix | None:
    written = context.written(path)
    if not isinstance(written, str | int | float):
        return None  # one of several values, and the edit would be of all
    from escalate.policy.quoting import quoted  # only mistakes need it

    if wrong.instead == CONTAINS:
        return context.rewrite(path, f"{{contains: {context.raw(path)}}}")
    if wrong.instead == QUOTES:
        return context.rewrite(path, quoted(context.raw(path)))
    return context.rewrite(path, str(wrong.instead))


#: Facts that begin so are made from names of the policy: code, what, where they are.
_MADE = {
    "clock": ("ESC303", "clock", "clocks"),
    "calendar": ("ESC304", "calendar", "calendars"),
    "desk": ("ESC302", "owner", "owners"),
}


def _unknown_fact(context: Context, fact: str, path: Path) -> None:
    family, _, rest = fact.partition(".")
    if family in _MADE and rest:
        code, what, section = _MADE[family]
        name = rest.partition(".")[2] if family == "desk" else rest.partition(".")[0]
        known = getattr(context.policy, section)
        counted = family != "desk" or rest.startswith(("open.", "load."))
        if counted and name and name not in known:
            context.unknown(code, what, name, known, path, key=True)
            return
    facts = context.facts
    near = context.nearest(fact, facts.names, "fact")
    if near is None and fact in ("or", "and"):
        near = "any" if fact == "or" else "all"
    if near is not None:
        help_ = f"did you mean `{near}`?"
    elif "." not in fact:
        help_ = "if tickets hold it, declare it under `fields`"
    else:
        help_ = "the language page lists the facts that conditions may read"
    fix = context.rename(fact, facts.names, "fact", path, key=True) if near else None
    context.report("ESC309", f"there is no fact `{fact}`", path, help_, key=True, fix=fix)
