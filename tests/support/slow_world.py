"""One question to the slow evaluator: what is asked, and what the answer lacked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from escalate.desk import Desk
from escalate.policy.cases import Case, Cases
from escalate.policy.choice import Choice
from escalate.policy.condition import Condition
from escalate.policy.policy import Policy
from escalate.ticket import EPOCH, Ticket
from support import slow_conditions, slow_people
from support.slow_history import Past

T = TypeVar("T")
Missing = frozenset[str]


@dataclass
class World:
    policy: Policy
    ticket: Ticket
    desk: Desk
    now: int
    missing: set[str] = field(default_factory=set)
    warnings: set[str] = field(default_factory=set)
    counted: str | None = None
    """The level that a ticket counts as standing at, where it stands nowhere."""
    after: dict[str, Any] | None = None
    """Facts as they are after the step, for messages."""

    def __post_init__(self) -> None:
        self.past = Past(self.policy, self.ticket, self.now)
        self.warnings |= self.past.warnings

    def as_of(self, us: int) -> World:
        """The same question about the ticket as it was then."""
        then = EPOCH + timedelta(microseconds=us)
        return World(self.policy, self.ticket.as_of(then), self.desk, us)

    def judge(self, condition: Condition | None) -> tuple[bool | None, Missing]:
        if condition is None:
            return True, frozenset()
        return slow_conditions.judge(self, condition.root)

    def pick(self, cases: Cases[T] | None) -> tuple[Case[T] | None, Missing]:
        """The first case that holds, and what those passed over as unknown lacked."""
        lacked: set[str] = set()
        for case in cases.cases if cases is not None else ():
            value, missing = self.judge(case.when)
            if value:
                return case, frozenset(lacked)
            lacked |= missing
        return None, frozenset(lacked)

    def choose(self, cases: Cases[T] | None) -> T | None:
        """The value of the first case that holds; what was lacking joins `missing`."""
        case, lacked = self.pick(cases)
        self.missing |= lacked
        return None if case is None else case.use

    def choose_owner(self, cases: Cases[Any]) -> str | None:
        """The owner that cases give: by name, or by topic and language."""
        found = self.choose(cases)
        return slow_people.chosen(self, found) if isinstance(found, Choice) else found

    def level(self, name: str | None) -> Any:
        return next((level for level in self.policy.levels if level.id == name), None)

    def rank(self, name: str | None) -> int:
        return next((i for i, lv in enumerate(self.policy.levels) if lv.id == name), -1)

    @property
    def standing(self) -> str | None:
        return self.past.level if self.past.level is not None else self.counted

    @property
    def owner(self) -> str | None:
        """Whose the ticket is: whom its last move named, else the level's own."""
        if self.past.owner is not None or self.past.level is None:
            return self.past.owner
        return self.choose_owner(self.level(self.past.level).owner)
