"""`escalate decide`: the next step of every ticket in a file or stream."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from escalate.cli.files import cannot_write
from escalate.cli.options import columns_option, desk_option, now_option, opened, tickets_form
from escalate.cli.terminal import Terminal

if TYPE_CHECKING:
    from escalate.cli.sinks import Sink
    from escalate.cli.stream import Batch, Count

__all__ = ["command"]

_ENDINGS: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}


@click.command("decide", short_help="Decide the next step of every ticket of a file or stream.")
@click.argument("policy")
@click.argument("tickets")
@now_option
@desk_option
@columns_option
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "parquet"]),
    help="How to say it; by the ending of `-o`, else a table.",
)
@click.option("-o", "--output", metavar="FILE", help="Write into FILE.")
@click.option(
    "--on-error",
    type=click.Choice(["continue", "stop"]),
    default="continue",
    show_default=True,
    help="What to do at a ticket that cannot be read.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Processes for long input; default: all cores."
)
@click.option("--trace", is_flag=True, help="With the whole explanation, in JSON Lines.")
@click.option(
    "--handover",
    is_flag=True,
    help="With the hand-over note of each ticket that changes hands, in JSON Lines.",
)
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    tickets: str,
    now: Any,
    desk: Any,
    columns: Any,
    form: str | None,
    output: str | None,
    on_error: str,
    jobs: int | None,
    trace: bool,
    handover: bool,
) -> None:
    """Decide the next step of each of TICKETS by POLICY, a file or a folder of policies.

    TICKETS end in .jsonl (one a line, however many), .json, .yaml, .csv or .parquet; `-` is
    JSON Lines from standard input, from which POLICY may come instead. Of N inputs come N
    results, in their order, errors among them. The exit code is 0 where all were decided,
    1 where some could not be, 2 where nothing could begin.
    """
    from escalate.cli.ended import ended
    from escalate.cli.options import load
    from escalate.cli.sinks import SINKS
    from escalate.cli.stream import Work, cores, decided

    terminal: Terminal = ctx.obj
    if form is None:
        form = _form_of(output)
    if trace and form != "jsonl":
        raise click.UsageError("`--trace` goes with `--output-format jsonl`; or try `explain`")
    if handover and form != "jsonl":
        raise click.UsageError(
            "`--handover` goes with `--output-format jsonl`; or try `explain --handover`"
        )
    if form == "parquet":
        from escalate.cli import parquet

        wanted = parquet.Wanted(tickets, output, now, desk, jobs)
        ctx.exit(parquet.decide(ctx, load(policy, tickets), wanted))
    rules = load(policy, tickets)
    shape = tickets_form(tickets, columns, rules)
    work = Work(rules, shape, now, desk, trace, handover, form)
    stops = on_error == "stop"
    with opened(tickets) as stream, _written(output) as out:
        sink: Sink = SINKS[form](terminal, out)
        with _progress(terminal, tickets) as advance:
            batches = decided(work, shape.chunks(stream), jobs or cores())
            count = _poured(batches, sink, advance, stops=stops)
        sink.end()
    unused = getattr(shape, "unused", ())
    if unused:
        terminal.print("columns not used: " + terminal.plain(", ".join(unused)), err=True)
    stopped = stops and count.failed > 0
    ended(terminal, count.decided, count.warned, count.failed, count.first, stopped=stopped)
    if count.first is not None:
        ctx.exit(2 if count.faults else 1)


def _poured(
    batches: Iterable[Batch], sink: Sink, advance: Callable[[int], None], *, stops: bool
) -> Count:
    """How many tickets have had their turn, when their rows are in the sink; it may stop at
    the first that fails."""
    from escalate.cli.stream import Count

    count = Count()
    for batch in batches:
        for outcome in batch.outcomes:
            count.take(outcome)
            sink.row(outcome.row, outcome.warnings)
            if stops and count.failed:
                break
        sink.flush()
        advance(batch.size)
        if stops and count.failed:
            break
    return count


def _form_of(output: str | None) -> str:
    """By its ending; a folder is one of Parquet."""
    if output is None:
        return "table"
    return "parquet" if output.endswith("/") else _ENDINGS.get(Path(output).suffix.lower(), "table")


@contextmanager
def _written(output: str | None) -> Iterator[BinaryIO]:
    if output is None or output == "-":
        yield sys.stdout.buffer
        return
    try:
        with Path(output).open("wb") as out:
            yield out
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise cannot_write(output, error) from None


def _progress(terminal: Terminal, tickets: str) -> Any:
    """A bar on standard error for long input, on a terminal; else nothing."""
    known = tickets != "-" and not tickets.startswith("duckdb:")
    size = Path(tickets).stat().st_size if known else 0
    if size < 4_000_000 or not sys.stderr.isatty():
        return nullcontext(lambda size: None)
    from escalate.cli.progress import bar

    return bar(terminal, size)
