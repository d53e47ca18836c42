"""Names that the language keeps for itself, and ids that are given twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from escalate.policy.effects import BUILT_IN
from escalate.policy.meaning.context import Context

__all__ = ["check_ids", "check_reserved"]

RESERVED: Final[Mapping[str, tuple[str, ...]]] = {
    "owners": ("none", "next", "requested"),
    "calendars": ("none", "always"),
    "messages": ("none",),
    "actions": (*BUILT_IN, "do"),
}
"""By section of the policy: the words that would mean something else there."""

_LEVELS: Final = ("none", "next", "requested")


def check_reserved(context: Context) -> None:
    """No name is a word of the language where both could stand."""
    for section, words in RESERVED.items():
        named = getattr(context.policy, section)
        for word in words:
            if word in named:
                _report(context, word, (section, word), key=True)
    for i, level in enumerate(context.policy.levels):
        if level.id in _LEVELS:
            _report(context, level.id, ("levels", i, "id"))


def _report(context: Context, word: str, path: tuple[str | int, ...], key: bool = False) -> None:
    message = f"`{word}` is a word of the language and cannot be a name here"
    context.report("ESC312", message, path, "choose another name", key=key)


def check_ids(context: Context) -> None:
    """Levels, paths and triggers have ids of their own."""
    for section in ("levels", "paths", "triggers"):
        first: dict[str, int] = {}
        for i, item in enumerate(getattr(context.policy, section)):
            before = first.setdefault(item.id, i)
            if before != i:
                context.report(
                    "ESC211",
                    f"`{item.id}` is the id of two {section}",
                    (section, i, "id"),
                    "give one of them another id",
                    related=(((section, before, "id"), "the first one"),),
                )
