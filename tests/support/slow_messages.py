"""Messages as sent. Language: "Actions", messages; the state is that after the step."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from escalate.ticket import EPOCH
from escalate.worktime.zone import find_zone
from support.slow_clocks import clock_state
from support.slow_facts import Unknown, fact

if TYPE_CHECKING:
    from support.slow_world import World

PIECE = re.compile(r"\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}")


def staff(world: World, message: str | None) -> str | None:
    return None if message is None else render(world, message, [world.policy.language])


def customer(world: World, message: str) -> str:
    tag = world.ticket.get("language")
    wanted = [tag, tag.split("-")[0] if tag else None, world.policy.language]
    return render(world, message, wanted)


def render(world: World, message: str, wanted: list[str | None]) -> str:
    texts = world.policy.messages[message]
    language = next((tag for tag in wanted if tag in texts), next(iter(texts)))
    return PIECE.sub(lambda found: piece(world, found), texts[language])


def piece(world: World, found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0][0]
    value = placeholder(world, found[1].strip())
    return value if value is not None else (found[2] or "")


def placeholder(world: World, name: str) -> str | None:
    after = world.after or {}
    if name.startswith("deadline."):
        return instant(world, after["deadlines"].get(name.removeprefix("deadline.")))
    if name.startswith("clock."):
        return instant(world, clock_state(after["world"], name.split(".")[1]).due)
    if name == "owner.name":
        owner = world.policy.owners.get(after["owner"])
        return None if owner is None else owner.name or after["owner"]
    if name == "level.name":
        level = world.level(after["level"])
        return None if level is None else level.name or level.id
    if name.startswith("ticket."):
        name = name.removeprefix("ticket.")
    if name in after["fields"]:
        return shown(after["fields"][name])
    value, _ = fact(world, name)
    return None if isinstance(value, Unknown) else shown(value)


def shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def instant(world: World, us: int | None) -> str | None:
    if us is None:
        return None
    zone = world.ticket.get("customer.timezone") or world.policy.timezone
    at = (EPOCH + timedelta(microseconds=us)).astimezone(find_zone(zone))
    return at.strftime("%Y-%m-%d %H:%M")
