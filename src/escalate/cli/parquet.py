"""`escalate decide` from columns into columns: however many tickets, on all cores."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from escalate.cli.ended import ended
from escalate.cli.terminal import Terminal
from escalate.cores import cores

if TYPE_CHECKING:
    from escalate.desk import Desk
    from escalate.policy.policy import Policy
    from escalate.policy.policy_set import PolicySet

__all__ = ["Wanted", "decide"]

_WORTH_A_BAR: Final = 50_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says."""

    tickets: str
    output: str | None
    now: datetime
    desk: Desk | None
    jobs: int | None


def decide(ctx: click.Context, rules: Policy | PolicySet, wanted: Wanted) -> int:
    """Decide all of it and tell how it ended; the exit code."""
    terminal: Terminal = ctx.obj
    _refuse(ctx, wanted)
    from escalate.batch import TableError
    from escalate.batch.parquet import begun_at, decide_parquet
    from escalate.cli.findings import print_findings

    assert wanted.output is not None
    now: datetime | str = wanted.now
    if not _given(ctx, "now") and (begun := begun_at(wanted.output)):
        terminal.print(f"going on with what was begun as of {terminal.plain(begun)}", err=True)
        now = begun
    with ExitStack() as stack:

        def advancing(total: int, done: int) -> Callable[[int], None]:
            if total < _WORTH_A_BAR or not sys.stderr.isatty():
                return lambda more: None
            from escalate.cli.progress import bar

            advance = stack.enter_context(bar(terminal, total))
            advance(done)
            return advance

        try:
            found = decide_parquet(
                rules,
                wanted.tickets,
                wanted.output,
                now,
                desk=wanted.desk,
                jobs=wanted.jobs or cores(),
                begun=advancing,
            )
        except TableError as error:
            stack.close()
            print_findings(terminal, error.diagnostics, texts=_texts(wanted.tickets), err=True)
            return 2
    if found.resumed:
        terminal.print(f"{found.resumed:,} had been decided before", err=True)
    ended(terminal, found.rows - found.errors, found.warned, found.errors, found.first_error)
    return 1 if found.errors else 0


def _texts(tickets: str) -> dict[str, str | None]:
    """The text of a query, to show where it fails."""
    from escalate.batch.query import PREFIX, QUERY, Query

    return {QUERY: Query.read(tickets).text} if tickets.startswith(PREFIX) else {}


def _refuse(ctx: click.Context, wanted: Wanted) -> None:
    if wanted.output in (None, "-"):
        raise click.UsageError("Parquet goes into a file or a folder: add `-o decisions.parquet`")
    of_columns = wanted.tickets.startswith("duckdb:")  # whatever its query ends in
    if not of_columns and wanted.tickets.lower().endswith(_ROWS):
        raise click.UsageError(
            f"decisions in Parquet are made of tickets in Parquet, and `{wanted.tickets}` is none; "
            "`escalate.batch.flatten` makes a table of other tickets"
        )
    for name, option in _UNFIT.items():
        if _given(ctx, name):
            raise click.UsageError(f"`{option}` does not go with decisions in Parquet")


_ROWS: Final = ("-", ".jsonl", ".ndjson", ".json", ".yaml", ".yml", ".csv", ".tsv")
_UNFIT: Final = {
    "trace": "--trace",
    "handover": "--handover",
    "on_error": "--on-error",
    "columns_file": "--columns",
    "column": "--column",
}


def _given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
