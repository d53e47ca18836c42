"""Do messages say what can be said? Language: "Actions", messages."""

from __future__ import annotations

from escalate.policy.meaning.context import Context, Path
from escalate.policy.placeholder import Malformed, Placeholder, known_placeholders, read_message

__all__ = ["check_messages"]


def check_messages(context: Context) -> None:
    """Every placeholder of every message names something, with a fallback if it needs one."""
    policy = context.policy
    if not policy.messages:
        return
    known = known_placeholders(policy, context.facts)
    for name, texts in policy.messages.items():
        for language, text in texts.items():
            if "{" not in text and "}" not in text:
                continue
            for part in read_message(text):
                if isinstance(part, Malformed | Placeholder):
                    _part(context, part, known, ("messages", name, language))


def _part(
    context: Context, part: Malformed | Placeholder, known: dict[str, bool], path: Path
) -> None:
    if isinstance(part, Malformed):
        context.report(
            "ESC412",
            part.why,
            path,
            "write `{fact}` or `{fact|fallback}`, and `{{` and `}}` for braces themselves",
        )
    elif part.name not in known:
        context.unknown("ESC311", "placeholder", part.name, known, path)
    elif part.fallback is None and not known[part.name]:
        context.report(
            "ESC413",
            f"`{{{part.name}}}` can be absent, and the message does not say what then",
            path,
            f"add a fallback, as in `{{{part.name}|...}}`",
        )
