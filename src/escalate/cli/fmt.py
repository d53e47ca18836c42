"""`escalate fmt`: policies and their tests in the one layout."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from escalate.cli.findings import print_findings
from escalate.cli.places import STDIN, files_below
from escalate.cli.terminal import Terminal
from escalate.cli.writing import Rewritable, print_difference, read_rewritable
from escalate.errors import Diagnostic, EscalateError
from escalate.policy.file_name import POLICY_SUFFIX, TEST_SUFFIX
from escalate.wording import many

__all__ = ["command"]


@click.command("fmt", short_help="Lay out policies and their tests.")
@click.argument("files", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; fail where something would change.")
@click.option("--diff", is_flag=True, help="The same, and show what would change.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], check: bool, diff: bool) -> None:
    """Lay out FILES, or the policies and tests in folders and below: the order of keys,
    indentation, quotes. Comments and all that is said stay. `-` goes from standard input to
    standard output.

    The exit code is 0, with `--check` or `--diff` 1 where something would change, and 2 where
    a file cannot be read.
    """
    terminal: Terminal = ctx.obj
    found: list[Diagnostic] = []
    changed = same = 0
    for file in files_below(files, (POLICY_SUFFIX, TEST_SUFFIX)):
        written, wrong = _read(file)
        if written is not None:
            laid_out, wrong = _laid_out(written)
        found += wrong
        if written is None or wrong:
            continue
        if file == "-" and not (check or diff):
            click.echo(laid_out, nl=False)
            continue
        if laid_out == written.text:
            same += 1
            continue
        changed += 1
        if diff:
            print_difference(terminal, written.file, written.text, laid_out)
        elif check:
            terminal.print(f"would be laid out anew: {terminal.plain(written.file)}")
        else:
            written.write(laid_out)
    print_findings(terminal, found, err=True)
    if check or diff or "-" not in files:
        _sum_up(terminal, changed, same, written=not (check or diff))
    if found:
        ctx.exit(2)
    if changed and (check or diff):
        ctx.exit(1)


def _read(file: str) -> tuple[Rewritable | None, Sequence[Diagnostic]]:
    """A text, or why there is none that could be written again.

    Raises:
        EscalateError: there is no such file.
    """
    from escalate.policy.file import read_file
    from escalate.policy.source import read_source

    if file == "-":
        content = sys.stdin.buffer.read()
        try:
            return Rewritable(STDIN, content.decode("utf-8").removeprefix("\ufeff")), ()
        except UnicodeDecodeError:
            return None, read_source(content, STDIN).diagnostics
    written = read_rewritable(file)
    if written is not None:
        return written, ()
    source = read_file(file, file)
    if isinstance(source, Diagnostic):
        raise EscalateError(source.message)
    return None, source.diagnostics


def _laid_out(written: Rewritable) -> tuple[str, tuple[Diagnostic, ...]]:
    from escalate.policy.layout import format_text

    is_test = written.file.endswith(TEST_SUFFIX)
    return format_text(written.text, written.file, ordered=not is_test)


def _sum_up(terminal: Terminal, changed: int, same: int, *, written: bool) -> None:
    done = "laid out" if written else "to be laid out"
    said = f"{many(changed, 'file')} {done}, {same:,} as {'it' if same == 1 else 'they'} should be"
    terminal.print(terminal.paint(said, "good" if written or not changed else "hint"))
