"""Questions of which some may hold at once: what a text holds, a list has, who has asked.

Each *question* is a set of atoms, of which some hold for a ticket: it is answered with yes
where one of its own does. So yes to one question and no to another are impossible together
where the atoms of the first are all among those of the second.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from escalate.analysis.space import Box, Space

__all__ = ["NO", "YES", "Questions"]

Atom = Hashable

NO, YES = 1, 2
"""The two cells of a question's dimension."""


class Questions:
    """The questions about one fact, each a dimension of its own.

    ``base`` is the dimension of the fact's value, if it has one. ``known`` maps cells of it
    (bits) to a test of atoms for the value that the cell stands for; ``open`` are the cells
    for which atoms hold or not, as they like; any other cell has no value to ask about.
    ``implies`` tells that an atom cannot hold without another.
    """

    __slots__ = ("_atoms", "_base", "_implies", "_known", "_name", "_names", "_open", "_space")

    def __init__(
        self,
        space: Space,
        name: str,
        base: str | None = None,
        known: Iterable[tuple[int, Callable[[Atom], bool]]] = (),
        open_: int = 0,
        implies: Callable[[Atom, Atom], bool] | None = None,
    ) -> None:
        self._space = space
        self._name = name
        self._base = base
        self._known = tuple(known)
        self._open = open_
        self._implies = implies
        self._atoms: dict[str, frozenset[Atom]] = {}
        self._names: dict[frozenset[Atom], str] = {}

    def ask(self, atoms: Iterable[Atom]) -> str:
        """The dimension of the question whether any of these holds."""
        wanted = frozenset(atoms)
        known = self._names.get(wanted)
        if known is not None:
            return known
        name = self._names[wanted] = f"{self._name}?{len(self._atoms)}"
        self._atoms[name] = wanted
        self._space.add(name, NO | YES, self)
        if self._base is not None:
            rules = self._space.rules.get(self._base, ())
            if self not in rules:
                self._space.rules[self._base] = (*rules, self)
        return name

    def allows(self, box: Box) -> bool:
        """Whether some value answers all of the box's questions so."""
        yes: list[frozenset[Atom]] = []
        no: set[Atom] = set()
        known = self._atoms
        for name, answer in box.items():
            if name in known:
                if answer == YES:
                    yes.append(known[name])
                elif answer == NO:
                    no |= known[name]
        if not yes and not no:
            return True
        if self._base is None:
            return self._consistent(yes, no)
        cells = box.get(self._base, self._space.full[self._base])
        asked = self._open
        for cell, test in self._known:
            asked |= cell
            if (
                cells & cell
                and not any(map(test, no))
                and all(any(map(test, atoms)) for atoms in yes)
            ):
                return True
        if cells & ~asked:
            return True
        return bool(cells & self._open) and self._consistent(yes, no)

    def _consistent(self, yes: list[frozenset[Atom]], no: set[Atom]) -> bool:
        implies = self._implies
        for atoms in yes:
            left = atoms - no
            if implies is not None and no:
                left = frozenset(p for p in left if not any(implies(p, q) for q in no))
            if not left:
                return False
        return True
