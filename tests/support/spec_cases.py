"""The cases of ``tests/spec``: found, joined with what they leave out, and run.

``tests/spec/README.md`` describes their form; this is one reading of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from support.spec_match import mismatches

from escalate import Engine, apply
from escalate.desk import read_desk
from escalate.errors import Severity, TicketError
from escalate.policy.loader import Loaded, check, load_text
from escalate.policy.policy import Policy
from escalate.ticket import Ticket

SPEC = Path(__file__).resolve().parent.parent / "spec"
ZERO = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOST_STEPS = 40

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
FORMS = ("diagnostics", "decisions", "asks", "story", "as_of")
_SINCE_ZERO = re.compile(r"\+(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core scalars: ``9:00``, ``no`` and dates are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


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


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for path in case_files() for case in cases_of(path)]


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


def instants(raw: Any) -> Any:
    """The same with every ``+1h30m`` as an instant."""
    if isinstance(raw, str):
        found = _SINCE_ZERO.fullmatch(raw)
        if found is None:
            return raw
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        moved = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return (ZERO + moved).isoformat()
    if isinstance(raw, Mapping):
        return {key: instants(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [instants(item) for item in raw]
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


def usable(said: Any) -> Policy:
    """The policy, which must be without an error."""
    loaded = load_text(policy_text(said))
    errors = [str(d) for d in loaded.diagnostics if d.severity is Severity.ERROR]
    assert not errors, "the policy of this case is refused:\n" + "\n".join(errors)
    assert loaded.policy is not None
    return loaded.policy


def ticket_json(said: Mapping[str, Any], own: Mapping[str, Any]) -> Any:
    """The ticket as JSON: the base, the file's, the case's; then ``after``; null goes."""
    layers = [layer.get("ticket") for layer in (said, own)]
    for layer in layers:
        if layer is not None and not isinstance(layer, Mapping):
            return layer
    ticket = dict(BASE_TICKET)
    for layer in layers if said is not own else layers[:1]:
        ticket.update(layer or {})
    ticket = {key: value for key, value in ticket.items() if value != "nothing"}
    after = [*(said.get("after") or []), *(own.get("after") or [] if own is not said else [])]
    if after:
        ticket["events"] = [*ticket.get("events", []), *after]
    return instants(ticket)


def run(case: Case, folder: Path) -> list[str]:
    """What a case finds wrong; nothing, if code and case agree."""
    return _RUN[case.form](case.said, folder)


def _diagnostics(said: Mapping[str, Any], folder: Path) -> list[str]:
    if "files" in said:
        for name, text in said["files"].items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(policy_text(text), encoding="utf-8")
        found = check(folder / said.get("check", next(iter(said["files"]))))
    else:
        raw = said.get("policy")
        content: Any = bytes(raw["bytes"]) if _is_bytes(raw) else policy_text(raw)
        loaded: Loaded = load_text(content)
        found = list(loaded.diagnostics)
    shown = [
        {
            "code": d.code,
            "path": d.path,
            "severity": str(d.severity),
            "line": d.line,
            "column": d.column,
            "file": None if d.file is None else Path(d.file).name,
            "message": d.message,
            "help": d.help,
            "related": [{"line": r.place.line, "file": Path(r.place.file).name} for r in d.related],
        }
        for d in found
    ]
    left = list(shown)
    wrong = []
    for wanted in said["diagnostics"]:
        near = [one for one in left if not mismatches(wanted, one)]
        if near:
            left.remove(near[0])
        else:
            wrong.append(f"not found: {wanted}")
    wrong += [f"not expected: {one['code']} {one['path']}: {one['message']}" for one in left]
    return wrong


def _is_bytes(raw: Any) -> bool:
    return isinstance(raw, Mapping) and set(raw) == {"bytes"}


def _decisions(said: Mapping[str, Any], _: Path) -> list[str]:
    wrong = []
    engine = Engine(usable(said.get("policy")))
    for i, own in enumerate(said["decisions"]):
        raw = ticket_json(said, own)
        desk = instants(own.get("desk", said.get("desk")))
        now = instants(own.get("now", said.get("now", "+0m")))
        try:
            decision = engine.decide(raw, now=now, desk=desk, trace="trace" in own.get("expect", {}))
        except TicketError as error:
            seen: Any = [
                {"code": d.code, "path": d.path, "message": d.message} for d in error.diagnostics
            ]
            wanted = own.get("errors", "no error")
        else:
            seen = decision.to_json() if "expect" in own else "no error"
            wanted = instants(own["expect"]) if "expect" in own else own["errors"]
        wrong += [f"decision {i}: {m}" for m in mismatches(wanted, seen)]
    return wrong


def _asks(said: Mapping[str, Any], _: Path) -> list[str]:
    wrong = []
    below = said.get("policy") or {}
    for own in said["asks"]:
        asked = [
            {"id": "holds", "for": "any", "when": own["when"]},
            {"id": "fails", "for": "any", "when": {"not": own["when"]}},
        ]
        policy = usable({**below, "triggers": [*below.get("triggers", []), *asked]})
        desk = instants(own.get("desk", said.get("desk")))
        now = instants(own.get("now", said.get("now", "+0m")))
        decision = Engine(policy).decide(ticket_json(said, own), now=now, desk=desk)
        fired = {f.trigger for f in decision.fired} & {"holds", "fails"}
        seen = {"holds": True, "fails": False}.get("".join(sorted(fired)), "unknown")
        about = f"{own['when']} of {own.get('ticket')} at {now}"
        if seen != own["is"]:
            wrong.append(f"{about}: expected {own['is']}, got {seen}")
        if "missing" in own and own["missing"] != list(decision.missing):
            wrong.append(f"{about}: missing {own['missing']}, got {list(decision.missing)}")
    return wrong


def _story(said: Mapping[str, Any], _: Path) -> list[str]:
    engine = Engine(usable(said.get("policy")))
    ticket = engine.ticket(ticket_json(said, said))
    desk = read_desk(instants(said.get("desk") or {}))
    wrong = []
    asked_for: str | None = None
    for i, moment in enumerate(said["story"]):
        now = instants(moment["at"])
        if moment.get("woken") and now != asked_for:
            wrong.append(f"moment {i}: should wake at {now}, but asked for {asked_for}")
        if "desk" in moment:
            desk = read_desk(instants(moment["desk"]))
        ticket = _changed(engine, ticket, moment, now)
        steps: list[dict[str, Any]] = []
        before = len(ticket.events or ())
        while True:
            decision = engine.decide(ticket, now=now, desk=desk)
            steps.append(decision.to_json())
            if decision.step == "hold" or len(steps) > MOST_STEPS:
                break
            ticket = apply(ticket, decision)
        asked_for = steps[-1]["next_check_at"]
        asked_for = None if asked_for is None else _utc(asked_for)
        seen = {
            "steps": steps[:-1],
            "hold": steps[-1],
            "appended": [e.to_json() for e in (ticket.events or ())[before:]],
            "ticket": ticket.to_json(),
        }
        wanted = {k: v for k, v in moment.items() if k in seen}
        wanted = instants({"steps": [], **wanted})
        wrong += [f"moment {i} ({moment['at']}): {m}" for m in mismatches(wanted, seen)]
    return wrong


def _utc(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()


def _changed(engine: Engine, ticket: Ticket, moment: Mapping[str, Any], now: str) -> Ticket:
    """The ticket with the events of a moment and what else became of its snapshot."""
    raw = ticket.to_json()
    raw.update(instants(moment.get("set") or {}))
    events = [{"at": now, **instants(event)} for event in moment.get("events") or []]
    if events:
        raw["events"] = [*raw.get("events", []), *events]
    return engine.ticket(raw)


def _as_of(said: Mapping[str, Any], _: Path) -> list[str]:
    engine = Engine(usable(said.get("policy")))
    wrong = []
    for i, own in enumerate(said["as_of"]):
        ticket = engine.ticket(ticket_json(said, own))
        past = ticket.as_of(datetime.fromisoformat(instants(own["at"])))
        wrong += [f"{i}: {m}" for m in mismatches(instants(own["expect"]), past.to_json())]
    return wrong


_RUN = {
    "diagnostics": _diagnostics,
    "decisions": _decisions,
    "asks": _asks,
    "story": _story,
    "as_of": _as_of,
}
