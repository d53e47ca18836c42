"""Cases that never give their value. Language: "Five ideas", 3."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import Region
from escalate.analysis.subject import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Cases whose condition never holds, or only where an earlier case's does."""
    for spot in subject.spots:
        if not spot.cases.written:
            continue
        before: list[tuple[int, Region]] = []
        for i, case in enumerate(spot.cases.cases):
            if case.when is None:
                break
            where = subject.within(case.when)
            if where is None:
                continue
            here = (*spot.path, i, "when")
            if not where:
                trouble = subject.contradiction(case.when)
                yield Finding(
                    "no ticket comes to this case: its condition contradicts itself",
                    (*here, *(trouble[0] if trouble else ())),
                    "change one of the two",
                    related=tuple(((*here, *p), "this one") for p in trouble[1:]),
                )
                continue
            hiding = subject.hiding(before, where)
            if hiding:
                yield Finding(
                    "no ticket comes to this case, since those before it take them all",
                    here,
                    "put the narrower case first, or remove this one",
                    related=tuple(
                        ((*spot.path, j, "when"), "this one comes first") for j in hiding
                    ),
                )
            before.append((i, where))
