"""A test run: its times resolved, its ticket read, its decisions held against what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from escalate.decision import Decision
from escalate.desk import Desk
from escalate.errors import Diagnostic, EscalateError, Related, TicketError, sort_diagnostics
from escalate.evaluator.trace_words import Line
from escalate.event import Event
from escalate.intake.record import is_of_key, segments
from escalate.policy.structure import path_text
from escalate.policy.ticket_fields import FieldChecker
from escalate.reading import Reader
from escalate.simulation.life import Life
from escalate.testing.coverage import reached_by
from escalate.testing.deeds import Deeds
from escalate.testing.difference import NONE, Difference, Seen, as_written
from escalate.testing.events import full_events
from escalate.testing.expectations import EXPECTED, differences
from escalate.testing.outcome import Failure, Outcome, Status, Unmet
from escalate.testing.pen import Pen, Way
from escalate.testing.standing import WrongTimeError
from escalate.testing.suite import Suite
from escalate.testing.tickets import (
    Clock,
    Written,
    created,
    desk_layers,
    read_desk_at,
    read_ticket_at,
    told,
)
from escalate.testing.times import Times
from escalate.testing.why import decided, why
from escalate.ticket import Ticket
from escalate.worktime.zone import from_us

__all__ = ["run_test"]


def run_test(suite: Suite, number: int, *, cover: bool = False) -> Outcome:
    """What becomes of one test; with ``cover``, what it reached of the policy, too."""
    head = (suite.file, suite.name(number), number, suite.place(number))
    wrong = suite.wrong_tests.get(number)
    if wrong:
        return Outcome(*head, "wrong", wrong=wrong)
    run = _Run(suite, number, trace=cover)
    unmet = list(run.moments())
    if not run.pen.found and not cover and any(found for _, found in unmet):
        # Again, and this time with what explains it.
        run = _Run(suite, number, trace=True)
        unmet = list(run.moments())
    if run.pen.found:
        return Outcome(*head, "wrong", wrong=tuple(sort_diagnostics(run.pen.found)))
    failures = tuple(run.failure(seen, found) for seen, found in unmet if found)
    status: Status = "failed" if failures else "passed"
    return Outcome(
        *head, status, failures, reached=reached_by(run.decisions) if cover else frozenset()
    )


class _Run:
    """One way through a test. Mistakes in it end it, and stand in ``pen.found``."""

    def __init__(self, suite: Suite, number: int, *, trace: bool) -> None:
        assert suite.source is not None
        assert suite.rules is not None
        assert suite.shelf is not None
        self.source, self.rules, self.shelf = suite.source, suite.rules, suite.shelf
        self.test = suite.tests[number]
        self.way: Way = ("tests", number)
        self.trace = trace
        self.pen = Pen(suite.source, suite.rules.names)
        data = suite.source.data
        day = self.test.get("date") or data.get("date")
        zone = self.test.get("timezone") or data.get("timezone") or self.rules.zone
        self.times = Times(zone, None if day is None else date.fromisoformat(day))
        self.clock = Clock(self.times, self.pen)
        self.decisions: list[Decision] = []

    def moments(self) -> Iterator[tuple[Seen, list[Difference]]]:
        """Every stretch of time of which something is expected, and what is not so."""
        written = told(self.test, self.way, self.shelf, self.pen)
        if written is None:
            return
        try:
            yield from self._story(written) if "story" in self.test else self._once(written)
        except WrongTimeError as error:
            self.pen.report(error.wrong.code, str(error.wrong), error.way, error.wrong.help)
        except TicketError as error:
            # What the policies of a folder say of a ticket shows only when they are asked.
            self.pen.found += written.located(error.diagnostics)
        except EscalateError as error:
            self.pen.report("ESC965", str(error), self.way)

    # One decision.

    def _once(self, written: Written) -> Iterator[tuple[Seen, list[Difference]]]:
        base, way = created(written, self.clock), (*self.way, "now")
        us = self.clock.read(self.test["now"], way, base, at_once=True)
        if us is None:
            return
        ticket = read_ticket_at(written, us, self.clock, self.rules, self.pen)
        desk = self._desk([], us)
        if ticket is None or desk is None:
            return
        decision = self.rules.engine.decide(ticket, now=from_us(us), desk=desk, trace=self.trace)
        self.decisions.append(decision)
        yield self._held((decision,), us, self.test["expect"], (*self.way, "expect"))

    def _held(
        self, decisions: Sequence[Decision], us: int, expected: Any, way: Way
    ) -> tuple[Seen, list[Difference]]:
        """What was decided, held against what is expected."""
        seen = Seen(tuple(decisions), self.times, us)
        if expected == NONE:
            return seen, list(_anything(seen, way))
        return seen, list(differences(expected, way, seen))

    def _desk(self, changes: Sequence[tuple[Way, Any]], us: int) -> Desk | None:
        parts = [
            (("desk",), self.source.data.get("desk")),
            ((*self.way, "desk"), self.test.get("desk")),
            *changes,
        ]
        layers = desk_layers(self.shelf, parts, self.pen)
        return None if layers is None else read_desk_at(layers, us, self.clock, self.pen)

    # A story.

    def _story(self, written: Written) -> Iterator[tuple[Seen, list[Difference]]]:
        instants = self._instants(created(written, self.clock))
        if not instants:
            return
        ticket = read_ticket_at(written, instants[0], self.clock, self.rules, self.pen)
        desk = self._desk([], instants[0])
        if ticket is None or desk is None:
            return
        life = Life(self.rules.engine, ticket, desk, trace=self.trace)
        desks: list[tuple[Way, Any]] = []
        made: list[Decision] = []
        for i, (us, moment) in enumerate(zip(instants, self.test["story"], strict=True)):
            way = (*self.way, "story", i)
            between = [decision for asked in life.until(us) for decision in asked]
            self.decisions += between
            if "meanwhile" in moment:
                before = between or made[-1:]
                yield self._held(before, us, moment["meanwhile"], (*way, "meanwhile"))
            if "desk" in moment:
                desks.append(((*way, "desk"), moment["desk"]))
                changed = self._desk(desks, us)
                if changed is None:
                    return
                life.desk = changed
            if not self._happens(moment.get("events"), us, life, (*way, "events")):
                return
            made = life.at(us)
            self.decisions += made
            yield self._held(made, us, moment.get("expect", {}), (*way, "expect"))

    def _instants(self, base: int | None) -> list[int]:
        """When the moments are; they never go back."""
        found: list[int] = []
        before: Way | None = None
        for i, moment in enumerate(self.test["story"]):
            way = (*self.way, "story", i, "at")
            us = self.clock.read(moment["at"], way, base, at_once=i == 0)
            if us is None:
                return []
            if base is not None and us < base:
                self._backwards(moment["at"], way, base, before)
                return []
            found.append(us)
            base, before = us, way
        return found

    def _backwards(self, written: str, way: Way, base: int, before: Way | None) -> None:
        shown = self.times.shown(base, base)
        message = (
            f"`{written}` is earlier than the moment before it, `{shown}`"
            if before
            else f"`{written}` is earlier than the ticket's creation, `{self.times.shown(base)}`"
        )
        related = (
            () if before is None else (Related(self.source.place(before), "the moment before"),)
        )
        help_ = f"write moments in their order; the next day is `+1d {shown}`"
        self.pen.report("ESC965", message, way, help_, related=related)

    def _happens(self, raw: Any, us: int, life: Life, way: Way) -> bool:
        """The events of a moment happen; false where one of them cannot be read."""
        at = from_us(us, self.times.zone).isoformat()
        items = raw if isinstance(raw, list) else [] if raw is None else [raw]
        for i, item in enumerate(items):
            here = (*way, i) if isinstance(raw, list) else way
            reader = Reader()
            read: list[Event] = []
            for event in full_events(item, life.ticket.get):
                said = reader.event({**event, "at": at}, "")
                if said is not None:
                    read.append(said)
            wrong = list(reader.wrong)
            if not wrong:
                life.happens(read)
                wrong = self._wrong_fields(life.ticket, read)
            for diagnostic in wrong:
                path = (*here, *segments(diagnostic.path.removeprefix(".")))
                place = self.source.place(path, key=is_of_key(diagnostic))
                self.pen.found.append(diagnostic._replace(place=place))
            if wrong:
                return False
        return True

    def _wrong_fields(self, ticket: Ticket, events: Sequence[Event]) -> list[Diagnostic]:
        """What the policy finds wrong with fields that have changed."""
        if not any(event.type == "field" for event in events) or len(self.rules.policies) != 1:
            return []
        found = FieldChecker(self.rules.policies[0]).check(ticket)
        return [d._replace(path=f"changed.{d.path}") for d in found]

    # What is told of it.

    def failure(self, seen: Seen, found: Sequence[Difference]) -> Failure:
        """What was not as expected at one moment, with what explains it."""
        before = any("meanwhile" in difference.way for difference in found)
        when = f"{'before' if before else 'at'} {self.times.shown(seen.base)}"
        unmet = []
        expected: dict[str, Any] = {}
        for difference in found:
            place = self.source.place(difference.way)
            message = f"{when}, {difference.message}"
            path = path_text(difference.way)
            unmet.append(
                Unmet.of(difference, Diagnostic("ESC961", message, place=place, path=path))
            )
            key = difference.about.partition(".")[0]
            expected[key] = self._written(difference.way, key)
        policy = self.rules.policy(seen.last.policy.name)
        lines = [
            *self._at_other_times(seen, expected),
            *why(policy, seen.decisions, expected),
        ]
        return Failure(
            f"{when} ({self.times.zone})", tuple(unmet), decided(seen.decisions), tuple(lines)
        )

    def _at_other_times(self, seen: Seen, expected: Mapping[str, Any]) -> Iterator[Line]:
        """When what was expected was done, if not at this moment."""
        for key, raw in expected.items():
            wanted = EXPECTED.get(key)
            if not isinstance(wanted, Deeds) or raw == NONE or key in ("step", "missing"):
                continue
            for decision in self.decisions:
                other = Seen((decision,), self.times, decision.now_us)
                if decision not in seen.decisions and not list(wanted.differences(raw, (), other)):
                    when = self.times.shown(decision.now_us, seen.base)
                    yield 0, f"`{key}` is `{as_written(raw)}` at {when}", ""

    def _written(self, way: Way, key: str) -> Any:
        """What is written at a key of what is expected."""
        here: Any = self.source.data
        for part in way:
            here = here[part]
            if part == key:
                break
        return here


def _anything(seen: Seen, way: Way) -> Iterator[Difference]:
    """Nothing was expected to have been done, and something was."""
    if seen.steps:
        said = ", ".join(decision.step for decision in seen.steps)
        yield Difference(way, "meanwhile", f"something was done: {said}", NONE, said)
