"""Messages as sent. Language: "Actions", messages; the state is that after the step."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from escalate.ticket import EPOCH
from escalate.worktime.zone import find_zone
from support.slow_clocks import clock_state
from support.slow_facts import Unknown, fact
from support.slow_history import us_of
from support.slow_promises import foremost

if TYPE_CHECKING:
    from support.slow_world import World

PIECE = re.compile(r"\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}")


def staff(world: World, message: str | None) -> str | None:
    if message is None:
        return None
    text = text_in(world, message, [world.policy.language])
    return fill(world, text, world.policy.timezone)


def customer(world: World, message: str) -> str:
    zone = world.ticket.get("customer.timezone") or world.policy.timezone
    return fill(world, customers_text(world, message), zone)


def customers_text(world: World, message: str) -> str:
    tag = world.ticket.get("language")
    wanted = [tag, tag.split("-")[0] if tag else None, world.policy.language]
    return text_in(world, message, wanted)


def text_in(world: World, message: str, wanted: list[str | None]) -> str:
    texts = world.policy.messages[message]
    language = next((tag for tag in wanted if tag in texts), next(iter(texts)))
    return texts[language]


def fill(world: World, text: str, zone: str) -> str:
    written = "".join(one for one in PIECE.split(text)[::3] if one)
    own = any(from_right(c) for c in written)
    return PIECE.sub(lambda found: piece(world, found, zone, own), text)


def piece(world: World, found: re.Match[str], zone: str, own: bool) -> str:
    if found[1] is None:
        return found[0][0]
    value = placeholder(world, found[1].strip(), zone)
    if value is None:
        return found[2] or ""
    return f"\u2068{value}\u2069" if own or any(from_right(c) for c in value) else value


def from_right(character: str) -> bool:
    """Of what the generators write: Hebrew."""
    return "\u0590" <= character <= "\u05ff"


def names_in(text: str) -> list[str]:
    found = [match[1].strip() for match in PIECE.finditer(text) if match[1] is not None]
    return list(dict.fromkeys(found))


def due_of(world: World, name: str) -> int | None:
    """The instant of a deadline or a clock after the step."""
    after, (kind, _, rest) = world.after or {}, name.partition(".")
    if kind == "deadline":
        return after["deadlines"].get(rest)
    if kind == "clock" and rest.endswith(".due"):
        return clock_state(after["world"], rest.split(".")[0]).due
    return None


def placeholder(world: World, name: str, zone: str) -> str | None:
    after = world.after or {}
    if name.startswith(("deadline.", "clock.")):
        return instant(due_of(world, name), zone)
    if name == "promise.due":
        word = foremost(world) if world.past.known else None
        return instant(None if word is None else word.due, zone)
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
    if name == "due_at" and not isinstance(value, Unknown):
        return instant(us_of(datetime.fromisoformat(value)), zone)
    return None if isinstance(value, Unknown) else shown(value)


def shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def instant(us: int | None, zone: str) -> str | None:
    if us is None:
        return None
    at = (EPOCH + timedelta(microseconds=us)).astimezone(find_zone(zone))
    return at.strftime("%Y-%m-%d %H:%M")


def plain_instant(world: World, us: int) -> str:
    """As JSON has it, in the policy's zone."""
    at = EPOCH + timedelta(microseconds=us)
    return at.astimezone(find_zone(world.policy.timezone)).isoformat()
