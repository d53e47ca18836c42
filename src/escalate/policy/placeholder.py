"""Placeholders in messages: ``{customer.name|there}``.

Language: "Actions". A brace that is meant as such is written twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from escalate.policy.facts import Facts
from escalate.policy.policy import Policy

__all__ = ["Malformed", "Placeholder", "known_placeholders", "read_message"]

_TOKEN: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[^\s{}|]+")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name, and what stands there where it is absent (``None``: nothing is said)."""

    name: str
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A brace that opens or closes nothing, or holds no name; ``why`` is a sentence."""

    text: str
    why: str


def read_message(text: str) -> tuple[str | Placeholder | Malformed, ...]:
    """A message's text as its parts, plain text with single braces."""
    parts: list[str | Placeholder | Malformed] = []
    plain = ""
    end = 0
    for match in _TOKEN.finditer(text):
        plain += text[end : match.start()]
        end = match.end()
        token = match.group()
        if token in ("{{", "}}"):
            plain += token[0]
            continue
        if plain:
            parts.append(plain)
            plain = ""
        inside = match.group(1)
        if inside is None:
            side = "opens" if token == "{" else "closes"
            parts.append(Malformed(token, f"a `{token}` {side} no placeholder"))
            continue
        name, bar, fallback = inside.partition("|")
        if _NAME.fullmatch(name.strip()):
            parts.append(Placeholder(name.strip(), fallback if bar else None))
        else:
            parts.append(Malformed(token, f"`{token}` names no fact"))
    plain += text[end:]
    if plain:
        parts.append(plain)
    return tuple(parts)


#: What every ticket has after every step.
_ALWAYS: Final = frozenset({"id", "created_at", "phase", "owner.name"})
_SOURCES: Final = ("snapshot", "events", "desk")
_DEADLINES: Final = ("acknowledge", "respond", "resolve")


def known_placeholders(policy: Policy, facts: Facts) -> dict[str, bool]:
    """Every name that a placeholder may have; whether it can be relied on to be there."""
    names = [name for name in facts.names if facts[name].source in _SOURCES]
    names += ["owner.name", "level.name"]
    names += [f"deadline.{name}" for name in _DEADLINES]
    for clock in policy.clocks:
        names += [f"clock.{clock}", f"clock.{clock}.due"]
    known = {name: name in _ALWAYS for name in names}
    known |= {f"ticket.{name}": name in _ALWAYS for name in facts.names if name in known}
    return known
