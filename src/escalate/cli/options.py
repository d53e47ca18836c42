"""Options and arguments that several commands share."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from escalate.cli.files import cannot_open, why_not

if TYPE_CHECKING:
    from escalate.desk import Desk
    from escalate.intake import Column, Form
    from escalate.policy.policy import Policy
    from escalate.policy.policy_set import PolicySet

__all__ = [
    "columns_option",
    "desk_option",
    "load",
    "now_option",
    "one_policy",
    "opened",
    "tickets_form",
]


def _now(ctx: click.Context, param: click.Parameter, written: str | None) -> datetime:
    from escalate.errors import TicketError
    from escalate.reading import read_instant

    if written is None:
        return datetime.now(UTC)  # nothing but the command line reads the clock
    try:
        return read_instant(written, "now")
    except TicketError as error:
        first = error.diagnostics[0]
        hint = f"; {first.help}" if first.help else ""
        raise click.BadParameter(f"{first.message}{hint}", ctx, param) from None


def _desk(ctx: click.Context, param: click.Parameter, file: str | None) -> Desk | None:
    from escalate.desk import read_desk
    from escalate.errors import PolicyError, TicketError
    from escalate.intake import form_for

    if file is None:
        return None
    content = _read(ctx, param, file)
    if not file.endswith((".json", ".yaml", ".yml")):
        raise click.BadParameter(f"`{file}` ends in neither .json nor .yaml", ctx, param)
    form = form_for(file)
    records = [r for c in form.chunks(io.BytesIO(content)) for r in form.records(c)]
    if len(records) != 1:
        raise click.BadParameter(f"`{file}` holds a list; a desk is one mapping", ctx, param)
    if records[0].wrong:
        raise PolicyError(records[0].wrong)
    try:
        return read_desk(records[0].value)
    except TicketError as error:
        raise PolicyError(records[0].located(error.diagnostics)) from None


def _columns(ctx: click.Context, param: click.Parameter, file: str | None) -> dict[str, Column]:
    from escalate.intake import read_columns

    return {} if file is None else read_columns(_read(ctx, param, file), file)


def _pairs(ctx: click.Context, param: click.Parameter, pairs: tuple[str, ...]) -> dict[str, Column]:
    from escalate.intake.columns import plain_columns

    try:
        return plain_columns(pairs)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def _read(ctx: click.Context, param: click.Parameter, file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.BadParameter(why_not(file, error), ctx, param) from None


now_option = click.option(
    "--now", metavar="INSTANT", callback=_now, help="Decide as of then; default: the clock."
)
desk_option = click.option(
    "--desk", metavar="FILE", callback=_desk, help="What the desk looks like, JSON or YAML."
)


def columns_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--columns FILE`` and ``--column field=Heading``, as ``columns``."""
    import functools

    @functools.wraps(command)
    def joined(*args: Any, columns_file: Any, column: Any, **more: Any) -> Any:
        return command(*args, columns={**columns_file, **column}, **more)

    joined = click.option(
        "--column",
        metavar="FIELD=HEADING",
        multiple=True,
        callback=_pairs,
        help="In CSV: where a field is found.",
    )(joined)
    return click.option(
        "--columns",
        "columns_file",
        metavar="FILE",
        callback=_columns,
        help="In CSV: where fields are found and how cells are read, as YAML.",
    )(joined)


def load(policy: str, tickets: str) -> Policy | PolicySet:
    """The policy in a file or from standard input, or all in a folder.

    Raises:
        PolicyError: one of them cannot be used.
    """
    from escalate.policy.loader import load_policies, load_policy

    if policy == "-":
        if tickets == "-":
            raise click.UsageError(
                "the policy and the tickets cannot both be `-`, standard input; "
                "put one of them into a file"
            )
        return _load_stdin()
    return load_policies(policy) if Path(policy).is_dir() else load_policy(policy)


def one_policy(policy: str) -> Policy:
    """The policy in a file, from standard input, or the only one in a folder.

    Raises:
        PolicyError: it cannot be used.
    """
    found = load(policy, "")
    from escalate.policy.policy import Policy

    if isinstance(found, Policy):
        return found
    if len(found) != 1:
        raise click.UsageError(f"`{policy}` holds several policies; name the file of one")
    return found.policies[0]


def _load_stdin() -> Policy:
    """The policy on standard input; what is wrong with it is shown with its text, which
    nobody could read again."""
    from escalate.cli.findings import print_findings
    from escalate.cli.places import STDIN
    from escalate.policy.loader import load_text

    content = sys.stdin.buffer.read()
    loaded = load_text(content, STDIN)
    if loaded.policy is None:
        ctx = click.get_current_context()
        texts: dict[str, str | None] = {STDIN: content.decode("utf-8", "replace")}
        print_findings(ctx.obj, loaded.diagnostics, texts=texts, err=True)
        ctx.exit(2)
    return loaded.policy


def tickets_form(tickets: str, columns: dict[str, Column], rules: Policy | PolicySet) -> Form:
    """How to read the tickets, with what the policies know of their fields.

    Raises:
        TicketError: a column is mapped to a field that they do not know (`ESC957`).
    """
    from escalate.errors import TicketError
    from escalate.intake import form_for
    from escalate.intake.cells import types_of
    from escalate.intake.columns import unknown_fields
    from escalate.policy.policy import Policy

    fields: dict[str, Any] = {}
    for policy in [rules] if isinstance(rules, Policy) else rules:
        fields.update(policy.fields)
    if columns and not tickets.lower().endswith((".csv", ".tsv")):
        raise click.UsageError("`--columns` and `--column` are for tickets in CSV")
    if tickets.startswith("duckdb:") or tickets.lower().endswith(".parquet"):
        from escalate.batch.form import Rows

        return Rows(tickets, rules)
    if wrong := unknown_fields(columns, fields):
        raise TicketError(wrong)
    return form_for(tickets, columns=columns, types=types_of(fields), known=frozenset(fields))


@contextmanager
def opened(tickets: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input; of a query, none."""
    if tickets == "-":
        yield sys.stdin.buffer
        return
    if tickets.startswith("duckdb:"):
        yield io.BytesIO()
        return
    try:
        with Path(tickets).open("rb") as stream:
            yield stream
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise cannot_open(tickets, error) from None
