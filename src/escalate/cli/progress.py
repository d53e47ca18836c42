"""A progress bar on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from escalate.cli.terminal import Terminal

__all__ = ["bar"]


@contextmanager
def bar(terminal: Terminal, size: int) -> Iterator[Callable[[int], None]]:
    """Shows how much of ``size``, in bytes or tickets, is done; yields what to tell of more."""
    console = terminal.console(sys.stderr)
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    with Progress(
        BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as progress:
        task = progress.add_task("", total=size)
        yield lambda more: progress.advance(task, more)
