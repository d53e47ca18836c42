"""`escalate check`: everything that is wrong with policies."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from escalate.cli.findings import FORMATS, counted, many, print_findings
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity, sort_diagnostics

__all__ = ["command", "text_of"]

STDIN = "<stdin>"


@click.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="With the text and what to do, a line each, or JSON.",
)
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], form: str) -> None:
    """Check policies: FILES, or the policies in folders; `-` is standard input.

    The exit code is 0 without errors (warnings do not count), 1 with, 2 where a file
    cannot be read.
    """
    from escalate.policy.loader import check, check_text

    terminal: Terminal = ctx.obj
    texts: dict[str, str | None] = {}
    found: list[Diagnostic] = []
    if "-" in files:
        content = sys.stdin.buffer.read()
        texts[STDIN] = content.decode("utf-8", "replace")
        found += check_text(content, STDIN)
    found = sort_diagnostics([*found, *check(*(f for f in files if f != "-"))])
    print_findings(terminal, found, lambda file: text_of(file, texts), form)
    if form != "json":
        if found and form == "full":
            terminal.print()
        terminal.print(_summary(terminal, files, found))
    if any(d.place is None and d.path in files for d in found):
        ctx.exit(2)
    if any(d.severity is Severity.ERROR for d in found):
        ctx.exit(1)


def _summary(terminal: Terminal, files: tuple[str, ...], found: list[Diagnostic]) -> str:
    count = sum(_files_in(file) for file in files)
    said = f"{many(count, 'file')}: {counted(found)}"
    worst = min((list(Severity).index(d.severity) for d in found), default=None)
    return terminal.paint(said, "good" if worst is None else list(Severity)[worst].value)


def _files_in(file: str) -> int:
    from escalate.policy.loader import SUFFIX

    path = Path(file)
    if file == "-" or not path.is_dir():
        return 1
    return sum(1 for entry in path.iterdir() if entry.name.endswith(SUFFIX))


def text_of(file: str, texts: dict[str, str | None]) -> str | None:
    """The text of a file that a finding names, read once."""
    if file not in texts:
        try:
            texts[file] = Path(file).read_bytes().decode("utf-8", "replace")
        except (OSError, ValueError):
            texts[file] = None
    return texts[file]
