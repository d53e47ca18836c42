"""The engine and the slow evaluator asked the same; what differs, and the smallest case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from escalate.decision import Decision
from escalate.desk import Desk
from escalate.evaluator.apply import apply
from escalate.evaluator.engine import Engine
from escalate.policy.policy import Policy
from escalate.ticket import Ticket
from support.compare import comparable, difference
from support.generators import Case
from support.histories import Moment, history
from support.slow import slow_decide

__all__ = ["decide", "differences", "engine_history", "report", "smallest"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(us: int) -> datetime:
    return EPOCH + timedelta(microseconds=us)


class _Same:
    """Policies are told apart by identity here, since they cannot be hashed."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return id(self.policy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.policy is self.policy


@lru_cache(maxsize=4)
def _engine(same: _Same) -> Engine:
    return Engine(same.policy)


def engine_of(policy: Policy) -> Engine:
    return _engine(_Same(policy))


def decide(policy: Policy, ticket: Ticket, desk: Desk, now: int) -> Decision:
    return engine_of(policy).decide(ticket, desk=desk, now=instant(now))


def engine_history(case: Case, rng: Random, rounds: int = 4) -> Iterator[Moment]:
    """A history that the engine decides and carries out."""
    return history(
        case, rng, decide, lambda ticket, d, _: apply(ticket, d), lambda d: d.next_us, rounds
    )


def differences(policy: Policy, ticket: Ticket, desk: Desk, now: int) -> list[str]:
    """What the two say differently of one question."""
    fast = comparable(decide(policy, ticket, desk, now))
    slow = slow_decide(policy, ticket, desk, now)
    if ticket.events is None and fast["step"] in ("enter", "escalate", "transfer"):
        # What stands in for events cannot tell a reply before the step from one after it.
        slow["deadlines"] = fast["deadlines"]
    if any(action["action"] == "set" for action in slow["actions"]):
        # What a field that is only now set does to deadlines, the next decision shows.
        slow["deadlines"] = fast["deadlines"]
    return difference(fast, slow)


def smallest(case: Case, fails: Callable[[Case], Any]) -> Case:
    """What is left of a case when nothing more can be taken away and it still fails."""
    shrunk = True
    while shrunk:
        shrunk = False
        for part in ("policy", "ticket", "desk"):
            for less in _less(getattr(case, part)):
                candidate = case.but(**{part: less})
                if _fails(candidate, fails):
                    case, shrunk = candidate, True
                    break
    return case


def _fails(case: Case, fails: Callable[[Case], Any]) -> bool:
    try:
        read = case.read()
        if any(trigger.requires and not trigger.moves for trigger in read[0].triggers):
            return False
        return bool(fails(case))
    except Exception:  # a case that cannot be read any more is no smaller case
        return False


KEPT = {"owners", "calendars", "fields", "messages", "conditions", "actions", "events"}


def _less(value: Any) -> Iterator[Any]:
    if isinstance(value, dict) and not {"at", "type"} <= value.keys():
        for key in value.keys() - KEPT:
            yield {k: v for k, v in value.items() if k != key}
        for key, inner in value.items():
            if key not in KEPT or key == "events":
                for less in _less(inner):
                    yield value | {key: less}
    elif isinstance(value, list):
        for i in range(len(value)):
            yield [*value[:i], *value[i + 1 :]]
        for i, inner in enumerate(value):
            for less in _less(inner):
                yield [*value[:i], less, *value[i + 1 :]]


def report(moment: Moment, raw: dict[str, Any], lines: list[str]) -> str:
    """The smallest case that still differs in the same place, for a failing test."""
    place = lines[0].split(":")[0]
    case = Case(raw, moment.ticket.to_json(), moment.desk.to_json(), instant(moment.now))
    case = smallest(
        case, lambda c: [line for line in differences(*c.read()) if line.startswith(place)]
    )
    shown = {k: v for k, v in case.policy.items() if k not in KEPT}
    found = differences(*case.read()) or lines
    return "\n".join([*found, f"policy: {shown}", f"ticket: {case.ticket}", f"desk: {case.desk}",
                      f"now: {case.now.isoformat()}"])  # fmt: skip
