"""Paths that no ticket takes. Language: "Levels and paths"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.space import Region
from escalate.analysis.subject import Finding, Subject
from escalate.policy.meaning.context import quoted

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Paths whose condition never holds, or only where an earlier path's does."""
    paths = subject.policy.paths
    before: list[tuple[int, Region]] = []
    for i, path in enumerate(paths):
        where = subject.within(path.when)
        if where is None:
            continue
        if not where and path.when is not None:
            trouble = subject.contradiction(path.when)
            yield Finding(
                f"no ticket takes the path `{path.id}`: its condition contradicts itself",
                ("paths", i, "when", *(trouble[0] if trouble else ())),
                "change one of the two",
                related=tuple((("paths", i, "when", *p), "this one") for p in trouble[1:]),
            )
            continue
        hiding = subject.hiding(before, where)
        if hiding:
            names = " and ".join(quoted([paths[j].id for j in hiding]).rsplit(", ", 1))
            yield Finding(
                f"no ticket takes the path `{path.id}`, since {names} "
                f"{'comes' if len(hiding) == 1 else 'come'} first and would take it",
                ("paths", i, "id"),
                "put the narrower path first, or remove this one",
                related=tuple((("paths", j, "id"), "this one comes first") for j in hiding),
            )
        before.append((i, where))
