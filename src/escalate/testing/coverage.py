"""What of a policy the tests reached, and what they did not.

What was reached is read from decisions and their traces: triggers that fired, cases that gave
their value, levels at which a ticket stood, paths that it took, messages that were said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from escalate.decision import Decision
from escalate.errors import Diagnostic, Place, Severity
from escalate.policy.loader import load_text
from escalate.policy.meaning.walk import spots_of
from escalate.policy.places import Places
from escalate.policy.policy import Policy
from escalate.policy.structure import path_text
from escalate.testing.outcome import Reached

__all__ = ["KINDS", "Coverage", "Piece", "coverage_of", "reached_by"]

KINDS: Final = {
    "trigger": "never fired",
    "case": "never gave its value",
    "level": "never has a ticket",
    "path": "is never taken",
    "message": "was never said",
}
"""The kinds of pieces that tests can reach, and what is said of one that none reached."""


def reached_by(decisions: Iterable[Decision]) -> Reached:
    """What decisions, each with its trace, reached."""
    found: set[tuple[str, str, str]] = set()
    for decision in decisions:
        name = decision.policy.name
        for kind, what in _reached(decision):
            if what is not None:
                found.add((name, kind, what))
    return frozenset(found)


def _reached(decision: Decision) -> Iterator[tuple[str, str | None]]:
    yield "level", decision.from_.level
    yield "level", decision.to.level
    yield "path", decision.path
    for fired in decision.fired:
        if not fired.spent:
            yield "trigger", fired.trigger
    for action in decision.actions:
        yield "message", action.message
    for chosen in (decision.trace or {}).get("cases", ()):
        yield "case", f"{chosen['path']}[{chosen['case']}]"


class Piece(NamedTuple):
    """Something of a policy that a test can reach: its kind (of :data:`KINDS`), its id or
    path, and where it stands."""

    kind: str
    id: str
    place: Place


def pieces_of(policy: Policy, places: Places) -> Iterator[Piece]:
    """Every piece of a policy, in no order."""
    for i, trigger in enumerate(policy.triggers):
        yield Piece("trigger", trigger.id, places.place(("triggers", i, "id")))
    for i, level in enumerate(policy.levels):
        yield Piece("level", level.id, places.place(("levels", i, "id")))
    for i, path in enumerate(policy.paths):
        yield Piece("path", path.id, places.place(("paths", i, "id")))
    spots = list(spots_of(policy))
    named = {use for spot in spots if spot.what == "message" for _, use in spot.cases.values()}
    own = places.place(("name",)).file
    for name in policy.messages:
        place = places.place(("messages", name), key=True)
        # What several policies include, each need not say.
        if name in named or place.file == own:
            yield Piece("message", name, place)
    for spot in spots:
        if spot.cases.written and spot.cases.plain is None:
            for i in range(len(spot.cases.cases)):
                way = (*spot.path, i)
                yield Piece("case", path_text(way), places.place(way))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What tests reached of one policy: by kind how many pieces and how many of them, and
    the pieces that none reached, in the order of the text."""

    policy: str
    file: str
    counts: dict[str, tuple[int, int]]
    missed: tuple[Piece, ...]

    @property
    def reached(self) -> int:
        """How many pieces were reached."""
        return sum(reached for reached, _ in self.counts.values())

    @property
    def total(self) -> int:
        """How many pieces there are."""
        return sum(total for _, total in self.counts.values())

    @property
    def percent(self) -> int:
        """How much was reached, rounded down: 100 is everything."""
        return 100 * self.reached // self.total if self.total else 100

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """A hint at each piece that no test reached."""
        return [
            Diagnostic(
                "ESC974",
                f"no test reaches the {piece.kind} `{piece.id}`: it {KINDS[piece.kind]}",
                Severity.HINT,
                piece.place,
                path=piece.id,
            )
            for piece in self.missed
        ]


def coverage_of(file: str, reached: Reached) -> Coverage | None:
    """What was reached of the policy in a file; ``None`` where there is none in it."""
    loaded = load_text(Path(file).read_bytes(), file)
    policy = loaded.policy
    if policy is None:
        return None
    counts: dict[str, tuple[int, int]] = {}
    missed: list[Piece] = []
    for piece in pieces_of(policy, loaded.places):
        there = (policy.name, piece.kind, piece.id) in reached
        done, total = counts.get(piece.kind, (0, 0))
        counts[piece.kind] = (done + there, total + 1)
        if not there:
            missed.append(piece)
    missed.sort(key=lambda piece: (piece.place, piece.kind))
    ordered = {kind: counts[kind] for kind in KINDS if kind in counts}
    return Coverage(policy.name, file, ordered, tuple(missed))
