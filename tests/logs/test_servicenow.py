"""A year of a real service desk, asked as of many instants without a look into the future.

The log is an audit trail, so it can be taken back to any instant. What it knows itself is
compared: the priority that impact and urgency give, and how often an incident was reassigned.
Its deadlines are not published, so of those only the laws of the language are asked for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from escalate import Decision, Engine, Ticket, apply
from support.logs import counting, engine_of, probe

FILE = "uci_servicenow_incidents/incident_event_log.csv.gz"
FEW = 400
UTC = ZoneInfo("UTC")

ACTIVE = {"New", "Active", "-100"}
WAITING = {"Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence"}
EXPECTED = {
    "ESC931",  # three incidents were updated before they were opened
    "ESC932",  # two are out of order
    "ESC934",  # the log's groups are not owners of the example
    "ESC631",  # a rotation of the policy had not started in 2016
    "ESC935",  # `-100` is no status
}

EXAMPLE = "policies/it-incidents"
MOST = 40


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(EXAMPLE)


@pytest.fixture(scope="module")
def priorities(servicenow: ModuleType) -> Engine:
    """Fires a trigger named like the priority."""
    words = servicenow.PRIORITY.values()
    told = [{"id": w, "for": "any", "when": {"priority": w}} for w in words]
    return probe(EXAMPLE, triggers=told)


@pytest.fixture(scope="module")
def transfers() -> Engine:
    """Fires as many triggers as there were transfers."""
    return probe(EXAMPLE, triggers=counting("transfers", MOST))


@pytest.fixture(scope="module")
def histories(log: Callable[[str], Path], servicenow: ModuleType) -> list[list[dict[str, str]]]:
    """The rows of every incident, in order."""
    return list(servicenow.incidents(servicenow.rows(log(FILE))))


def read(servicenow: ModuleType, text: str) -> datetime:
    return datetime.fromisoformat(servicenow.instant(text, UTC))


def ticket_of(engine: Engine, servicenow: ModuleType, history: list[dict[str, str]]) -> Ticket:
    return engine.ticket(servicenow.ticket(history, UTC))


def rows_as_of(
    servicenow: ModuleType, history: list[dict[str, str]]
) -> Iterator[tuple[datetime, dict[str, str]]]:
    """Every instant at which an incident was updated, with the row that held then."""
    timed = [(read(servicenow, row["sys_updated_at"]), row) for row in history]
    timed.sort(key=lambda pair: pair[0])  # of one minute, the last one holds
    held = dict(timed)
    opened = read(servicenow, history[0]["opened_at"])
    yield from ((at, row) for at, row in held.items() if at >= opened)


def orderly(servicenow: ModuleType, history: list[dict[str, str]]) -> bool:
    """Whether updates are in the order of their times. In a handful they are not, and what
    held when is then anybody's guess."""
    times = [read(servicenow, row["sys_updated_at"]) for row in history]
    counts = [int(row["sys_mod_count"]) for row in history]
    return times == sorted(times) and counts == sorted(set(counts))


def seen(decision: Decision) -> set[str]:
    return {fired.trigger for fired in decision.fired}


def check_priorities(
    priorities: Engine, servicenow: ModuleType, histories: Iterable[list[dict[str, str]]]
) -> int:
    words = set(servicenow.PRIORITY.values())
    checked = 0
    wrong = []
    for history in histories:
        whole = ticket_of(priorities, servicenow, history)
        for at, row in rows_as_of(servicenow, history):
            told = seen(priorities.decide(whole.as_of(at), now=at)) & words
            if told != {servicenow.PRIORITY[row["priority"]]}:
                wrong.append((whole.id, at.isoformat(), told, row["priority"]))
            checked += 1
    assert not wrong, f"{len(wrong)} of {checked}: {wrong[:5]}"
    return checked


def test_priorities_of_few(
    priorities: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    changing = [h for h in histories if len({row["priority"] for row in h}) > 1]
    assert check_priorities(priorities, servicenow, changing[:FEW]) > FEW


@pytest.mark.slow
def test_priorities_of_all(
    priorities: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    """As of every row, `derive` gives the priority that the log has in that row."""
    assert check_priorities(priorities, servicenow, histories) > 60_000


def check_transfers(
    transfers: Engine, servicenow: ModuleType, histories: Iterable[list[dict[str, str]]]
) -> Counter[str]:
    """Transfers against the log's own count, in incidents that were never reopened.

    (In a reopened one `transfers` counts the present cycle, the log the whole life.) The log
    counts a few reassignments that led back to the group before the next row was written;
    those left no trace, so the engine cannot know them.
    """
    counted: Counter[str] = Counter()
    for history in histories:
        if reopened(history):
            counted["reopened"] += 1
            continue
        if not orderly(servicenow, history):
            counted["disorderly"] += 1
            continue
        counts = [int(row["reassignment_count"]) for row in history]
        whole = ticket_of(transfers, servicenow, history)
        end = max(event.at for event in whole.events or ())
        told = len(seen(transfers.decide(whole, now=end)))
        without_trace = sum(
            int(b["reassignment_count"]) - int(a["reassignment_count"])
            for a, b in pairwise(history)
            if a["assignment_group"] == b["assignment_group"]
        )
        assert told == counts[-1] - without_trace, whole.id
        counted["equal" if not without_trace else "without a trace"] += 1
    return counted


def reopened(history: list[dict[str, str]]) -> bool:
    states = [row["incident_state"] for row in history]
    ended = {"Resolved", "Closed"}
    return any(a in ended and b not in ended for a, b in pairwise(states))


def test_transfers_of_few(
    transfers: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    often = [h for h in histories if int(h[-1]["reassignment_count"]) >= 3]
    assert check_transfers(transfers, servicenow, often[:FEW])["equal"] > FEW * 0.9


@pytest.mark.slow
def test_transfers_of_all(
    transfers: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    counted = check_transfers(transfers, servicenow, histories)
    assert counted["equal"] > 12_000
    assert counted["without a trace"] < 50
    assert counted["disorderly"] <= 5


def settle(engine: Engine, ticket: Ticket, now: datetime) -> tuple[Ticket, Decision, list[str]]:
    """Carry out what is decided until there is nothing to do; and every key on the way."""
    policy = engine.policy
    deadlines = sum(len(level.deadlines.model_fields_set) for level in policy.levels)
    keys: list[str] = []
    for _ in range(2 * (len(policy.triggers) + deadlines) + 4):
        decision = engine.decide(ticket, now=now)
        if decision.step == "hold":
            return ticket, decision, keys
        assert decision.next_check_at == now
        keys += [fired.key for fired in decision.fired]
        keys += [action.key for action in decision.actions]
        keys += [decision.key] if decision.key is not None else []
        ticket = apply(ticket, decision)
    pytest.fail(f"{ticket.id} does not come to rest at {now}")


def first_odd(states: list[tuple[datetime, str]]) -> datetime | None:
    """From when on the history holds a state that is no status of the policy."""
    return next((at for at, state in states if state == "-100"), None)


def check_as_of(
    engine: Engine, whole: Ticket, state: str | None, now: datetime, odd: datetime | None
) -> Decision:
    """One incident as it stood at an instant: what must be true of any of them."""
    past = whole.as_of(now)
    assert all(event.at <= now for event in past.events or ())
    first = engine.decide(past, now=now)
    codes = {warned.code for warned in first.warnings}
    assert codes <= EXPECTED, (whole.id, now, codes)
    if state is not None:
        assert ("ESC935" in codes) == (odd is not None and odd <= now), (whole.id, now, codes)
    _, hold, keys = settle(engine, past, now)
    assert len(keys) == len(set(keys)), (whole.id, now, keys)
    if state in ACTIVE | WAITING:
        assert hold.to.level is not None
        assert hold.next_check_at is not None
        assert hold.next_check_at > now
        assert hold.clocks["resolution"].paused_by == (state if state in WAITING else None)
        if "too-many-reassignments" in seen(first):
            assert hold.to.level in ("L3", "L4")
    elif state is not None:
        assert hold.deadlines == {}
        assert hold.next_check_at is None
        assert hold.clocks["resolution"].state in ("met", "breached")
    return hold


def states_of(servicenow: ModuleType, history: list[dict[str, str]]) -> list[tuple[datetime, str]]:
    """When the incident came into which state; nothing where nobody can tell."""
    if not orderly(servicenow, history):
        return []
    return [(at, row["incident_state"]) for at, row in rows_as_of(servicenow, history)]


def state_at(states: list[tuple[datetime, str]], now: datetime) -> str | None:
    if not states:
        return None
    held = [state for at, state in states if at <= now]
    return held[-1] if held else "New"


def check_lives(
    engine: Engine, servicenow: ModuleType, histories: Iterable[list[dict[str, str]]]
) -> Counter[str]:
    """Every incident when it is opened, after each fourth update, and halfway to its end."""
    counted: Counter[str] = Counter()
    for history in histories:
        whole = ticket_of(engine, servicenow, history)
        rows = list(rows_as_of(servicenow, history))
        states = states_of(servicenow, history)
        odd = first_odd(states)
        opened = whole.created_at
        halfway = opened + (rows[-1][0] - opened) / 2
        for now in sorted({opened, halfway.replace(microsecond=0), *(at for at, _ in rows[::4])}):
            state = state_at(states, now)
            hold = check_as_of(engine, whole, state, now, odd)
            counted[state or "disorderly"] += 1
            counted[f"at {hold.to.level}"] += 1
    return counted


def test_lives_of_few(
    engine: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    some = random.Random(1).sample(histories, FEW)
    counted = check_lives(engine, servicenow, some)
    assert counted["New"] > FEW / 2
    assert counted["Awaiting User Info"] > 20


@pytest.mark.slow
def test_lives_of_all(
    engine: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    counted = check_lives(engine, servicenow, histories)
    assert counted["-100"] >= 1
    assert {"at L1", "at L2", "at L3"} <= counted.keys()
    assert sum(counted[state] for state in ACTIVE | WAITING) > 20_000


@pytest.mark.slow
def test_the_year(
    engine: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    """All that were there at noon of every twenty-fifth day, by the log up to then."""
    lives = []
    for history in histories:
        end = list(rows_as_of(servicenow, history))[-1][0]
        lives.append((ticket_of(engine, servicenow, history), states_of(servicenow, history), end))
    first = datetime(2016, 3, 5, 12, tzinfo=UTC)
    asked = 0
    for day in range(0, 350, 25):
        now = first + timedelta(days=day)
        for whole, states, end in lives:
            if whole.created_at <= now <= end:
                check_as_of(engine, whole, state_at(states, now), now, first_odd(states))
                asked += 1
    assert asked > 5_000, asked


@pytest.mark.parametrize("count", [40, pytest.param(600, marks=pytest.mark.slow)])
def test_followed_from_opening_to_closing(
    engine: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]], count: int
) -> None:
    """The log goes on as it did; whatever the engine does comes once, and it sleeps no longer
    than until its answer changes."""
    for history in random.Random(2).sample(histories, count):
        whole = ticket_of(engine, servicenow, history)
        logged = list(whole.events or ())
        ticket, now = whole.as_of(whole.created_at), whole.created_at
        end = max(event.at for event in logged)
        keys: set[str] = set()
        while True:
            ticket, hold, new = settle(engine, ticket, now)
            assert not keys & set(new), (ticket.id, now, keys & set(new))
            keys |= set(new)
            upcoming = [event.at for event in logged if event.at > now]
            wake = hold.next_check_at
            following = min([*upcoming, *([wake] if wake is not None else [])], default=None)
            if following is None or following > end:
                break
            still_the_same(engine, ticket, hold, now, following)
            happened = [event for event in logged if now < event.at <= following]
            ticket = with_log(ticket, whole, happened)
            now = following


def with_log(ticket: Ticket, whole: Ticket, happened: list[Any]) -> Ticket:
    """What the log says next, beside what the engine has done."""
    changed = {e.name: e.to for e in happened if e.type == "field" and e.name is not None}
    later = ticket.with_events(happened)
    return later.with_values(changed) if changed else later


def still_the_same(
    engine: Engine, ticket: Ticket, hold: Decision, now: datetime, until: datetime
) -> None:
    """Nothing changes while it sleeps."""
    for at in (now + (until - now) / 2, until - timedelta(microseconds=1)):
        if at <= now:
            continue
        again = engine.decide(ticket, now=at)
        assert again.step == "hold", (ticket.id, now, at, again.reason)
        assert again.to == hold.to
        assert again.deadlines == hold.deadlines
        assert again.missing == hold.missing
        assert {n: (c.state, c.due_us) for n, c in again.clocks.items()} == {
            n: (c.state, c.due_us) for n, c in hold.clocks.items()
        }


def test_the_future_is_not_seen(
    engine: Engine, servicenow: ModuleType, histories: list[list[dict[str, str]]]
) -> None:
    """A ticket with its whole future decides as one without, but for when to look again."""
    compared = 0
    for history in islice(histories, FEW):
        whole = ticket_of(engine, servicenow, history)
        events = whole.events or ()
        if any(event.type == "field" for event in events):
            continue  # fields are the snapshot's, which is of the end
        if list(events) != sorted(events, key=lambda event: event.at):
            continue  # that the whole list is out of order is said before it can be seen
        for now in {event.at for event in events}:
            past = engine.decide(whole.as_of(now), now=now).to_json()
            full = engine.decide(whole, now=now).to_json()
            for said in (past, full):
                said.pop("next_check_at")
            assert past == full
            compared += 1
    assert compared > FEW
