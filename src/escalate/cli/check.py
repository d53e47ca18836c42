"""`escalate check`: everything that is wrong with policies."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from escalate.cli.findings import FORMATS, counted, many, print_findings
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity, sort_diagnostics

__all__ = ["command"]

STDIN = "<stdin>"


@click.command("check", short_help="Check policies.")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="With the text and what to do, a line each, or JSON.",
)
@click.option("--no-cache", is_flag=True, help="Check again what was found without fault before.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], form: str, no_cache: bool) -> None:
    """Check policies: FILES, or the policies in folders; `-` is standard input.

    The exit code is 0 without errors (warnings do not count), 1 with, 2 where a file
    cannot be read.
    """
    terminal: Terminal = ctx.obj
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
    print_findings(terminal, found, form, texts)
    if form != "json":
        if found and form == "full":
            terminal.print()
        terminal.print(_summary(terminal, files, found))
    if any(d.place is None and d.path in files for d in found):
        ctx.exit(2)
    if any(d.severity is Severity.ERROR for d in found):
        ctx.exit(1)


def _found(files: tuple[str, ...], texts: dict[str, str | None]) -> list[Diagnostic]:
    from escalate.policy.loader import check, check_text

    found = check(*(file for file in files if file != "-"))
    if "-" in files:
        content = sys.stdin.buffer.read()
        texts[STDIN] = content.decode("utf-8", "replace")
        found += check_text(content, STDIN)
    return sort_diagnostics(found)


def _summary(terminal: Terminal, files: tuple[str, ...], found: list[Diagnostic]) -> str:
    count = sum(_files_in(file) for file in files)
    said = f"{many(count, 'file')}: {counted(found)}"
    worst = min((list(Severity).index(d.severity) for d in found), default=None)
    return terminal.paint(said, "good" if worst is None else list(Severity)[worst].value)


def _files_in(file: str) -> int:
    path = Path(file)
    if file == "-" or not path.is_dir():
        return 1
    from escalate.cli.seen import SUFFIX

    return sum(1 for entry in path.iterdir() if entry.name.endswith(SUFFIX))
