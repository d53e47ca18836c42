"""Runs the cases of ``tests/spec`` against the loader and the engine.

A case can be run in another :class:`World`, where a law of the language says that the
same must come out: at other weeks, and with a field that nothing asks for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from escalate import Engine, Ticket, apply
from escalate.decision import Decision
from escalate.desk import Desk, read_desk
from escalate.errors import Severity, TicketError
from escalate.evaluator.choosing import SetEngine
from escalate.evaluator.surveying import desk_of
from escalate.policy.loader import check, load_policy, load_text
from escalate.policy.policy_set import PolicySet
from support.spec_cases import ZERO, Case, instants, join_policies, policy_text, ticket_json
from support.spec_match import mismatches

US = timedelta(microseconds=1)
UNRELATED = "unrelated-field"


@cache
def _engine(text: str) -> Engine:
    loaded = load_text(text)
    errors = [str(d) for d in loaded.diagnostics if d.severity is Severity.ERROR]
    assert not errors, "the policy of this case is refused:\n" + "\n".join(errors)
    assert loaded.policy is not None
    return Engine(loaded.policy)


@dataclass(frozen=True, slots=True)
class World:
    """When the zero instant is, and whether tickets hold a field that nothing reads."""

    zero: datetime = ZERO
    unrelated: bool = False
    backwards: bool = False

    def at(self, raw: Any) -> Any:
        return instants(raw, self.zero)

    def engine(self, said: Any) -> Engine:
        """The engine of the policy, which must be without an error."""
        if self.unrelated:
            assert not isinstance(said, str)
            said = join_policies(said or {}, {"fields": {UNRELATED: {"type": "string"}}})
            above = {"fields": {**(said.get("fields") or {}), UNRELATED: {"type": "string"}}}
            said = {**said, **above}
        text = policy_text(said)
        if self.backwards:
            text = _backwards(text)
        return _engine(text)

    def ticket(self, said: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Any:
        ticket = self.at(ticket_json(said, own))
        if self.unrelated and isinstance(ticket, dict):
            ticket["fields"] = {**ticket.get("fields", {}), UNRELATED: "x"}
        return ticket


def run(case: Case, folder: Path, world: World | None = None) -> list[str]:
    """What a case finds wrong; nothing, if code and case agree."""
    return _RUN[case.form](case.said, folder, world or World())


def _diagnostics(said: Mapping[str, Any], folder: Path, world: World) -> list[str]:
    if "files" in said:
        first = _written(said["files"], folder)
        found = check(folder / said["check"] if "check" in said else first)
    else:
        raw = said.get("policy")
        bare = isinstance(raw, Mapping) and set(raw) == {"bytes"}
        found = list(load_text(bytes(raw["bytes"]) if bare else policy_text(raw)).diagnostics)
    left = [
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
    wrong = []
    for wanted in said["diagnostics"]:
        near = [one for one in left if not mismatches(wanted, one)]
        if near:
            left.remove(near[0])
        else:
            wrong.append(f"not found: {wanted}")
    return wrong + [f"not expected: {one['code']} {one['path']}: {one['message']}" for one in left]


def _written(files: Mapping[str, Any], folder: Path) -> Path:
    """The first of these files, once all are there."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(policy_text(text), encoding="utf-8")
    return folder / next(iter(files))


def _backwards(text: str) -> str:
    """The same policy with what has no order written from the last to the first."""
    policy = json.loads(text)
    for section in ("owners", "clocks", "calendars", "conditions", "messages", "fields"):
        if section in policy:
            policy[section] = dict(reversed(policy[section].items()))
    policy["triggers"] = policy.get("triggers", [])[::-1]
    return json.dumps(policy)


def outcomes(case: Case, world: World) -> list[dict[str, Any]]:
    """What the decisions of a case come to, apart from which of several equals decides."""
    engine = world.engine(case.said.get("policy"))
    found = []
    for own in case.said["decisions"]:
        if "expect" not in own:
            continue
        desk = world.at(own.get("desk", case.said.get("desk")))
        now = world.at(own.get("now", case.said.get("now", "+0m")))
        said = engine.decide(world.ticket(case.said, own), now=now, desk=desk).to_json()
        told = {a["to"] for a in said["actions"] if a["action"] == "notify"}
        kept = ("step", "from", "path", "deadlines", "clocks", "missing", "next_check_at")
        found.append(
            {
                **{name: said[name] for name in kept},
                "level": said["to"]["level"],
                "fired": sorted(fired["key"] for fired in said["fired"]),
                "told": sorted(told - {said["to"]["owner"]}),
                "warnings": sorted(warned["code"] for warned in said["warnings"]),
            }
        )
    return found


def _decisions(said: Mapping[str, Any], folder: Path, world: World) -> list[str]:
    wrong = []
    engine: Engine | SetEngine
    if "policies" in said:
        engine = SetEngine(PolicySet.of(world.engine(one).policy for one in said["policies"]))
    elif "files" in said:
        engine = Engine(load_policy(_written(said["files"], folder)))
    else:
        engine = world.engine(said.get("policy"))
    for i, own in enumerate(said["decisions"]):
        desk = world.at(own.get("desk", said.get("desk")))
        now = world.at(own.get("now", said.get("now", "+0m")))
        trace, note = ("trace" in own.get("expect", {})), ("handover" in own.get("expect", {}))
        try:
            decision = engine.decide(
                world.ticket(said, own), now=now, desk=desk, trace=trace, handover=note
            )
        except TicketError as error:
            seen: Any = [
                {"code": d.code, "path": d.path, "message": d.message} for d in error.diagnostics
            ]
            wanted = own.get("errors", "no error")
        else:
            seen = decision.to_json() if "expect" in own else "no error"
            wanted = world.at(own["expect"]) if "expect" in own else own["errors"]
        wrong += [f"decision {i}: {m}" for m in mismatches(wanted, seen)]
    return wrong


def _asks(said: Mapping[str, Any], _: Path, world: World) -> list[str]:
    wrong = []
    below = said.get("policy") or {}
    for i, own in enumerate(said["asks"]):
        asked = [
            {"id": "holds", "for": "any", "when": own["when"]},
            {"id": "fails", "for": "any", "when": {"not": own["when"]}},
        ]
        engine = world.engine({**below, "triggers": [*below.get("triggers", []), *asked]})
        desk = world.at(own.get("desk", said.get("desk")))
        now = world.at(own.get("now", said.get("now", "+0m")))
        decision = engine.decide(world.ticket(said, own), now=now, desk=desk)
        fired = {f.trigger for f in decision.fired} & {"holds", "fails"}
        seen = {"holds": True, "fails": False}.get("".join(sorted(fired)), "unknown")
        about = f"{i}: {own['when']} of {own.get('ticket')} at {now}"
        if seen != own["is"]:
            wrong.append(f"{about}: expected {own['is']}, got {seen}")
        if "missing" in own and own["missing"] != list(decision.missing):
            wrong.append(f"{about}: missing {own['missing']}, got {list(decision.missing)}")
    return wrong


def _story(said: Mapping[str, Any], _: Path, world: World) -> list[str]:
    engine = world.engine(said.get("policy"))
    ticket = engine.ticket(world.ticket(said))
    desk = read_desk(world.at(said.get("desk") or {}))
    policy = engine.policy
    most = 2 * (len(policy.triggers) + 3 * len(policy.levels)) + 4
    wrong = []
    asked_for: datetime | None = None
    for i, moment in enumerate(said["story"]):
        now = datetime.fromisoformat(world.at(moment["at"]))
        where = f"moment {i} ({moment['at']})"
        if moment.get("woken") and now != asked_for:
            wrong.append(f"{where}: should wake at {now}, but asked for {asked_for}")
        if "desk" in moment:
            desk = read_desk(world.at(moment["desk"]))
        ticket = _changed(engine, ticket, moment, world)
        steps: list[Decision] = []
        before = len(ticket.events or ())
        while not steps or (steps[-1].step != "hold" and len(steps) <= most):
            steps.append(engine.decide(ticket, now=now, desk=desk))
            if steps[-1].step != "hold":
                ticket = apply(ticket, steps[-1])
        asked_for = steps[-1].next_check_at
        seen = {
            "steps": [step.to_json() for step in steps[:-1]],
            "hold": steps[-1].to_json(),
            "appended": [e.to_json() for e in (ticket.events or ())[before:]],
            "ticket": ticket.to_json(),
        }
        wanted = world.at({"steps": [], **{k: v for k, v in moment.items() if k in seen}})
        wrong += [f"{where}: {m}" for m in mismatches(wanted, seen)]
        wrong += [f"{where}: {m}" for m in _laws(engine, ticket, desk, steps[-1])]
    return wrong


def _changed(engine: Engine, ticket: Ticket, moment: Mapping[str, Any], world: World) -> Ticket:
    """The ticket with the events of a moment and what else became of its snapshot."""
    raw = ticket.to_json()
    raw.update(world.at(moment.get("set") or {}))
    events = [world.at({"at": moment["at"], **event}) for event in moment.get("events") or []]
    for event in events:
        if event["type"] == "status":
            raw["status"] = event["to"]
    if events:
        raw["events"] = [*raw.get("events", []), *events]
    return engine.ticket(raw)


def _laws(engine: Engine, ticket: Ticket, desk: Desk, hold: Decision) -> list[str]:
    """Laws 1 to 3 of the language, at one hold of a story."""
    keys = [e.key for e in ticket.events or () if e.key is not None] + list(ticket.done)
    wrong = [
        f"the key {key} occurs twice" for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    if hold.step != "hold":
        return [*wrong, "it never comes to rest"]
    until = hold.next_check_at
    if until is None:
        phases = engine.policy.status_phases()
        active = phases.get(str(ticket.get("status")), "open") in ("open", "waiting")
        return [*wrong, "an active ticket is never asked for again"] if active else wrong
    gap = until - hold.now
    for at in (hold.now + gap / 3, hold.now + gap / 2, until - US):
        again = engine.decide(ticket, now=max(at, hold.now), desk=desk)
        if _answer(again) != _answer(hold):
            wrong.append(f"asked to be woken at {until}, but the answer is another at {at}")
    return wrong


def _answer(decision: Decision) -> dict[str, Any]:
    """What must not change before ``next_check_at``: all but running measures."""
    said = decision.to_json()
    for name in ("now", "next_check_at", "reason"):
        del said[name]
    for clock in said["clocks"].values():
        for name in ("elapsed", "remaining", "overdue", "outside_hours"):
            clock.pop(name, None)
    return said


def _as_of(said: Mapping[str, Any], _: Path, world: World) -> list[str]:
    engine = world.engine(said.get("policy"))
    wrong = []
    for i, own in enumerate(said["as_of"]):
        ticket = engine.ticket(world.ticket(said, own))
        past = ticket.as_of(datetime.fromisoformat(world.at(own["at"])).astimezone(UTC))
        wrong += [f"{i}: {m}" for m in mismatches(world.at(own["expect"]), past.to_json())]
    return wrong


def _shown(said: Mapping[str, Any], _: Path, world: World) -> list[str]:
    engine = world.engine(said.get("policy"))
    wrong = []
    for i, own in enumerate(said["shown"]):
        tickets = [world.ticket(said, {"ticket": ticket}) for ticket in own["tickets"]]
        desk = desk_of(engine, tickets, now=world.at(own.get("now", said.get("now", "+0m"))))
        wrong += [f"{i}: {m}" for m in mismatches(world.at(own["expect"]), desk.to_json())]
    return wrong


_RUN: dict[str, Callable[[Mapping[str, Any], Path, World], list[str]]] = {
    "diagnostics": _diagnostics,
    "decisions": _decisions,
    "asks": _asks,
    "story": _story,
    "as_of": _as_of,
    "shown": _shown,
}
