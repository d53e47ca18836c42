"""What the customer was promised, in the plainest way. Docs: "Finer points", promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support.slow_deadlines import acknowledges
from support.slow_history import us_of

if TYPE_CHECKING:
    from support.slow_history import Happening
    from support.slow_world import World


@dataclass
class Word:
    """A promise of the present cycle: when it was made, until when, how it ended."""

    number: int
    made: int
    due: int
    about: str | None
    ended: int | None
    replaced: bool

    @property
    def stands(self) -> bool:
        return self.ended is None

    def broken(self, now: int) -> bool:
        return self.due <= (now if self.ended is None else self.ended - 1)


def words(world: World) -> list[Word]:
    past, found = world.past, []
    numbers = [id(e) for e in world.ticket.events or () if e.type == "promised"]
    for i, made in enumerate(past.present):
        if made.event is None or made.event.type != "promised":
            continue
        number = numbers.index(id(made.event)) + 1
        about = made.event.about
        word = Word(number, made.us, us_of(made.event.due), about, None, False)
        for later in past.present[i + 1 :]:
            again = later.event is not None and later.event.type == "promised"
            if again and later.event.about == about:
                word.ended, word.replaced = later.us, True
            elif later.moments & {"resolved", "closed"} or (
                later.us > made.us and keeps(world, about, later)
            ):
                word.ended = later.us
            if word.ended is not None:
                break
        found.append(word)
    return found


def keeps(world: World, about: str | None, later: Happening) -> bool:
    if about == "deadline.acknowledge":
        return acknowledges(later)
    if about == "deadline.resolve":
        return False  # which the resolution ends
    kind, _, name = (about or "").partition(".")
    if kind == "clock" and name in world.policy.clocks:
        return bool(later.moments & set(world.policy.clocks[name].until))
    return "agent-reply" in later.moments


def foremost(world: World) -> Word | None:
    """The one that counts: of those that stand, the one that is due first."""
    standing = [word for word in words(world) if word.stands]
    return min(standing, key=lambda word: (word.due, word.number), default=None)


def state(world: World) -> str:
    made, first = words(world), foremost(world)
    if first is not None:
        return "broken" if first.broken(world.now) else "open"
    if any(word.broken(world.now) for word in made):
        return "broken"
    return "kept" if any(not word.replaced for word in made) else "none"


def number(world: World) -> int:
    """What the key of a cause goes by."""
    made, first = words(world), foremost(world)
    if first is not None:
        return first.number
    return made[-1].number if made else 0


def new_promises(world: World, message: str, text: str) -> list[dict[str, Any]]:
    """What is promised by saying this: instants to come that are not promised already."""
    from support.slow_messages import due_of, names_in, plain_instant

    found = []
    for name in names_in(text):
        due, about = due_of(world, name), name.removeprefix("ticket.").removesuffix(".due")
        said = [(w.about, w.due) for w in words(world) if w.stands] if world.past.known else []
        if due is not None and due > world.now and (about, due) not in said:
            found.append({"about": about, "due": plain_instant(world, due)})
    return found
