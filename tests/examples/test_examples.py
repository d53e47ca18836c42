"""The examples keep what they promise: every policy checks clean, every story comes true,
and every ticket can be followed for days without a loop and without acting twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from escalate import Decision, Engine, Policy, Ticket, apply, check, load_policies, load_policy
from escalate.cli.group import cli
from escalate.evaluator.choosing import SetEngine
from escalate.policy.source import read_source
from escalate.testing.schema import schema

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted(EXAMPLES.rglob("*.escalation.yaml"))
NAMES = sorted(path.name.split(".")[0] for path in (EXAMPLES / "tickets").glob("*.jsonl"))
DAYS = 40
"""Longer than anything that an example policy counts, its thirty days included."""
MODELINE = "# yaml-language-server: $schema="


def engine(name: str) -> Engine:
    return Engine(load_policy(EXAMPLES / "policies" / f"{name}.escalation.yaml"))


def tickets(name: str) -> dict[str, dict[str, Any]]:
    text = (EXAMPLES / "tickets" / f"{name}.jsonl").read_text(encoding="utf-8")
    read = [json.loads(line) for line in text.splitlines()]
    assert len({raw["id"] for raw in read}) == len(read)
    return {raw["id"]: raw for raw in read}


def stories(name: str) -> list[dict[str, Any]]:
    text = (EXAMPLES / "tickets" / f"{name}.expected.yaml").read_text(encoding="utf-8")
    # Instants as text, so that `now` reads like the instants in tickets.
    return yaml.load(text, Loader=yaml.BaseLoader)


ENGINES: dict[str, Engine] = {}
STORIES = [(name, i, story) for name in NAMES for i, story in enumerate(stories(name))]


def shared_engine(name: str) -> Engine:
    if name not in ENGINES:
        ENGINES[name] = engine(name)
    return ENGINES[name]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_policy_checks_clean(path: Path) -> None:
    assert [str(d) for d in check(path)] == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name.split(".")[0])
def test_editors_find_the_schema_and_agree(path: Path) -> None:
    """The first line names the schema, and by it the policy is well formed."""
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith(MODELINE)
    schema = json.loads((path.parent / first.removeprefix(MODELINE)).read_text(encoding="utf-8"))
    checker = Draft7Validator(schema)
    assert [error.message for error in checker.iter_errors(read_source(text, "it").data)] == []


TESTS = sorted(EXAMPLES.rglob("*.test.yaml"))


def test_every_policy_has_tests_that_reach_all_of_it() -> None:
    args = ["test", str(EXAMPLES), "--coverage", "--fail-under", "100"]
    done = CliRunner().invoke(cli, args, prog_name="escalate")
    assert done.exit_code == 0, done.output
    reached = re.findall(r"^(.+): 100% reached: ", done.output, re.MULTILINE)
    tested = {Path(file).resolve() for file in reached}
    # What policies share is no policy; its messages are reached through them.
    assert tested == {path for path in POLICIES if path.parent.name != "shared"}


DESK = EXAMPLES / "desk"
CHOSEN = {
    "D-1": "everybody", "D-2": "restaurants", "D-3": "safety", "D-4": "everybody",
    "D-5": "everybody",
}  # fmt: skip


def test_a_folder_chooses_the_policy_of_each_ticket() -> None:
    now = "2026-11-23T09:10:00+01:00"
    args = [
        "decide",
        str(DESK),
        str(DESK / "tickets.jsonl"),
        "--now",
        now,
        "--output-format",
        "jsonl",
    ]
    done = CliRunner().invoke(cli, args, prog_name="escalate")
    assert done.exit_code == 0, done.output
    decided = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["ticket"]: one["policy"]["name"] for one in decided} == CHOSEN


def test_the_demo_shows_what_is_written_and_handed_over() -> None:
    makefile = (EXAMPLES.parent / "Makefile").read_text(encoding="utf-8")
    set_ = dict(re.findall(r"^(\w+) := (.+)$", makefile, re.MULTILINE))
    commands = re.findall(r"^\t@\$\(BIN\)/escalate (.+)$", makefile, re.MULTILINE)
    said = []
    with chdir(EXAMPLES.parent):
        for command in commands:
            words = re.sub(r"\$\((\w+)\)", lambda name: set_[name[1]], command).split()
            done = CliRunner().invoke(cli, words, prog_name="escalate")
            assert done.exit_code == 0, (command, done.output)
            said.append(done.output)
    assert len(commands) == 6
    assert "tell customer, message who-has-it" in said[4]
    assert "Guten Tag Paul Weiss, Dieter kümmert sich" in said[4]
    for part in ("# D-4", "## Promised to the customer", "**broken**", "## Tried", "## Missing"):
        assert part in said[5]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.split(".")[0])
def test_editors_find_the_schema_of_the_tests(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(MODELINE)
    named = (path.parent / first.removeprefix(MODELINE)).resolve()
    assert json.loads(named.read_text(encoding="utf-8")) == schema()


def test_every_policy_has_tickets() -> None:
    assert sorted(p.name.split(".")[0] for p in POLICIES if p.parent.name == "policies") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_ticket_has_a_story(name: str) -> None:
    told = {story["ticket"] for story in stories(name)}
    assert told <= set(tickets(name))
    # KA-9 is told by test_one_broadcast_for_one_problem.
    assert set(tickets(name)) - told <= {"KA-9"}


@pytest.mark.parametrize(
    ("name", "story"),
    [(name, story) for name, _, story in STORIES],
    ids=[f"{story['ticket']}-{i}" for _, i, story in STORIES],
)
def test_story(name: str, story: dict[str, Any]) -> None:
    rules = shared_engine(name)
    ticket = rules.ticket(tickets(name)[story["ticket"]])
    now = ""
    for i, step in enumerate(story["steps"]):
        now = step.get("now", now)
        decision = rules.decide(ticket, now=now, desk=desk_of(step))
        wrong = list(differences(decision, step["expect"]))
        assert not wrong, f"step {i} at {now}: " + "; ".join(wrong) + f"\n{decision.reason}"
        ticket = apply(ticket, decision)


def desk_of(step: dict[str, Any]) -> dict[str, Any] | None:
    """The desk, its counts as numbers again."""
    desk = step.get("desk")
    if desk is None:
        return None
    for name in ("open", "capacity", "similar"):
        if name in desk:
            desk[name] = {who: int(count) for who, count in desk[name].items()}
    return desk


def differences(decision: Decision, expected: dict[str, Any]) -> Iterator[str]:
    """What is not as the story tells it."""
    got = decision.to_json()
    for name, want in expected.items():
        if name == "fired":
            have = {fired["trigger"]: fired for fired in got["fired"]}
            wanted = {w if isinstance(w, str) else w["trigger"]: w for w in want}
            if have.keys() != wanted.keys():
                yield f"fired {sorted(have)}, not {sorted(wanted)}"
            for trigger, w in wanted.items():
                if not isinstance(w, str) and not matches(have.get(trigger), w):
                    yield f"fired {have.get(trigger)}, not {w}"
        elif name == "actions":
            for w in want:
                if not any(matches(action, w) for action in got["actions"]):
                    yield f"no action {w} among {got['actions']}"
        elif name == "no_actions":
            for w in want:
                if any(matches(action, w) for action in got["actions"]):
                    yield f"an action {w} among {got['actions']}"
        elif name == "missing":
            if sorted(got["missing"]) != sorted(want):
                yield f"missing {got['missing']}, not {want}"
        elif name == "missing_has":
            if not set(want) <= set(got["missing"]):
                yield f"missing {got['missing']}, which lacks some of {want}"
        elif name == "warnings":
            codes = sorted(warning["code"] for warning in got["warnings"])
            if codes != sorted(want):
                yield f"warnings {codes}, not {want}"
        elif name == "deadlines" and not want:
            if got[name]:
                yield f"deadlines {got[name]}, not none"
        elif not matches(got[name], want):
            yield f"{name} {got[name]}, not {want}"


def matches(got: Any, want: Any) -> bool:
    """Whether all that is wanted is there. What is wanted is text, as YAML has it."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(
            k in got and matches(got[k], v) for k, v in want.items()
        )
    if isinstance(want, list):
        return (
            isinstance(got, list)
            and len(got) == len(want)
            and all(matches(g, w) for g, w in zip(got, want, strict=True))
        )
    if got is None:
        return bool(want == "null")
    if isinstance(got, bool):
        return bool(want == str(got).lower())
    if str(got) == want:
        return True
    return instant(got) is not None and instant(got) == instant(want)


def instant(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


@pytest.mark.parametrize("name", NAMES)
def test_tickets_can_be_followed_for_days(name: str) -> None:
    rules = shared_engine(name)
    follow(rules, [rules.policy], list(tickets(name).values()))


def test_tickets_of_a_folder_can_be_followed_for_days() -> None:
    policies = load_policies(DESK)
    lines = (DESK / "tickets.jsonl").read_text(encoding="utf-8").splitlines()
    follow(SetEngine(policies), list(policies), [json.loads(line) for line in lines])


def follow(rules: Engine | SetEngine, policies: list[Policy], raws: list[dict[str, Any]]) -> None:
    """Until it holds for good or 40 days have passed: no loop, nothing twice, and always
    somebody who has it, or a word that nobody has."""
    causes = max(
        len(policy.triggers) + sum(len(lv.deadlines.model_fields_set) for lv in policy.levels)
        for policy in policies
    )
    for raw in raws:
        ticket = rules.ticket(raw)
        now = ticket.created_at
        end = max([now, *(event.at for event in ticket.events or ())]) + timedelta(days=DAYS)
        keys: set[str] = {event.key for event in ticket.events or () if event.key is not None}
        asked, held = 0, dict[tuple[str | None, str | None], datetime]()
        while now <= end:
            for _ in range(2 * causes + 4):
                decision = rules.decide(ticket, now=now)
                if decision.step == "hold":
                    break
                assert decision.next_check_at == now
                new = set(new_keys(decision))
                assert not new & keys, (ticket.id, now, new & keys)
                keys |= new
                said_twice = [
                    about for about, until in held_by(decision) if held.get(about) == until
                ]
                assert not said_twice, (ticket.id, now, said_twice)
                held.update(held_by(decision))
                ticket = apply(ticket, decision)
            else:
                pytest.fail(f"{ticket.id} does not come to rest at {now}")
            if decision.next_check_at is None:
                assert not active(policies[0], ticket, now)
                break
            assert decision.next_check_at > now, (ticket.id, now)
            assert decision.to.owner is not None or decision.warnings, (ticket.id, now)
            now = decision.next_check_at
            asked += 1
        assert asked < 400, ticket.id


def held_by(decision: Decision) -> list[tuple[tuple[str | None, str | None], datetime]]:
    """Whom the decision tells what at the end of their quiet hours, and when that is."""
    return [
        ((action.to, action.message), datetime.fromisoformat(action.what["hold_until"]))
        for action in decision.actions
        if action.action == "notify" and "hold_until" in action.what
    ]


def new_keys(decision: Decision) -> list[str]:
    keys = [fired.key for fired in decision.fired] + [action.key for action in decision.actions]
    if decision.key is not None:
        keys.append(decision.key)
    assert len(keys) == len(set(keys)), keys
    return keys


def active(policy: Policy, ticket: Ticket, now: datetime) -> bool:
    phases = policy.status_phases()
    seen = [event for event in ticket.events or () if event.type == "status" and event.at <= now]
    status = seen[-1].to if seen else ticket.get("status")
    return phases.get(status, "open") in ("open", "waiting")


def test_one_broadcast_for_one_problem() -> None:
    """Two tickets of one day that are alike: the staff and the press hear of them once."""
    rules = shared_engine("key-accounts")
    known = tickets("key-accounts")
    first = rules.decide(known["KA-7"], now="2026-11-19T12:00:00-05:00")
    desk = {"fired": [fired.key for fired in first.fired]}
    assert len(desk["fired"]) == 2
    alone = rules.decide(known["KA-9"], now="2026-11-19T12:30:00-05:00")
    after = rules.decide(known["KA-9"], now="2026-11-19T12:30:00-05:00", desk=desk)
    told = {"staff", "press-office"}
    assert told <= {action.to for action in alone.actions}
    assert not told & {action.to for action in after.actions}
    assert {alone.step, after.step} == {"enter"}
    assert after.fired == ()


def test_changing_a_line_changes_the_decision(tmp_path: Path) -> None:
    """The examples are there to be changed."""
    text = (EXAMPLES / "policies" / "four-levels.escalation.yaml").read_text(encoding="utf-8")
    line = "{when: {topic: delivery}, use: delivery-expert}"
    assert line in text
    changed = tmp_path / "mine.escalation.yaml"
    changed.write_text(text.replace(line, "{when: {topic: delivery}, use: none}"), encoding="utf-8")
    raw = tickets("four-levels")["FL-1"]
    now = "2026-11-16T09:30:00+01:00"
    assert shared_engine("four-levels").decide(raw, now=now).to.level == "expert"
    assert Engine(load_policy(changed)).decide(raw, now=now).to.level == "manager"
