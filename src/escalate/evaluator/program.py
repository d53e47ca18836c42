"""A policy compiled: everything that can be done once per policy, done.

The plain values that come out are read by ``deciding``; nothing here knows a ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from escalate.decision import PolicyId, Stand
from escalate.desk import EMPTY
from escalate.evaluator.compiled import clock_timer, compile_level
from escalate.evaluator.conditions import CompiledCases, Compiler
from escalate.evaluator.context import Context
from escalate.evaluator.directory import Directory
from escalate.evaluator.goals import GoalSpec, past_reading
from escalate.evaluator.history import History, Plan
from escalate.evaluator.messages import Message
from escalate.evaluator.names import Names
from escalate.evaluator.people import People
from escalate.evaluator.readings import Reading, unknown_reading
from escalate.evaluator.reminders import grace
from escalate.evaluator.standing import Ladder, Standing
from escalate.evaluator.status import StatusTable
from escalate.evaluator.triggers import Triggers
from escalate.policy.clock import Clock
from escalate.policy.condition import Compare, Condition
from escalate.policy.facts import Facts
from escalate.policy.policy import Policy
from escalate.policy.target import At
from escalate.policy.trigger import Trigger
from escalate.ticket import Ticket
from escalate.worktime import Calendar, Duration, Timeline, from_us
from escalate.worktime.epoch import DAY

if TYPE_CHECKING:
    from escalate.evaluator.recorder import Recorder
    from escalate.evaluator.repeating import Outcome

__all__ = ["Program"]

_MOST_KEPT = 10_000

_TOLD = frozenset({"status", "phase", "active", "level", "owner", "assignee"})
"""Facts of the snapshot that events of other kinds than `field` change."""

_DAY = Duration(DAY)
_WORKDAY = Duration(0, 1)


class Program:
    """One policy, ready to decide. A ``recorder`` is told which cases give their values."""

    def __init__(self, policy: Policy, recorder: Recorder | None = None) -> None:
        self.policy = policy
        self.id = PolicyId(policy.name, policy.version, policy.digest)
        self.zone = policy.timezone
        phases = policy.status_phases()
        self.statuses = StatusTable(phases)
        self.facts = Facts(policy)
        timelines: dict[str, Timeline] = {"always": Calendar.always().timeline(policy.timezone)}
        for name, calendar in policy.calendars.items():
            timelines[name] = calendar.timeline(policy.timezone)
        self.timelines = timelines
        self.calendar = timelines[policy.calendar]
        clock_numbers = {name: i for i, name in enumerate(policy.clocks)}
        names = Names(self.facts, clock_numbers, timelines, self.calendar, policy.timezone)
        self.names = names
        directory = Directory(policy)
        compiler = self.compiler = Compiler(policy.conditions, names, directory, recorder)
        self.people = People(policy, compiler)
        self.levels = tuple(
            compile_level(rank, level, policy, compiler, phases)
            for rank, level in enumerate(policy.levels)
        )
        self.ladder = Ladder(self.levels, self.people)
        by_id = self.ladder.by_id
        self.paths = tuple(
            (
                path.id,
                None if path.when is None else compiler.condition(path.when),
                tuple(by_id[level] for level in path.levels),
            )
            for path in policy.paths
        )
        self.triggers = Triggers(policy, compiler)
        self.clock_names = tuple(policy.clocks)
        self.timers = tuple(
            clock_timer(name, clock, phases) for name, clock in policy.clocks.items()
        )
        ladder = {level.id: level.timers for level in self.levels}
        self.plan = Plan(self.statuses, self.timers, ladder)
        self._past = Plan(self.statuses)
        self.goals = tuple(self._goal(name) for name in policy.clocks)
        self.derive = self._derive()
        self.review: CompiledCases[Duration] | None = (
            None
            if policy.review is None
            else compiler.cases(policy.review, lambda value: value, self._timeline)
        )
        plain = None if self.review is None else self.review.plain
        self.usual_review = _DAY if self.calendar.always else _WORKDAY
        self.review_grace = grace(
            self.usual_review if self.review is None else None if plain is None else plain.value
        )
        self.messages = {
            name: Message(texts, policy.language) for name, texts in policy.messages.items()
        }
        self.tell: CompiledCases[str] | None = (
            None
            if policy.tell_customer is None
            else compiler.cases(policy.tell_customer, lambda value: value)
        )
        """What a customer is told who gets somebody else to deal with."""
        self.urgency: CompiledCases[str] | None = (
            None if policy.urgency is None else compiler.cases(policy.urgency, lambda value: value)
        )
        """How urgent what staff is told is, where nothing else says."""
        self.fixed = (self.review is None or self.review.fixed) and (
            self.urgency is None or self.urgency.fixed
        )
        """Whether only the snapshot has a say in reviews and urgency."""
        self.applies = None if policy.applies_to is None else compiler.condition(policy.applies_to)

        self.similar = policy.similar
        self.sets = any(t.set for t in policy.triggers) or any(
            d.effects.set for level in self.levels for d in level.deadlines
        )
        """Whether anything in the policy sets fields."""
        self.because = {trigger.id: _because(trigger) for trigger in policy.triggers}
        self.stands: dict[tuple[str | None, ...], Stand] = {}
        self._standings: dict[tuple[str | None, ...], Standing | None] = {}
        self._outcomes: dict[tuple[Any, ...], dict[int, Outcome | None]] = {}
        self.sentences: dict[tuple[Any, ...], str] = {}

    def stand(self, level: str | None, owner: str | None, assignee: str | None) -> Stand:
        """A standing; the same ones come again and again."""
        key = (level, owner, assignee)
        found = self.stands.get(key)
        if found is None:
            found = Stand(level, owner, assignee)
            self.remember(self.stands, key, found)
        return found

    def standing(
        self, level: str | None, owner: str | None, assignee: str | None, path_id: str | None
    ) -> Standing | None:
        """Where a ticket stands that is at a level of this policy, with somebody whom it knows;
        ``None`` if it is not."""
        key = (level, owner, assignee, path_id)
        if key in self._standings:
            return self._standings[key]
        found = None
        if level is not None and level in self.ladder.by_id and owner in self.people.crews:
            path = next((levels for name, _, levels in self.paths if name == path_id), self.levels)
            found = Standing(self.ladder.by_id[level], owner, assignee, path, False, False)
        self.remember(self._standings, key, found)
        return found

    def outcomes_at(self, place: tuple[Any, ...]) -> dict[int, Outcome | None]:
        """What came of the triggers that fired for tickets that stand the same."""
        found = self._outcomes.get(place)
        if found is None:
            found = {}
            self.remember(self._outcomes, place, found)
        return found

    @staticmethod
    def remember(table: dict[Any, Any], key: Any, value: Any) -> None:
        """Keep something that will be wanted again, within bounds."""
        if len(table) >= _MOST_KEPT:
            table.clear()
        table[key] = value

    def _timeline(self, name: str | None) -> Timeline | None:
        return None if name is None else self.timelines[name]

    def _goal(self, name: str) -> GoalSpec:
        clock = self.policy.clocks[name]
        target = calendar = None
        if clock.target is not None:
            target = self.compiler.cases(clock.target, lambda value: value, self._timeline)
        if clock.calendar is not None:
            calendar = self.compiler.cases(clock.calendar, lambda name: self.timelines[name])
        return GoalSpec(target, calendar, self.calendar, self._fields(clock))

    def _fields(self, clock: Clock) -> frozenset[str] | None:
        """What decides a clock's target, if only fields of the ticket do."""
        conditions: list[Condition] = []
        wanted: list[str] = []
        if clock.target is not None:
            conditions += [condition for _, condition in clock.target.conditions()]
            wanted += [use.at for _, use in clock.target.values() if isinstance(use, At)]
        if clock.calendar is not None:
            conditions += [condition for _, condition in clock.calendar.conditions()]
        found: set[str] = set()
        while conditions or wanted:
            if conditions:
                nodes = self.compiler.resolved(conditions.pop().root)
                wanted += [node.fact for node in nodes if isinstance(node, Compare)]
                continue
            name = wanted.pop()
            if name in _TOLD or self.facts[name].source != "snapshot":
                return None
            if name not in found and name in self.policy.derive:
                conditions += [condition for _, condition in self.policy.derive[name].conditions()]
            found.add(name)
        return frozenset(found)

    def _derive(self) -> tuple[tuple[str, CompiledCases[Any]], ...]:
        """What is worked out, each after what it reads."""
        derive = self.policy.derive
        done: dict[str, CompiledCases[Any]] = {}

        def add(name: str) -> None:
            if name in done:
                return
            for _, condition in derive[name].conditions():
                for node in self.compiler.resolved(condition.root):
                    if isinstance(node, Compare) and node.fact in derive and node.fact != name:
                        add(node.fact)
            done[name] = self.compiler.cases(derive[name], lambda value: value)

        for name in derive:
            add(name)
        return tuple(done.items())

    # Contexts.

    def values(self, ticket: Ticket, hist: History) -> dict[str, Any]:
        """The snapshot's facts, as the history corrects them."""
        phase = hist.phase
        return {
            **ticket.values,
            "status": hist.status,
            "phase": phase,
            "active": phase in ("open", "waiting"),
            "level": hist.level,
            "owner": hist.owner,
            "assignee": hist.assignee,
            "created_at": hist.created,
        }

    def complete(self, ctx: Context) -> None:
        """Work out the fields that the ticket does not give."""
        for name, cases in self.derive:
            if ctx.values.get(name) is None:
                chosen = cases.choose(ctx)
                ctx.note(chosen.horizon, chosen.missing)
                if chosen.value is not None:
                    ctx.values[name] = chosen.value

    def after(self, ctx: Context, changes: Mapping[str, Any]) -> Context:
        """The context once these fields are set; what is derived is derived again."""
        ticket = ctx.ticket.with_values(changes)
        values = {**ctx.values, **changes}
        for name, _ in self.derive:
            if ctx.ticket.values.get(name) is None and name not in changes:
                values.pop(name, None)
        if "status" in changes:
            values["phase"] = self.statuses.phase(str(changes["status"]))
        then = Context(ticket, ctx.desk, ctx.now, ctx.hist, values, self.read_clock)
        self.complete(then)
        return then

    def past(self, ctx: Context, us: int, fields: frozenset[str] | None) -> Context | None:
        """The context of the ticket as it stood at an instant; ``None`` where nothing later
        changed it. With ``fields``, only these matter, and nothing but them is put back."""
        hist = ctx.hist
        if fields is None:
            if not any(event.us > us for event in ctx.ticket.events or ()):
                return None
            ticket = ctx.ticket.as_of(from_us(us))
            hist = History(ticket, us, self._past)
            values = self.values(ticket, hist)
            level = None if hist.owner is not None else self.ladder.by_id.get(hist.level or "")
        else:
            level = None
            ticket = ctx.ticket
            before = ticket.fields_before(us, fields)
            if not before:
                return None
            values = {**ctx.values, **before}
            for name, _ in self.derive:
                if ticket.values.get(name) is None and name not in before:
                    values.pop(name, None)
        then = Context(ticket, EMPTY, us, hist, values, self.read_clock)
        self.complete(then)
        if level is not None:
            values["owner"] = self.ladder.named_owner(then, level)
        return then

    def read_clock(self, ctx: Context, index: int) -> Reading:
        """What a clock shows in a context."""
        run, spec = ctx.hist.clocks[index], self.goals[index]
        if not ctx.hist.known and not all(
            ctx.knows(moment) for moment in (*run.spec.starts, *run.spec.stops, "resolved")
        ):
            return unknown_reading(spec.default, ctx.now)
        return past_reading(ctx, run, spec, self.past)


def _because(trigger: Trigger) -> str:
    """What it means that a trigger fired, in words."""
    said = trigger.description or trigger.name
    return f"`{trigger.id}` holds ({said.rstrip('.')})" if said else f"`{trigger.id}` holds"
