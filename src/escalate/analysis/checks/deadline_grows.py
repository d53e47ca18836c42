"""Targets that grow with the severity. Language: "Time", targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from escalate.analysis.space import Region
from escalate.analysis.subject import Finding, Subject
from escalate.analysis.targets import Promise, promises, targets_with_calendar
from escalate.worktime.wording import kind_of

__all__ = ["check"]

#: Fields whose rise means that somebody is in a greater hurry.
RISING: Final = ("severity", "priority", "urgency", "impact")


def check(subject: Subject) -> Iterator[Finding]:
    """Targets that are longer for a higher severity or priority, all else being the same."""
    policy = subject.policy
    rising = [name for name in RISING if name in policy.fields and policy.fields[name].ordered]
    for path, cases, calendar in targets_with_calendar(policy):
        if not cases.written:
            continue
        known = promises(subject, cases, calendar)
        for name in rising:
            pair = _growing(subject, name, known)
            if pair is not None:
                low, high, short, long = pair
                yield Finding(
                    f"{kind_of(high)} has {long.said}, more than {kind_of(low)}, which has "
                    f"{short.said}",
                    (*path, *long.path),
                    f"exchange the two, or the order of `{name}`, which goes from low to high",
                    related=(((*path, *short.path), f"where `{name}` is {kind_of(low)}"),),
                )


def _growing(
    subject: Subject, name: str, known: list[Promise]
) -> tuple[object, object, Promise, Promise] | None:
    """A higher value with a longer target than the one below it."""
    choices = subject.policy.fields[name].ordered or ()
    space = subject.space
    if name not in space.full:
        return None
    for rank in range(len(choices) - 1):
        below = [(p, space.without(w, [name])) for p in known if (w := _at(p.where, name, rank))]
        above = [
            (p, space.without(w, [name])) for p in known if (w := _at(p.where, name, rank + 1))
        ]
        for short, there in below:
            for long, here in above:
                if short.shorter(long) and space.overlap(there, here):
                    return choices[rank], choices[rank + 1], short, long
    return None


def _at(where: Region, name: str, rank: int) -> Region:
    return [box for box in where if box.get(name, 1 << rank) >> rank & 1]
