"""`escalate check`: everything that is wrong with policies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

import click

from escalate.cli.findings import counted
from escalate.cli.formats.report import Report, at_least
from escalate.cli.output import Output, output_options
from escalate.cli.places import STDIN, files_in, folders_below
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Severity, sort_diagnostics
from escalate.wording import many

if TYPE_CHECKING:
    from escalate.checking.sieve import Ignored
    from escalate.cli.checking import Checking

__all__ = ["command"]

_UNREADABLE = frozenset({"ESC134", "ESC135"})
"""What is found where there is nothing to check."""


def _today(ctx: click.Context, param: click.Parameter, written: str | None) -> date:
    if written is None:
        return datetime.now(UTC).date()  # nothing but the command line reads the clock
    try:
        return date.fromisoformat(written)
    except ValueError:
        said = f"`{written}` is no date; write it as 2026-11-20"
        raise click.BadParameter(said, ctx, param) from None


@click.command("check", short_help="Check policies.")
@click.argument("files", nargs=-1, required=True)
@output_options
@click.option(
    "--fail-level",
    "level",
    type=click.Choice([severity.value for severity in Severity]),
    help="What fails at the least; default: what the project's settings say, else `error`.",
)
@click.option("--exit-zero", is_flag=True, help="Do not fail, whatever is found.")
@click.option(
    "--today",
    metavar="DATE",
    callback=_today,
    help="The day by which holidays may have ended; default: the clock's.",
)
@click.option("--no-settings", is_flag=True, help="Follow no settings of a project.")
@click.option("--no-cache", is_flag=True, help="Check again what was found without fault before.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Processes for many files; default: all cores."
)
@click.option("--watch", is_flag=True, help="Check again whenever a file changes.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer, then check.")
@click.option("--diff", is_flag=True, help="Show what `--fix` would change, and change nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    output: Output,
    level: str | None,
    exit_zero: bool,
    today: date,
    no_settings: bool,
    no_cache: bool,
    jobs: int | None,
    watch: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Check policies: FILES, or the policies in folders and below; `-` is standard input.

    The exit code is 0 without errors (warnings and hints do not count; see `--fail-level`),
    1 with, 2 where a file cannot be read; with `--diff` 1 where there is something to mend.
    """
    terminal: Terminal = ctx.obj
    fails = _failing(level, settings=not no_settings)
    checking: Checking | None = None

    def look() -> list[Diagnostic]:
        """Check everything and say what was found."""
        nonlocal checking
        paths = folders_below(files)
        texts: dict[str, str | None] = {}
        found: list[Diagnostic] = []
        ignored: Sequence[Ignored] = ()
        key = None
        if not (no_cache or watch):
            from escalate.cli import seen

            key = seen.digest(paths, str(today.year), settings=not no_settings)
        if key is None or not seen.is_clean(key):
            if checking is None:
                from escalate.cli.checking import Checking

                checking = Checking(jobs, today=today, keeps=watch, settings=not no_settings)
            found, ignored = _found(checking, paths, texts)
            if key is not None and not found and not ignored:
                seen.remember(key)
        looked_at = files_in(paths)
        output.show(terminal, Report(found, looked_at, texts, fails, ignored=ignored))
        if output.tells_more:
            terminal.print(_summary(terminal, looked_at, found, ignored))
        return found

    if fix or diff:
        if watch or (fix and "-" in files):
            raise click.UsageError("`--fix` and `--diff` go with files, and not with `--watch`")
        _mend(ctx, terminal, files, output, today, settings=not no_settings, write=not diff)
    if watch:
        from escalate.cli.watch import watched

        if "-" in files or not output.tells_more:
            raise click.UsageError("`--watch` goes with files and folders, and what people read")
        watched(files, terminal, look)
        return
    found = look()
    if any(d.place is None and d.code in _UNREADABLE for d in found):
        ctx.exit(2)
    if any(map(fails, found)) and not exit_zero:
        ctx.exit(1)


def _failing(level: str | None, *, settings: bool) -> Callable[[Diagnostic], bool]:
    """Whether a finding fails the run: by the level that is given, else by what is settled
    for its file."""

    @cache
    def least(folder: str) -> Severity:
        from escalate.checking.settings_file import settings_for

        return settings_for(os.path.join(folder, "any")).fail_level or Severity.ERROR

    def fails(found: Diagnostic) -> bool:
        if level is not None or not settings:
            return at_least(found.severity, Severity(level or "error"))
        file = found.file or ""
        folder = "" if file.startswith("<") else os.path.dirname(file)
        return found.severity is Severity.ERROR or at_least(found.severity, least(folder))

    return fails


def _found(
    checking: Checking, paths: list[str], texts: dict[str, str | None]
) -> tuple[list[Diagnostic], Sequence[Ignored]]:
    found = checking.found([path for path in paths if path != "-"])
    ignored = checking.ignored
    if "-" in paths:
        content = sys.stdin.buffer.read()
        texts[STDIN] = content.decode("utf-8", "replace")
        checked = checking.text(content, STDIN)
        found += checked.found
        ignored = [*ignored, *checked.ignored]
    return sort_diagnostics(found), ignored


def _mend(
    ctx: click.Context,
    terminal: Terminal,
    files: tuple[str, ...],
    output: Output,
    today: date,
    *,
    settings: bool,
    write: bool,
) -> None:
    """Mend the files and go on, or show how they would change and end."""
    from escalate.cli.checking import Checking
    from escalate.cli.fixes import mend

    checking = Checking(1, today=today, settings=settings)
    mended = mend(
        terminal,
        files_in(folders_below(files)),
        lambda text, file: checking.text(text, file).found,
        write=write,
    )
    if write and mended.files and output.tells_more:
        terminal.print(terminal.paint(f"mended: {mended}", "good"))
    if not write:
        if mended.files:
            terminal.print(terminal.paint(f"to be mended: {mended}", "hint"))
        ctx.exit(1 if mended.files else 0)


def _summary(
    terminal: Terminal,
    looked_at: list[str],
    found: list[Diagnostic],
    ignored: Sequence[Ignored],
) -> str:
    said = f"{many(len(looked_at), 'file')}: {counted(found)}"
    if ignored:
        said += f" ({len(ignored):,} ignored)"
    worst = min((list(Severity).index(d.severity) for d in found), default=None)
    return terminal.paint(said, "good" if worst is None else list(Severity)[worst].value)
