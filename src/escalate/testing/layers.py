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
    """What the places at ``ways`` come to, the nearest first."""

    source: Source
    ways: tuple[Way, ...]
    data: dict[str, Any]

    @classmethod
    def of(cls, source: Source, parts: Sequence[tuple[Way, Mapping[str, Any]]]) -> Layers:
        """Parts from the farthest to the nearest, each with where it stands."""
        data: dict[str, Any] = {}
        for _, part in parts:
            data = joined(data, part)
        return cls(source, tuple(way for way, _ in reversed(parts)), data)

    def way(self, segments: Sequence[str | int]) -> Way:
        """Where a piece stands: in the nearest place that has most of it."""
        best: Way = self.ways[0] if self.ways else ()
        most = 0
        for way in self.ways:
            found, here = 0, way
            for segment in segments:
                if self.source.has((*here, segment)):
                    here = (*here, segment)
                    found += 1
            if found > most:
                best, most = here, found
        return best
