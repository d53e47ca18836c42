"""`escalate test`: the tests of policies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import click

from escalate.cli.output import Output, output_options
from escalate.cli.terminal import Terminal
from escalate.wording import many

if TYPE_CHECKING:
    from escalate.testing.runner import Report

__all__ = ["command"]

_IN_WORDS: Final = ("full", "concise")
"""The forms that tell of tests in words of their own."""


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
@click.option("--junit", metavar="FILE", help="Write the results into FILE as well, for CI.")
@output_options
@click.option("-v", "--verbose", is_flag=True, help="Name every test.")
@click.option("--exit-zero", is_flag=True, help="Do not fail, whatever fails.")
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
    output: Output,
    verbose: bool,
    exit_zero: bool,
    jobs: int | None,
) -> None:
    """Run the tests of policies: files that end in `.test.yaml`, and those in folders and
    below; without PATHS, below this folder.

    The exit code is 0 where all passed, 1 where something failed or could not be run, 2
    where there are no tests.
    """
    from escalate.testing.runner import run

    terminal: Terminal = ctx.obj
    coverage = coverage or fail_under is not None
    report = run(*paths, match=match, coverage=coverage, jobs=jobs)
    if update:
        from escalate.testing.rewriting import rewrite

        done = rewrite(report)
        if done.files:
            report = run(*paths, match=match, coverage=coverage, jobs=jobs)
        _say_updated(terminal, done.files, err=not output.tells_more)
    _show(terminal, report, output, junit, verbose=verbose)
    low = [c for c in report.coverage if fail_under is not None and c.percent < fail_under]
    for one in low:
        said = f"{one.file}: {one.percent}% is less than {fail_under}%"
        terminal.print(terminal.paint(terminal.plain(said), "error"), err=True)
    if (low or not report.passed) and not exit_zero:
        ctx.exit(1)


def _say_updated(terminal: Terminal, files: dict[str, int], *, err: bool) -> None:
    for file, count in files.items():
        said = f"{file}: {many(count, 'expectation')} rewritten"
        terminal.print(terminal.plain(said), err=err)


def _show(
    terminal: Terminal, report: Report, output: Output, junit: str | None, *, verbose: bool
) -> None:
    """Into files, and on standard output: for people in words, else in the form asked for."""
    from escalate.cli.test_report import TestReport, for_forms

    in_words = output.form in _IN_WORDS and not output.statistics
    forms = None if in_words and output.file is None and junit is None else for_forms(report)
    if in_words or output.file is not None:
        form = output.form if in_words else "full"
        lines = TestReport(terminal, report, form, verbose=verbose).lines()
        for line in _harmless(lines):
            terminal.print(line)
    elif forms is not None:
        output.show(terminal, forms)
        if output.tells_more:
            terminal.print(TestReport(terminal, report, output.form, verbose=False).summary())
    if forms is not None:
        output.write(forms)
        if junit is not None:
            Output("junit", junit).write(forms)


def _harmless(lines: Iterable[str]) -> Iterable[str]:
    """The lines, such that a CI that reads its log for commands finds none of an author's."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return lines
    from escalate.cli.formats.log import harmless

    return map(harmless, lines)
