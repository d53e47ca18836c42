"""The laws of the language as checks of single decisions. Language: "Laws"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from escalate.decision import Decision
from escalate.desk import Desk
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from support.compare import difference
from support.generators import case_of
from support.histories import QUARTER, Moment, keys_of
from support.slow_history import Past
from support.slow_time import timeline
from support.twins import decide, engine_history

__all__ = ["BrokenLawError", "answer", "check_sleep", "shifted", "sleep_soundly", "wakes_in_time"]

DAY = 24 * 60 * 60 * 1_000_000
MEASURES = ("elapsed", "remaining", "overdue", "outside_hours")

Decide = Callable[[Policy, Ticket, Desk, int], Decision]


class BrokenLawError(AssertionError):
    """A law does not hold."""


def answer(decision: Decision) -> dict[str, Any]:
    """All that a decision says, apart from its instant and running measures."""
    said = decision.to_json()
    for name in ("now", "next_check_at", "reason", "trace"):
        said.pop(name, None)
    said["clocks"] = {
        name: {k: v for k, v in clock.items() if k not in MEASURES}
        for name, clock in said["clocks"].items()
    }
    return said


def wakes_in_time(decision: Decision, active: bool) -> None:
    """Law 3, and that a hold sleeps into the future."""
    if active and decision.next_us is None:
        raise BrokenLawError("an active ticket's hold has no next_check_at (law 3)")
    if decision.next_us is not None and decision.next_us <= decision.now_us:
        raise BrokenLawError("a hold asks again at once")


def instants(moment: Moment, until: int, rng: Random, count: int) -> Iterator[int]:
    """Instants at which an answer is likely to change, and some others."""
    now = moment.now
    points = {now + 1, until - 1, until - QUARTER}
    decision: Decision = moment.decision
    points |= {due for due in decision.deadlines.values() if due is not None}
    points |= {clock.due_us for clock in decision.clocks.values() if clock.due_us is not None}
    points |= {away.until_us for away in moment.desk.away if away.until_us is not None}
    points |= {event.us for event in moment.ticket.events or ()}
    for name in moment.policy.calendars:
        line, at = timeline(moment.policy, name), now
        for _ in range(4):
            at = line.next_change(at)
            points.add(at)
    points |= {QUARTER * rng.randrange(now // QUARTER, until // QUARTER + 1) for _ in range(count)}
    near = sorted(q for p in points for q in (p - 1, p, p + 1) if now < q < until)
    always = [until - 1] if until - 1 > now else []
    yield from {*always, *rng.sample(near, min(count, len(near)))}


def check_sleep(moment: Moment, decide: Decide, rng: Random, count: int = 6) -> None:
    """Law 1: until `next_check_at` the answer of a hold stays what it is."""
    decision: Decision = moment.decision
    until = decision.next_us if decision.next_us is not None else moment.now + 60 * DAY
    asleep = answer(decision)
    for at in instants(moment, until, rng, count):
        later = answer(decide(moment.policy, moment.ticket, moment.desk, at))
        if later != asleep:
            lines = difference(later, asleep, exact=True)
            raise BrokenLawError(
                f"the answer changes at {at}, before next_check_at {until} (law 1): "
                + "; ".join(
                    line.replace("engine", "then").replace("slow", "asleep") for line in lines
                )
            )


def sleep_soundly(seeds: range, samples: int) -> None:
    """Laws 1, 2 and 3 at every step of simulated histories."""
    for seed in seeds:
        rng = Random(seed)
        for moment in engine_history(case_of(seed), Random(seed)):
            twice = [key for key, n in Counter(keys_of(moment.ticket)).items() if n > 1]
            if twice:
                raise BrokenLawError(f"seed {seed}: {twice} occur twice (law 2)")
            if moment.decision.step == "hold":
                past = Past(moment.policy, moment.ticket, moment.now)
                wakes_in_time(moment.decision, past.active)
                check_sleep(moment, decide, rng, samples)


DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def shifted(value: Any, weeks: int) -> Any:
    """The same with every date later by so many weeks. Times of day stay what they are."""
    if isinstance(value, dict):
        return {shifted(k, weeks): shifted(v, weeks) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [shifted(v, weeks) for v in value]
    if isinstance(value, str):
        return DATE.sub(lambda d: str(date.fromisoformat(d[0]) + timedelta(weeks=weeks)), value)
    return value
