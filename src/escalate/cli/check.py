"""`escalate check`: everything that is wrong with policies."""

from __future__ import annotations

import sys

import click

from escalate.cli.findings import counted, many
from escalate.cli.formats.report import Report, at_least
from escalate.cli.output import Output, output_options
from escalate.cli.places import STDIN, files_in, folders_below
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity, sort_diagnostics

__all__ = ["command"]

_UNREADABLE = frozenset({"ESC134", "ESC135"})
"""What is found where there is nothing to check."""


@click.command("check", short_help="Check policies.")
@click.argument("files", nargs=-1, required=True)
@output_options
@click.option(
    "--fail-level",
    "level",
    type=click.Choice([severity.value for severity in Severity]),
    default="error",
    show_default=True,
    help="What fails at the least.",
)
@click.option("--exit-zero", is_flag=True, help="Do not fail, whatever is found.")
@click.option("--no-cache", is_flag=True, help="Check again what was found without fault before.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    output: Output,
    level: str,
    exit_zero: bool,
    no_cache: bool,
) -> None:
    """Check policies: FILES, or the policies in folders and below; `-` is standard input.

    The exit code is 0 without errors (warnings do not count; see `--fail-level`), 1 with, 2
    where a file cannot be read.
    """
    terminal: Terminal = ctx.obj
    files = tuple(folders_below(files))
    texts: dict[str, str | None] = {}
    found: list[Diagnostic] = []
    if no_cache:
        found = _found(files, texts)
    else:
        from escalate.cli import seen

        key = seen.digest(files)
        if key is None or not seen.is_clean(key):
            found = _found(files, texts)
            if key is not None and not found:
                seen.remember(key)
    fails_from = Severity(level)
    looked_at = files_in(files)
    report = Report(found, looked_at, texts, fails_from)
    output.show(terminal, report)
    if output.tells_more:
        terminal.print(_summary(terminal, looked_at, found))
    if any(d.place is None and d.code in _UNREADABLE for d in found):
        ctx.exit(2)
    if any(at_least(d.severity, fails_from) for d in found) and not exit_zero:
        ctx.exit(1)


def _found(files: tuple[str, ...], texts: dict[str, str | None]) -> list[Diagnostic]:
    from escalate.policy.loader import check, check_text

    found = check(*(file for file in files if file != "-"))
    if "-" in files:
        content = sys.stdin.buffer.read()
        texts[STDIN] = content.decode("utf-8", "replace")
        found += check_text(content, STDIN)
    return sort_diagnostics(found)


def _summary(terminal: Terminal, looked_at: list[str], found: list[Diagnostic]) -> str:
    said = f"{many(len(looked_at), 'file')}: {counted(found)}"
    worst = min((list(Severity).index(d.severity) for d in found), default=None)
    return terminal.paint(said, "good" if worst is None else list(Severity)[worst].value)
