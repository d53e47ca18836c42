"""Results as tables, on the screen and in this folder's README."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True, slots=True)
class Table:
    """One benchmark's results. ``goals`` are sentences, each with whether it is met."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    goals: Sequence[tuple[str, bool]] = ()
    notes: Sequence[str] = ()

    @property
    def met(self) -> bool:
        """Whether every goal is met."""
        return all(met for _, met in self.goals)

    def text(self) -> str:
        """The table in Markdown."""
        lines = [f"**{self.title}** {machine()}", ""]
        lines += [_row(self.head), "| --- |" + " --: |" * (len(self.head) - 1)]
        lines += [_row(row) for row in self.rows]
        said = [f"- {goal}: **{'met' if met else 'not met'}**" for goal, met in self.goals]
        said += [f"- {note}" for note in self.notes]
        return "\n".join([*lines, "", *said]).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def machine() -> str:
    """The machine and the Python, in a few words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"({cores} cores, {platform.machine()}, {platform.system()}, {python})"


def publish(table: Table, write: bool) -> None:
    """Print the table; with ``write``, put it in the README in place of the last one."""
    text = table.text()
    print(text)
    if write:
        begin, end = f"<!-- {table.name} -->\n", f"<!-- /{table.name} -->"
        page = README.read_text(encoding="utf-8")
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def times(seconds: float, of: float) -> str:
    """A ratio for a table."""
    ratio = seconds / of
    return f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def rate(seconds: float) -> str:
    """Things a second, for a table."""
    return f"{1 / seconds:,.0f}"
