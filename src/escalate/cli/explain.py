"""`escalate explain`: why one ticket is decided as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from escalate.cli.options import (
    columns_option,
    desk_option,
    load,
    now_option,
    opened,
    tickets_form,
)
from escalate.cli.rows import ticket_of, visible_json
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, TicketError
from escalate.intake.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from escalate.desk import Desk
    from escalate.evaluator.choosing import SetEngine
    from escalate.evaluator.engine import Engine
    from escalate.evaluator.handover import Handover
    from escalate.ticket import Ticket

__all__ = ["command"]

_NAMED_AT_MOST = 10
_ISOLATES = dict.fromkeys((0x2068, 0x2069))


@click.command("explain", short_help="Explain why one ticket is decided as it is.")
@click.argument("policy")
@click.argument("ticket")
@now_option
@desk_option
@columns_option
@click.option("--id", "wanted", metavar="ID", help="Which ticket of a file that holds several.")
@click.option(
    "--handover",
    is_flag=True,
    help="In place of the explanation: the note for whoever has the ticket next, as Markdown.",
)
@click.option(
    "--clock",
    metavar="NAME",
    help="In place of the decision: how this clock, or deadline (`resolve`, `L1.resolve`), "
    "came to what it shows.",
)
@click.option(
    "--cycle", type=click.IntRange(1), help="Of the clock: this cycle (or stay at the level)."
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help="Of the clock: beyond so many rows they are summed up.",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="In words, or the decision with its trace as JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as `--output-format json`.")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    ticket: str,
    now: Any,
    desk: Any,
    columns: Any,
    wanted: str | None,
    handover: bool,
    clock: str | None,
    cycle: int | None,
    rows: int,
    form: str,
    as_json: bool,
) -> None:
    """Explain what POLICY decides of a TICKET: what fired and why, what did not and why
    not, and when that can change.

    TICKET is a file as for `decide`, and POLICY may be `-`, standard input. The exit code
    is 1 where the ticket cannot be read.
    """
    from escalate.evaluator.choosing import engine_for

    if cycle is not None and clock is None:
        raise click.UsageError("`--cycle` is one of a clock; name it with `--clock`")
    if handover and clock is not None:
        raise click.UsageError("`--handover` and `--clock` each stand in place of the rest")
    terminal: Terminal = ctx.obj
    rules = load(policy, ticket)
    shape = tickets_form(ticket, columns, rules)
    with opened(ticket) as stream:
        records = (r for chunk in shape.chunks(stream) for r in shape.records(chunk))
        record = _picked(records, wanted)
    if record.wrong:
        _fail(ctx, record, record.wrong)
    engine = engine_for(rules)
    try:
        read = engine.ticket(record.value)
    except TicketError as error:
        _fail(ctx, record, error.diagnostics)
    as_json = as_json or form == "json"
    if clock is not None:
        _clock(terminal, engine, read, clock, now, desk, cycle, rows, as_json)
        return
    if handover:
        _handover(terminal, engine.handover(read, now=now, desk=desk), as_json)
        return
    decision = engine.decide(read, now=now, desk=desk, trace=True)
    if as_json:
        _json(terminal, decision.to_json())
    else:
        from escalate.cli.explanation import Explanation

        Explanation(terminal, read, decision).print()


def _clock(
    terminal: Terminal,
    engine: Engine | SetEngine,
    ticket: Ticket,
    name: str,
    now: datetime,
    desk: Desk | None,
    cycle: int | None,
    rows: int,
    as_json: bool,
) -> None:
    """The account of one clock."""
    from escalate.evaluator.choosing import SetEngine
    from escalate.evaluator.clock_subject import ClockNameError

    one, own = (
        engine.deciding(ticket, now=now, desk=desk)
        if isinstance(engine, SetEngine)
        else (engine, ticket)
    )
    if one is None:
        raise click.UsageError("no policy of the set applies to this ticket")
    try:
        told = one.explain_clock(own, name, now=now, desk=desk, cycle=cycle, limit=rows)
    except ClockNameError as error:
        raise click.UsageError(terminal.plain(str(error))) from None
    if as_json:
        _json(terminal, told.to_json())
    else:
        from escalate.cli.clock_account import ClockAccount

        ClockAccount(terminal, own, one.program.id, told).print()


def _handover(terminal: Terminal, note: Handover | None, as_json: bool) -> None:
    """The note, as Markdown or as JSON."""
    if note is None:
        raise click.UsageError("no policy of the set applies to this ticket")
    if as_json:
        _json(terminal, note.to_json())
        return
    # Whatever turned direction in what people wrote is shown by its number already; the
    # isolates of the note itself are nothing for a terminal.
    text = note.to_markdown().rstrip("\n").translate(_ISOLATES)
    terminal.print(terminal.plain_lines(text))


def _json(terminal: Terminal, said: Any) -> None:
    terminal.print(visible_json(json.dumps(said, indent=2, ensure_ascii=False)))


def _picked(records: Iterator[Record], wanted: str | None) -> Record:
    """The ticket with that id, or the only one."""
    seen: list[str] = []
    first = None
    for record in records:
        ident = ticket_of(record)
        if wanted is not None and ident == wanted:
            return record
        first = first or record
        if ident is not None and len(seen) <= _NAMED_AT_MOST:
            seen.append(ident)
        if wanted is None and record is not first:
            names = _names([*seen, *(i for i in map(ticket_of, records) if i)])
            raise click.UsageError(f"which ticket? Say `--id ID`; there are {names}")
    if first is None:
        raise click.UsageError("there is no ticket in it")
    if wanted is not None:
        from escalate.errors import did_you_mean

        near = did_you_mean(wanted, seen)
        hint = f"did you mean `{near}`?" if near else f"there are {_names(seen)}"
        raise click.UsageError(Terminal.plain(f"there is no ticket `{wanted}`; {hint}"))
    return first


def _names(names: list[str]) -> str:
    more = ", ..." if len(names) > _NAMED_AT_MOST else ""
    return Terminal.plain(", ".join(names[:_NAMED_AT_MOST])) + more


def _fail(ctx: click.Context, record: Record, wrong: tuple[Diagnostic, ...]) -> None:
    from escalate.cli.findings import print_findings

    print_findings(ctx.obj, record.located(wrong), err=True)
    ctx.exit(1)
