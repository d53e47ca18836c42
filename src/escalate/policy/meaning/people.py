"""Can owners be reached, and are choices among them sound? Language: "Owners"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from escalate.errors import Severity
from escalate.policy.choice import Choice
from escalate.policy.meaning.context import Context, Path, quoted
from escalate.policy.owner import Owner, RotationOf, Team, people_of

__all__ = ["check_choices", "check_owners"]


def check_owners(context: Context) -> None:
    """Channels, and whose duty a team goes by."""
    owners = context.policy.owners
    told = any(owner.channels is not None for owner in owners.values())
    for name, owner in owners.items():
        if isinstance(owner, Team):
            _duty(context, owner, ("owners", name))
        if _silent(context, owner, told):
            context.report(
                "ESC610",
                f"`{name}` cannot be reached: it has no channel",
                ("owners", name, "channels") if owner.channels is not None else ("owners", name),
                "add `channels: [email]`, or whatever it is told by",
                key=owner.channels is None,
                severity=Severity.WARNING,
            )


def _silent(context: Context, owner: Owner, told: bool) -> bool:
    """Whether an owner has no channel though others have: a desk that names none tells
    everybody in its own way."""
    if owner.channels is not None:
        return owner.channels.plain == ()
    if not told or owner.kind in ("bot", "vendor"):
        return False  # a program needs none, somebody outside is sent e-mail
    if owner.kind == "group":
        known = [context.policy.owners[of] for of in owner.of if of in context.policy.owners]
        return any(of.channels is None and of.kind not in ("bot", "vendor") for of in known)
    return True


def _duty(context: Context, team: Team, path: Path) -> None:
    """`assign: on-duty` and `rotation` belong together."""
    if team.assign != "on-duty":
        if team.rotation is not None:
            message = f"`rotation` has no meaning with `assign: {team.assign}`"
            help_ = "write `assign: on-duty`, or remove it"
            context.report("ESC621", message, (*path, "rotation"), help_, key=True)
        return
    if team.rotation is None:
        rotations = [n for n, o in context.policy.owners.items() if o.kind == "rotation"]
        help_ = f"add `rotation:`, one of {quoted(rotations)}" if rotations else "define a rotation"
        message = "`assign: on-duty` does not say whose duty"
        context.report("ESC621", message, (*path, "assign"), help_)
        return
    rotation = context.policy.owners.get(team.rotation)
    if rotation is None:
        return  # told with the other names
    here = (*path, "rotation")
    if rotation.kind != "rotation":
        context.report("ESC621", f"`{team.rotation}` is no rotation", here, "name a rotation")
        return
    of = context.policy.owners.get(rotation.of) if isinstance(rotation, RotationOf) else rotation
    members = set() if of is None else set(people_of(of))
    if members and members.isdisjoint(team.members):
        message = f"nobody of this team ever has duty in `{team.rotation}`"
        context.report("ESC621", message, here, f"members there: {quoted(sorted(members))}")


class _Among(NamedTuple):
    """An owner among whom a choice is made."""

    name: str
    owner: Owner


def check_choices(context: Context) -> None:
    """Every choice by topic or language: its field is there, and somebody fits."""
    listed: dict[str, set[Any]] = {}
    free: set[str] = set()
    for spot in context.spots:
        if spot.what not in ("owner", "notified"):
            continue
        for inner, value in spot.cases.values():
            if isinstance(value, Choice):
                _choice(context, value, (*spot.path, *inner), listed, free)
    for name, topics in listed.items():
        if name not in free:
            _never(context, name, topics)


def _choice(
    context: Context, choice: Choice, path: Path, listed: dict[str, set[Any]], free: set[str]
) -> None:
    fields = (("expert_in", choice.topic), ("speaks", choice.language))
    known = [_known(context, name, (*path, key)) for key, name in fields if name is not None]
    lost = any(name not in context.policy.owners for name in choice.from_)
    if lost or context.doubts.touch("owners") or not all(known):
        return  # what is wrong is told, and this would be wrong because of it
    among = [one for name in choice.from_ for one in _standing_for(context, name, set())]
    if choice.topic is None:
        if not any(one.owner.languages for one in among):
            message = f"nobody of {quoted(choice.from_)} says what languages are spoken"
            help_ = "add `languages: [en]` to owners there"
            context.report("ESC611", message, (*path, "from"), help_)
        return
    handled = {topic for one in among for topic in one.owner.handles}
    if not handled:
        message = f"nobody of {quoted(choice.from_)} handles any topic"
        context.report("ESC611", message, (*path, "from"), "add `handles: [...]` to owners there")
        return
    choices = context.facts[choice.topic].choices
    if choices is None:
        free.update(one.name for one in among)
        return
    for one in among:
        listed.setdefault(one.name, set()).update(choices)
    lacking = [topic for topic in choices if topic not in handled]
    if lacking and choice.otherwise is None:
        context.report(
            "ESC612",
            f"nobody handles {quoted([str(topic) for topic in lacking])}",
            (*path, "expert_in"),
            "add the topic to somebody's `handles`, or say who it is `otherwise`",
            severity=Severity.WARNING,
        )


def _known(context: Context, field: str, path: Path) -> bool:
    """Whether a field of tickets is meant that holds text, or texts."""
    if context.in_doubt(field):
        return False
    fact = context.facts.get(field)
    names = [n for n in context.facts.names if context.facts[n].source == "snapshot"]
    if fact is None:
        context.unknown("ESC617", "field", field, names, path)
    elif fact.source != "snapshot" or fact.kind in ("object", "instant"):
        message = f"`{field}` is no field that could hold a topic or a language"
        context.report("ESC617", message, path, "name a field of the ticket, as `ticket.product`")
    return fact is not None and fact.source == "snapshot"


def _never(context: Context, name: str, topics: set[Any]) -> None:
    """Topics of an expert that no ticket ever has."""
    for i, topic in enumerate(context.policy.owners[name].handles):
        if topic in topics:
            continue
        near = context.nearest(str(topic), [str(t) for t in topics], f"topic of {name}")
        help_ = (
            f"did you mean `{near}`?"
            if near
            else f"tickets hold {quoted(sorted(map(str, topics)))}"
        )
        context.report(
            "ESC620",
            f"no ticket is about `{topic}`, which `{name}` handles",
            ("owners", name, "handles", i),
            help_,
            severity=Severity.WARNING,
        )


def _standing_for(context: Context, name: str, seen: set[str]) -> Iterator[_Among]:
    """The owners whom a name in `from` stands for."""
    owner = context.policy.owners.get(name)
    if owner is None or name in seen:
        return
    seen.add(name)
    inner: tuple[str, ...] | None = None
    if owner.kind == "group":
        inner = owner.of
    elif isinstance(owner, Team) and not owner.handles and not owner.languages:
        inner = owner.members
    if inner is None:
        yield _Among(name, owner)
        return
    for member in inner:
        yield from _standing_for(context, member, seen)
