"""The cases of ``tests/spec``: found, and joined with what they leave out.

``tests/spec/README.md`` describes their form; this is one reading of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

SPEC = Path(__file__).resolve().parent.parent / "spec"
ZERO = datetime(2026, 11, 23, 9, tzinfo=UTC)

BASE_POLICY: dict[str, Any] = {
    "escalate": 1,
    "name": "spec",
    "review": "never",
    "owners": {"desk": "team", "manager": "person"},
    "levels": [{"id": "L1", "owner": "desk"}, {"id": "L2", "owner": "manager"}],
}
ENTRY = {"at": "+0m", "type": "entered", "to": "L1", "owner": "desk", "key": "enter:0"}
BASE_TICKET: dict[str, Any] = {
    "id": "T-1",
    "created_at": "+0m",
    "status": "open",
    "level": "L1",
    "owner": "desk",
    "events": [ENTRY],
}
FORMS = ("diagnostics", "decisions", "asks", "story", "as_of", "shown")
_SINCE_ZERO = re.compile(r"\+(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core scalars: ``9:00``, ``no`` and dates are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what its file says for all, and what it says itself."""

    file: str
    number: int
    title: str
    sentences: tuple[str, ...]
    said: Mapping[str, Any]

    @property
    def form(self) -> str:
        (form,) = [name for name in FORMS if name in self.said]
        return form

    def __str__(self) -> str:
        return f"{self.file.removesuffix('.yaml')}:{self.number}"


def read_file(path: Path) -> Any:
    """What a case file says."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, _Loader)


def case_files() -> list[Path]:
    """Every case file, but those of working time, which have a form of their own."""
    return sorted(p for p in SPEC.glob("*/*.yaml") if p.parent.name != "time")


def _listed(raw: Any) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw or ())


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    said = read_file(path)
    shared = {k: v for k, v in said.items() if k not in ("title", "sentence", "cases")}
    for number, own in enumerate(said.get("cases", [{}])):
        joined = {**shared, **own}
        for name in ("policy", "ticket", "desk"):
            if isinstance(shared.get(name), Mapping) and isinstance(own.get(name), Mapping):
                join = join_policies if name == "policy" else _over
                joined[name] = join(shared[name], own[name])
        yield Case(
            path.relative_to(SPEC).as_posix(),
            number,
            own.get("title", said["title"]),
            _listed(said.get("sentence")) + _listed(own.get("sentence")),
            joined,
        )


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file."""
    return tuple(case for path in case_files() for case in cases_of(path))


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {**below, **above}


def join_policies(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Sections that are mappings in both are joined by entry."""
    joined = dict(below)
    for key, value in above.items():
        under = joined.get(key)
        both = isinstance(under, Mapping) and isinstance(value, Mapping)
        joined[key] = {**under, **value} if both else value  # type: ignore[dict-item]
    return joined


def instants(raw: Any, zero: datetime = ZERO) -> Any:
    """The same with every ``+1h30m`` as an instant that long after ``zero``."""
    if isinstance(raw, str):
        found = _SINCE_ZERO.fullmatch(raw)
        if found is None:
            return raw
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        moved = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return (zero + moved).isoformat()
    if isinstance(raw, Mapping):
        return {key: instants(value, zero) for key, value in raw.items()}
    if isinstance(raw, list):
        return [instants(item, zero) for item in raw]
    return raw


def policy_text(said: Any) -> str:
    """The policy as text: as written, or a mapping joined with the base as JSON."""
    if isinstance(said, str):
        return said
    if isinstance(said, Mapping) and "repeat" in said:
        return said.get("begin", "") + said["repeat"] * said["times"] + said.get("end", "")
    joined = join_policies(BASE_POLICY, said or {})
    kept = {key: value for key, value in joined.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False)


def ticket_json(said: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Any:
    """The ticket: the base, the case's, the entry's, then ``after``; ``nothing`` goes."""
    layers = [said] if own is None else [said, own]
    ticket = dict(BASE_TICKET)
    after: list[Any] = []
    for layer in layers:
        given = layer.get("ticket")
        if given is not None and not isinstance(given, Mapping):
            return given
        ticket.update(given or {})
        after += layer.get("after") or []
    ticket = {key: value for key, value in ticket.items() if value != "nothing"}
    if after:
        ticket["events"] = [*ticket.get("events", []), *after]
    return ticket
