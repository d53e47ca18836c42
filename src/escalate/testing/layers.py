"""Values joined from several places of a test file, and where each piece of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from escalate.policy.source import Source
from escalate.testing.pen import Way

__all__ = ["Layers", "joined"]


def joined(below: Any, above: Any) -> Any:
    """Mappings key by key, the upper one wins; nothing takes a key away."""
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    said = dict(below)
    for key, value in above.items():
        if value is None:
            said.pop(key, None)
        else:
            said[key] = joined(said.get(key), value)
    return said


@dataclass(frozen=True)
class Layers:
    """What ``parts`` come to, the nearest first, each with where it stands; a part may lack
    what the text has there."""

    source: Source
    parts: tuple[tuple[Way, Mapping[str, Any]], ...]
    data: dict[str, Any]

    @classmethod
    def of(cls, source: Source, parts: Sequence[tuple[Way, Mapping[str, Any]]]) -> Layers:
        """Parts from the farthest to the nearest, each with where it stands."""
        data: dict[str, Any] = {}
        for _, part in parts:
            data = joined(data, part)
        return cls(source, tuple(reversed(parts)), data)

    def way(self, segments: Sequence[str | int]) -> Way:
        """Where a piece stands: in the nearest place that has most of it."""
        best: Way = self.parts[0][0] if self.parts else ()
        most = 0
        for way, part in self.parts:
            here = _inside(part, segments)
            if len(here) > most:
                best, most = (*way, *here), len(here)
        return best

    def holds(self, way: Way) -> bool:
        """Whether a place is within one of the parts."""
        return any(way[: len(w)] == w and len(way) > len(w) for w, _ in self.parts)


def _inside(part: Any, segments: Sequence[str | int]) -> Way:
    """As many of the segments as are there, one within another; what is not is left out."""
    found: Way = ()
    for segment in segments:
        if isinstance(part, Mapping):
            there = segment in part
        else:
            there = isinstance(part, list) and isinstance(segment, int) and segment < len(part)
        if there:
            part, found = part[segment], (*found, segment)
    return found
