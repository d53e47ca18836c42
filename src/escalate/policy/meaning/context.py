"""What every check of meaning has at hand: the policy, its facts, its places, a pen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from escalate.errors import Diagnostic, Fix, Related, Severity
from escalate.policy.doubts import NO_DOUBTS, UNKNOWN, Doubts
from escalate.policy.facts import DECLARABLE, Facts
from escalate.policy.meaning.extent import Extent, extents
from escalate.policy.meaning.walk import Asked, Spot, conditions_of, spots_of
from escalate.policy.places import Places
from escalate.policy.policy import Policy
from escalate.policy.structure import path_text

__all__ = ["Context", "Path", "quoted"]

Path = tuple[str | int, ...]

MOST: Final = 200
"""How many findings are written out; who has more begins with these."""

SECTION_OF: Final[Mapping[str, str]] = {
    "ESC301": "levels",
    "ESC302": "owners",
    "ESC303": "clocks",
    "ESC304": "calendars",
    "ESC305": "conditions",
    "ESC306": "messages",
    "ESC307": "actions",
    "ESC310": "statuses",
}
"""Where the names are defined that a finding does not know."""

MOST_COMPARED: Final = 100_000
"""How many known names are compared with unknown ones, in all."""


def quoted(names: Collection[str], most: int = 12) -> str:
    """Names in backticks, so many at the most."""
    shown = [f"`{name}`" for name in list(names)[:most]]
    return ", ".join(shown) + (" and others" if len(names) > most else "")


class Context:
    """Checks read the policy here and report what they find."""

    def __init__(self, policy: Policy, places: Places, doubts: Doubts = NO_DOUBTS) -> None:
        self.policy = policy
        self.places = places
        self.doubts = doubts
        self.facts = Facts(policy)
        self.found: list[Diagnostic] = []
        self.levels = {level.id: i for i, level in reversed(list(enumerate(policy.levels)))}
        self._near: dict[tuple[str, str], Sequence[str]] = {}
        self._effort = MOST_COMPARED
        self._more = 0

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every value of the policy that may have cases."""
        return tuple(spots_of(self.policy))

    @cached_property
    def conditions(self) -> tuple[Asked, ...]:
        """Every condition of the policy, named ones first."""
        return tuple(conditions_of(self.policy, self.spots))

    @cached_property
    def extents(self) -> dict[str, Extent]:
        """How much each named condition asks, inner ones first; none that leads to a circle."""
        return extents(self.policy)

    def everything(self) -> list[Diagnostic]:
        """All that was found, and how many more there were."""
        if not self._more:
            return self.found
        message = f"{self._more:,} more mistakes are not shown"
        more = Diagnostic(
            "ESC218", message, place=self.places.place(()), help="mend the others first"
        )
        return [*self.found, more]

    def report(
        self,
        code: str,
        message: str,
        path: Path,
        help_: str | None = None,
        *,
        key: bool = False,
        within: tuple[int, int] | None = None,
        related: tuple[tuple[Path, str], ...] = (),
        severity: Severity = Severity.ERROR,
        fix: Fix | None = None,
    ) -> None:
        """A finding at ``path``; ``key`` points at the key there, not at its value, and
        ``within`` at some characters of a text. ``fix`` is its one right edit."""
        if len(self.found) >= MOST:
            self._more += 1
            return
        from escalate.policy.excerpt import visible  # only mistakes need it

        # What was written may be the name of somebody, with line breaks and worse in it.
        message, help_ = visible(message), None if help_ is None else visible(help_)
        place = self.places.within(path, within) if within else self.places.place(path, key=key)
        self.found.append(
            Diagnostic(
                code,
                message,
                severity,
                place,
                help_,
                path_text(self.places.original(path)),
                tuple(Related(self.places.place(p, key=True), why) for p, why in related),
                fix,
            )
        )

    def unknown(
        self,
        code: str,
        what: str,
        written: str,
        known: Collection[str],
        path: Path,
        *,
        key: bool = False,
        within: tuple[int, int] | None = None,
    ) -> None:
        """A name that stands for nothing, with the nearest one that does."""
        if self._doubtful(code, written):
            return
        if len(self.found) >= MOST:
            self._more += 1
            return
        known = self._nameable(code, known)
        near = self.nearest(written, known, what)
        if near is not None:
            help_: str | None = f"did you mean `{near}`?"
        elif known:
            help_ = f"known: {quoted(sorted(set(known)))}"
        else:
            help_ = f"the policy defines no {what} at all"
        fix = None
        if near is not None:
            fix = self.rename(written, known, what, path, key=key, within=within)
        message = f"there is no {what} `{written}`"
        self.report(code, message, path, help_, key=key, within=within, fix=fix)

    def in_doubt(self, fact: str) -> bool:
        """Whether parts of the policy that cannot be read may say what a fact is."""
        doubts = self.doubts
        return bool(doubts) and doubts.cover_fact(
            fact, fact in DECLARABLE or fact not in self.facts
        )

    def _doubtful(self, code: str, written: str) -> bool:
        if code == "ESC311":
            return self.in_doubt(written.removeprefix("ticket."))
        section = SECTION_OF.get(code)
        return section is not None and self.doubts.cover(section, written)

    def _nameable(self, code: str, known: Collection[str]) -> Collection[str]:
        """The names that may be proposed: also those whose definition is faulty."""
        if not self.doubts:
            return known
        more = self.doubts.within(SECTION_OF.get(code, ""))
        return [name for name in (*known, *sorted(more)) if UNKNOWN not in name]

    def nearest(self, written: str, known: Collection[str], family: str) -> str | None:
        """The nearest known name of a family; each question is worked out once."""
        return next(iter(self._nearest(written, known, family)), None)

    def _nearest(self, written: str, known: Collection[str], family: str) -> Sequence[str]:
        at = (family, written)
        if at not in self._near:
            from escalate.spelling import near_names

            self._effort -= len(known)
            self._near[at] = near_names(written, known) if self._effort > 0 else ()
        return self._near[at]

    def sure(self, written: str, known: Collection[str], family: str) -> str | None:
        """The known name that was meant without doubt, if there is one."""
        from escalate.spelling import sure_name

        return sure_name(written, self._nearest(written, known, family))

    def rename(
        self,
        written: str,
        known: Collection[str],
        family: str,
        path: Path,
        *,
        key: bool = False,
        within: tuple[int, int] | None = None,
    ) -> Fix | None:
        """The edit that writes the known name which was meant, where that is sure."""
        from escalate.policy.edits import name_fix

        meant = self.sure(written, known, family)
        if meant is None:
            return None
        if within is not None:
            place = self.places.within(path, within)
            exact = place.end_column - place.column == within[1] - within[0]
            return Fix(place, meant) if exact and place.line == place.end_line else None
        source, inner = self.places.find(path)
        if key and source.has((*inner[:-1], meant)):
            return None
        return name_fix(source, inner, written, meant, key=key)

    def rewrite(self, path: Path, text: str) -> Fix | None:
        """The edit that writes a text in place of the scalar at ``path``."""
        from escalate.policy.edits import value_fix

        source, inner = self.places.find(path)
        return value_fix(source, inner, text)

    def raw(self, path: Path) -> str:
        """What stands in the text at ``path``, as it is written."""
        source, inner = self.places.find(path)
        return source.raw(inner)

    def written(self, path: Path) -> Any:
        """What stands in the text at ``path``; segments that name nothing are skipped."""
        source, inner = self.places.find(path)
        here: Any = source.data
        for part in inner:
            if isinstance(here, Mapping):
                here = here.get(part, here)
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
        return here
