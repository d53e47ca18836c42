"""A run: every piece decided once, by as many processes as wanted, and put together."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from escalate.batch.door import Full
from escalate.batch.errors import TableError
from escalate.batch.parquet.given import Given, given
from escalate.batch.parquet.joined import Part, into_file, into_folder
from escalate.batch.parquet.parts import Failed, Task, Work, Worker, decide_task, start
from escalate.batch.parquet.source import Piece, pieces_of
from escalate.batch.parquet.summary import Summary
from escalate.batch.parquet.unfinished import Unfinished
from escalate.cores import interrupts_held
from escalate.desk import Desk, read_desk
from escalate.errors import EscalateError
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet
from escalate.reading import read_instant

__all__ = ["decide_parquet"]

_WORTH_A_POOL: Final = 20_000
"""Rows from which on other processes are started: that takes them a second."""

Advance = Callable[[int], None]
Results = Generator[Summary | Failed, None, None]


def decide_parquet(
    policy: Policy | PolicySet,
    tickets: str | os.PathLike[str],
    output: str | os.PathLike[str],
    now: datetime | str,
    *,
    desk: Desk | Mapping[str, Any] | None = None,
    full: Full = "none",
    columns: bool = True,
    jobs: int = 1,
    begun: Callable[[int, int], Advance] | None = None,
) -> Summary:
    """Decide every ticket of a Parquet file, of a folder of them, of those that fit a pattern,
    or of a query (``duckdb:desk.db::SELECT ...``), and write the decisions, in the same order,
    as Parquet.

    ``output`` is a file, or a folder where it ends in a slash: then the parts of the work stay
    parts, and nothing is copied. It is there when all of it is there. Until then, what is done
    stands in a folder beside it, ``.unfinished``, and the same call goes on from there.
    ``jobs`` processes are at work (of a program that takes more than one, the main module must
    be importable, as :mod:`multiprocessing` tells). ``begun`` is told how many rows there are
    and how many of them are done, and gives what is to be told of more.
    Page: "Files of Parquet".

    Raises:
        TableError: a file cannot be read as tickets.
        TicketError: the desk or ``now`` cannot be read.
        EscalateError: the output cannot be written, or an unfinished run is of something else.
    """
    at = read_instant(now)
    around = None if desk is None else read_desk(desk)
    source = given(tickets, policy)
    target = Path(output).resolve()
    apart = os.fspath(output).endswith(("/", os.sep)) or target.is_dir()
    if apart and target.is_dir() and any(target.iterdir()):
        raise EscalateError(f"`{output}`: the folder is not empty; remove it, or name another")
    run = _run(policy, source, at, around, full, columns)
    try:
        unfinished = Unfinished(target, run)
    except OSError as error:
        raise EscalateError(_unwritten(str(output), _why(error))) from None
    try:
        work = Work(policy, at, around, full, columns, unfinished.key)
        try:
            pieces = pieces_of(source.files(unfinished.folder))
        except OSError as error:
            raise _DiskError(_why(error)) from None
        return _finished(work, pieces, unfinished, apart, jobs, begun)
    except _DiskError as error:
        kept = f"what is done stays in `{unfinished.folder}`, and the same command goes on there"
        raise EscalateError(f"{_unwritten(str(output), str(error))}; {kept}") from None
    finally:
        unfinished.leave()


class _DiskError(Exception):
    """Why something cannot be written."""


def _unwritten(output: str, why: str) -> str:
    return f"`{output}`: {why}"


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    return (error.strerror or "it cannot be written").lower()


def _run(
    policy: Policy | PolicySet,
    source: Given,
    now: datetime,
    desk: Desk | None,
    full: str,
    columns: bool,
) -> dict[str, str]:
    """What a run is a run of: if any of it is another, so are its decisions."""
    policies = [policy] if isinstance(policy, Policy) else list(policy)
    said = None if desk is None else desk.to_json()
    return {
        "input": _digest(source.identity),
        "policy": ",".join(one.digest for one in policies),
        "desk": _digest(said),
        "now": now.isoformat(),
        "full": full,
        "columns": str(columns),
        "version": version("escalate"),
    }


def _digest(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _finished(
    work: Work,
    pieces: list[Piece],
    unfinished: Unfinished,
    apart: bool,
    jobs: int,
    begun: Callable[[int, int], Advance] | None,
) -> Summary:
    done: dict[int, Summary] = {}
    for number, piece in enumerate(pieces):
        found = unfinished.done(number, piece.count)
        if found is not None:
            done[number] = found
    total, before = sum(p.count for p in pieces), sum(s.rows for s in done.values())
    advance = begun(total, before) if begun is not None else lambda more: None
    left = [
        Task(piece, unfinished.part(number))
        for number, piece in enumerate(pieces)
        if number not in done
    ]
    with closing(_decided(work, left, jobs)) as results:

        def parts() -> Iterator[Part]:
            for number, piece in enumerate(pieces):
                found = done.get(number)
                if found is None:
                    found = _checked(next(results))
                    advance(piece.count)
                yield unfinished.part(number), found

        try:
            way = into_folder if apart else into_file
            return replace(way(parts(), work, unfinished, total), resumed=before)
        except OSError as error:
            raise _DiskError(_why(error)) from None


def _checked(result: Summary | Failed) -> Summary:
    if isinstance(result, Summary):
        return result
    if result.diagnostics:
        raise TableError(result.diagnostics)
    raise _DiskError(result.disk)


def _decided(work: Work, tasks: list[Task], jobs: int) -> Results:
    """What becomes of each piece, in order."""
    if jobs < 2 or len(tasks) < 2 or sum(task.piece.count for task in tasks) < _WORTH_A_POOL:
        worker = Worker(work)
        yield from map(worker, tasks)
        return
    yield from _by_many(work, tasks, min(jobs, len(tasks)))


def _by_many(work: Work, tasks: list[Task], jobs: int) -> Results:
    from multiprocessing import active_children, get_context

    others = set(active_children())
    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=start, initargs=(work,)
    )
    waiting: deque[Future[Summary | Failed]] = deque()
    whole = False
    try:
        for task in tasks:
            with interrupts_held():
                waiting.append(pool.submit(decide_task, task))
            while len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        whole = True
    except BrokenProcessPool:
        raise EscalateError(
            "one of the processes ended before its work was done, perhaps for want of memory; "
            "the same command goes on from what is done"
        ) from None
    finally:
        if not whole:  # what they are at is not needed, and never half there
            for child in set(active_children()) - others:
                with suppress(OSError):
                    child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
