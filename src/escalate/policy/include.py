"""Files that a policy brings in, and how their names become the policy's own.

Language: "The text", ``include``. Only files beside or below the including one are
read, each once; a name defined twice is an error that shows both places.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from escalate.beside import inside
from escalate.errors import Diagnostic, Related
from escalate.policy.doubts import NO_DOUBTS, SECTIONS, Doubts
from escalate.policy.excess import check_excess
from escalate.policy.file import read_file
from escalate.policy.limits import Limits
from escalate.policy.places import Places
from escalate.policy.policy import Policy, Shared
from escalate.policy.source import Source
from escalate.policy.structure import read_model

__all__ = ["Includes"]

_ANYTHING: Final = Doubts(open=frozenset(SECTIONS))
"""What a file may define that cannot be read."""

MOST_FOUND: Final = 200
"""After how many findings no more files are read."""

MOST_FILES: Final = 100
"""How many files one policy may bring in."""


class Includes:
    """Reads what a text includes, and what that includes, and gathers the definitions."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits
        self.found: list[Diagnostic] = []
        self.parts: list[tuple[Source, Shared]] = []
        self.doubts = NO_DOUBTS
        self._read: set[Path] = set()

    def read(self, source: Source) -> None:
        """Read all that ``source`` includes."""
        own = () if source.file.startswith("<") else (Path(source.file).resolve(),)
        self._follow(source, own)

    def _follow(self, source: Source, way: tuple[Path, ...]) -> None:
        """The same; ``way`` are the files that led here."""
        listed = source.data.get("include") if isinstance(source.data, Mapping) else None
        if not isinstance(listed, list):
            return
        for i, written in enumerate(listed):
            if len(self.found) >= MOST_FOUND:
                return
            if isinstance(written, str):
                self._include(source, ("include", i), written, way)

    def _wrong(
        self, code: str, message: str, source: Source, path: tuple[str | int, ...], help_: str
    ) -> None:
        place = source.place(path)
        self.doubts |= _ANYTHING
        self.found.append(Diagnostic(code, message, place=place, help=help_, path="include"))

    def _include(
        self, source: Source, at: tuple[str | int, ...], written: str, way: tuple[Path, ...]
    ) -> None:
        target = self._target(source, at, written, way)
        if target is None or target in self._read:
            return
        if len(self._read) >= MOST_FILES:
            message = f"more than {MOST_FILES} files are included"
            self._wrong("ESC224", message, source, at, "put definitions together in fewer files")
            return
        self._read.add(target)
        file = os.path.normpath(os.path.join(os.path.dirname(source.file), written))
        path = Path(source.file).parent / written
        part = read_file(path, file.replace(os.sep, "/"), self.limits)
        if isinstance(part, Diagnostic):
            why = part.message.partition(": ")[2]
            self._wrong(
                "ESC220",
                f"`{written}` cannot be included: {why}",
                source,
                at,
                part.help or "paths are relative to this file",
            )
            return
        self._bring_in(part)
        self._follow(part, (*way, target))

    def _target(
        self, source: Source, at: tuple[str | int, ...], written: str, way: tuple[Path, ...]
    ) -> Path | None:
        """The file that is meant, if it may be included from here."""
        if source.file.startswith("<"):
            message = "a text that is no file cannot include others"
            self._wrong("ESC220", message, source, at, "save it as a file first")
            return None
        target = inside(Path(source.file).parent, written)
        if target is None:
            self._wrong(
                "ESC221",
                f"`{written}` does not lie beside or below this file",
                source,
                at,
                "write a relative path without `..`, such as `shared/people.escalation.yaml`",
            )
            return None
        if target in way:
            self._wrong(
                "ESC222",
                f"`{written}` leads back to itself: files include one another in a circle",
                source,
                at,
                "move what both need into a third file",
            )
            return None
        return target

    def _bring_in(self, part: Source) -> None:
        """What a file defines, as far as it can be read."""
        wrong = [*part.diagnostics, *check_excess(part)]
        self.found += wrong
        sound, shared = part, None
        if not any(d.severity == "error" for d in wrong):
            shared, wrong = read_model(Shared, part)
            self.found += wrong
            if shared is None:
                from escalate.policy.mending import mended

                shared, sound, doubts = mended(Shared, part)
                self.doubts |= doubts
        if shared is None:
            self.doubts |= _ANYTHING
        else:
            self.parts.append((sound, shared))

    def merge(self, source: Source, policy: Policy) -> tuple[Policy, Places]:
        """The policy with all that is included, and where each piece stands."""
        places = Places(source)
        data: dict[str, Any] = dict(source.data)
        models: dict[str, Any] = {}
        for section in SECTIONS:
            if section == "statuses":
                continue
            raw = dict(data.get(section) or {})
            whole = dict(getattr(policy, section))
            for part, shared in self.parts:
                for name, value in getattr(shared, section).items():
                    path = (section, name)
                    if name in whole:
                        self._twice(part, places, path)
                        continue
                    whole[name] = value
                    raw[name] = part.data[section][name]
                    places.moved[path] = (part, path)
            if raw:
                data[section] = raw
                models[section] = whole
        self._merge_statuses(policy, data, models, places)
        if not self.parts:
            return policy, places
        return policy.extended(models, data), places

    def _merge_statuses(
        self, policy: Policy, data: dict[str, Any], models: dict[str, Any], places: Places
    ) -> None:
        """Words for one phase may come from several files, one after the other."""
        for part, shared in self.parts:
            if shared.statuses is None:
                continue
            so_far = models.get("statuses", policy.statuses)
            merged = shared.statuses
            if so_far is not None:
                update = {}
                for phase in type(merged).model_fields:
                    words, more = getattr(so_far, phase), getattr(merged, phase)
                    for i in range(len(more)):
                        at = ("statuses", phase, i)
                        places.moved[(*at[:2], len(words) + i)] = (part, at)
                    update[phase] = (*words, *more)
                merged = merged.model_copy(update=update)
            else:
                places.moved.update(
                    {
                        ("statuses", phase): (part, ("statuses", phase))
                        for phase in part.data["statuses"]
                    }
                )
            models["statuses"] = merged
            phases = type(merged).model_fields
            data["statuses"] = {
                phase: list(getattr(merged, phase)) for phase in phases if getattr(merged, phase)
            }

    def _twice(self, part: Source, places: Places, path: tuple[str, str]) -> None:
        first = places.place(path, key=True)
        section, name = path
        self.found.append(
            Diagnostic(
                "ESC223",
                f"`{name}` is defined twice under `{section}`",
                place=part.place(path, key=True),
                help="give one of them another name, or remove it",
                path=".".join(path),
                related=(Related(first, f"`{name}` is defined here as well"),),
            )
        )
