"""Names that look the same and are not. Language: "The text"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.letters import sections, skeleton, spelt
from escalate.analysis.subject import Finding, Path, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Two names of one section that differ only in letters that look alike."""
    for names in sections(subject):
        seen: dict[str, tuple[str, tuple[Path, bool]]] = {}
        if all(name.isascii() for name, _ in names):
            continue
        for name, (path, key) in names:
            first, (before, _) = seen.setdefault(skeleton(name), (name, (path, key)))
            if first != name:
                yield Finding(
                    f"`{name}` looks like `{first}` and is another name: {spelt(name)}",
                    path,
                    "write both on one keyboard, or choose another name",
                    key=key,
                    related=((before, "this one looks the same"),),
                )
