"""`escalate test`: the tests of policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from escalate.cli.findings import FORMATS
from escalate.cli.terminal import Terminal

if TYPE_CHECKING:
    from escalate.testing.runner import Report

__all__ = ["command"]


@click.command("test", short_help="Run the tests of policies.")
@click.argument("paths", nargs=-1)
@click.option("--filter", "match", metavar="TEXT", help="Only tests with TEXT in their name.")
@click.option("--update", is_flag=True, help="Write what came out in place of what was expected.")
@click.option("--coverage", is_flag=True, help="Tell what of the policies no test reached.")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail where less of a policy is reached; with `--coverage`.",
)
@click.option("--junit", metavar="FILE", help="Write the results into FILE, for CI.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="With the text and why, a line each, or JSON.",
)
@click.option("-v", "--verbose", is_flag=True, help="Name every test.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Processes for many tests; default: all cores."
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    match: str | None,
    update: bool,
    coverage: bool,
    fail_under: int | None,
    junit: str | None,
    form: str,
    verbose: bool,
    jobs: int | None,
) -> None:
    """Run the tests of policies: files that end in `.test.yaml`, and those in folders and
    below; without PATHS, below this folder.

    The exit code is 0 where all passed, 1 where something failed, 2 where nothing could
    be run.
    """
    from escalate.cli.test_report import TestReport
    from escalate.testing.runner import run

    terminal: Terminal = ctx.obj
    coverage = coverage or fail_under is not None
    report = run(*paths, match=match, coverage=coverage, jobs=jobs)
    if update:
        from escalate.testing.rewriting import rewrite

        done = rewrite(report)
        if done.files:
            report = run(*paths, match=match, coverage=coverage, jobs=jobs)
        _say_updated(terminal, done.files, form)
    TestReport(terminal, report, form, verbose=verbose).print()
    if junit is not None:
        _write_junit(report, junit)
    low = [c for c in report.coverage if fail_under is not None and c.percent < fail_under]
    for one in low:
        said = f"{one.file}: {one.percent}% is less than {fail_under}%"
        terminal.print(terminal.paint(terminal.plain(said), "error"), err=True)
    if low or not report.passed:
        ctx.exit(1)


def _say_updated(terminal: Terminal, files: dict[str, int], form: str) -> None:
    for file, count in files.items():
        many = "1 expectation" if count == 1 else f"{count:,} expectations"
        terminal.print(terminal.plain(f"{file}: {many} rewritten"), err=form == "json")


def _write_junit(report: Report, file: str) -> None:
    from escalate.cli.files import cannot_write
    from escalate.testing.junit import junit

    try:
        Path(file).write_bytes(junit(report))
    except OSError as error:
        raise cannot_write(file, error) from None
