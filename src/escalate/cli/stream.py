"""A stream of tickets decided in order, by as many processes as there are cores."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from escalate.cli.rows import ROWS, Row
from escalate.cores import cores, ignore_interrupts, interrupts_held
from escalate.decision import Warned
from escalate.desk import Desk
from escalate.errors import Diagnostic, TicketError
from escalate.intake import Chunk, Form, Record

if TYPE_CHECKING:
    from escalate.policy.policy import Policy
    from escalate.policy.policy_set import PolicySet

__all__ = ["Batch", "Count", "Outcome", "Work", "cores", "decided"]

_FAULT: Final = "ESC900"

_WORTH_A_POOL: Final = 1024 * 1024
"""Bytes of input after which other processes are started: that takes them a second."""

_SMALL: Final = 16 * 1024
"""Bytes of a chunk that is decided at once: from a slow pipe, or the last one."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done with each ticket. Sent once to every process."""

    policy: Policy | PolicySet
    form: Form
    now: datetime
    desk: Desk | None
    trace: bool
    handover: bool
    output: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: a row of output, and the first finding where it failed,
    or what the reader should know of a decision."""

    row: Row
    failure: Diagnostic | None = None
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a chunk of ``size`` bytes."""

    outcomes: list[Outcome]
    size: int


@dataclass(slots=True)
class Count:
    """How many inputs have been decided, how many of them with warnings, how many failed,
    how many of those by a fault of our own; and what was wrong with the first that failed."""

    decided: int = 0
    warned: int = 0
    failed: int = 0
    faults: int = 0
    first: Diagnostic | None = None

    def take(self, outcome: Outcome) -> None:
        """One more."""
        if outcome.failure is None:
            self.decided += 1
            self.warned += bool(outcome.warnings)
            return
        self.failed += 1
        self.faults += outcome.failure.code == _FAULT
        self.first = self.first or outcome.failure


class Decider:
    """An engine at work on chunks."""

    def __init__(self, work: Work) -> None:
        from escalate.evaluator.choosing import engine_for

        self.work = work
        self.rows = ROWS[work.output]
        self.engine = engine_for(work.policy)

    def __call__(self, chunk: Chunk) -> Batch:
        outcomes = [self._one(record) for record in self.work.form.records(chunk)]
        return Batch(outcomes, chunk.size)

    def _one(self, record: Record) -> Outcome:
        try:
            decision = self.engine.decide(
                record.raw,
                now=self.work.now,
                desk=self.work.desk,
                trace=self.work.trace,
                handover=self.work.handover,
            )
            return Outcome(self.rows.decided(record, decision), None, decision.warnings)
        except TicketError as error:
            # What is wrong with a text says the record, which knows where the text stands.
            wrong = record.wrong or record.located(error.diagnostics)
        except Exception as error:
            if os.environ.get("ESCALATE_DEBUG"):
                raise
            wrong = record.located([_fault(error)])
        return Outcome(self.rows.failed(record, wrong), wrong[0])


def _fault(error: Exception) -> Diagnostic:
    """A fault of our own at one ticket: told, and the next ticket is decided."""
    return Diagnostic(
        _FAULT,
        f"escalate itself failed at this ticket: `{type(error).__name__}: {error}`",
        help="please report it; ESCALATE_DEBUG=1 stops there and shows where",
    )


_decider: Decider | None = None


def _start(work: Work) -> None:
    global _decider
    ignore_interrupts()
    _decider = Decider(work)


def _decide(chunk: Chunk) -> Batch:
    assert _decider is not None
    return _decider(chunk)


def decided(work: Work, chunks: Iterable[Chunk], jobs: int) -> Iterator[Batch]:
    """What becomes of each chunk, in order. Bounded: of a longer stream only a few chunks
    are held at a time."""
    decider = Decider(work)
    if jobs < 2 or not work.form.parallel:
        yield from map(decider, chunks)
        return
    stream = iter(chunks)
    seen = 0
    for chunk in stream:
        yield decider(chunk)
        seen += chunk.size
        if seen >= _WORTH_A_POOL:
            yield from _by_many(work, decider, stream, jobs)
            return


def _by_many(work: Work, decider: Decider, chunks: Iterator[Chunk], jobs: int) -> Iterator[Batch]:
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(work,)
    )
    waiting: deque[Future[Batch]] = deque()
    try:
        for chunk in chunks:
            if chunk.size < _SMALL:
                while waiting:
                    yield waiting.popleft().result()
                yield decider(chunk)
                continue
            with interrupts_held():
                waiting.append(pool.submit(_decide, chunk))
            while waiting and (len(waiting) > 2 * jobs or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
