"""Do messages say what can be said? Language: "Actions", messages."""

from __future__ import annotations

from typing import Final

from escalate.policy.level import DEADLINES
from escalate.policy.meaning.context import Context, Path
from escalate.policy.placeholder import Malformed, Placeholder, read_message

__all__ = ["check_messages"]

#: What every ticket has after every step.
_ALWAYS: Final = frozenset({"id", "created_at", "phase", "owner.name"})
_SOURCES: Final = ("snapshot", "events", "desk")


def check_messages(context: Context) -> None:
    """Every placeholder of every message names something, with a fallback if it needs one."""
    policy = context.policy
    if not policy.messages:
        return
    known = _known(context)
    for name, texts in policy.messages.items():
        for language, text in texts.items():
            if "{" not in text and "}" not in text:
                continue
            for part in read_message(text):
                if isinstance(part, Malformed | Placeholder):
                    _part(context, part, known, ("messages", name, language))


def _known(context: Context) -> dict[str, bool]:
    """Every name that a placeholder may have; whether it can be relied on to be there."""
    facts = context.facts
    names = [name for name in facts.names if facts[name].source in _SOURCES]
    names += ["owner.name", "level.name", "promise.due"]
    names += [f"deadline.{name}" for name in DEADLINES]
    for clock in context.policy.clocks:
        names += [f"clock.{clock}", f"clock.{clock}.due"]
    known = {name: name in _ALWAYS for name in names}
    known |= {f"ticket.{name}": name in _ALWAYS for name in facts.names if name in known}
    return known


def _part(
    context: Context, part: Malformed | Placeholder, known: dict[str, bool], path: Path
) -> None:
    if isinstance(part, Malformed):
        context.report(
            "ESC412",
            part.why,
            path,
            "write `{fact}` or `{fact|fallback}`, and `{{` and `}}` for braces themselves",
            within=part.span,
        )
    elif part.name not in known:
        context.unknown("ESC311", "placeholder", part.name, known, path, within=part.name_span)
    elif part.fallback is None and not known[part.name]:
        context.report(
            "ESC413",
            f"`{{{part.name}}}` can be absent, and the message does not say what then",
            path,
            f"add a fallback, as in `{{{part.name}|...}}`",
            within=part.span,
        )
