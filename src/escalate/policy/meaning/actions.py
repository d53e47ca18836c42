"""Are actions of the author's own defined, and given what they take?

Language: "Actions", `do`.
"""

from __future__ import annotations

from collections.abc import Mapping

from escalate.policy.effects import Do
from escalate.policy.field import FieldSpec
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.fields import value_misfit
from escalate.policy.meaning.walk import effects_of
from escalate.worktime.wording import kind_of

__all__ = ["check_actions"]


def check_actions(context: Context) -> None:
    """Every entry of every `do`."""
    actions = context.policy.actions
    for at, effects in effects_of(context.policy):
        for i, do in enumerate(effects.do):
            here = (*at, "do", i)
            arguments = actions.get(do.action)
            if arguments is None:
                path = (*here, "action")
                context.unknown("ESC307", "action", do.action, actions, path)
                continue
            _given(context, do, arguments, (*here, "with"))


def _given(context: Context, do: Do, arguments: Mapping[str, FieldSpec], at: Path) -> None:
    """What an action is given, by what it takes."""
    for name, cases in do.with_.items():
        path = (*at, name)
        spec = arguments.get(name)
        if spec is None:
            what = f"argument of `{do.action}` called"
            context.unknown("ESC308", what, name, arguments, path, key=True)
            continue
        for inner, value in cases.values():
            expected = value_misfit(spec, value)
            if expected is not None:
                message = f"`{name}` cannot be {kind_of(value)}"
                context.report("ESC410", message, (*path, *inner), f"it is {expected}")
