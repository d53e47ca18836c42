"""How `calendar` and `oncall` say what they show: as text, as JSON, or as iCalendar."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import click

from escalate.cli.files import cannot_write
from escalate.cli.rows import visible_json
from escalate.cli.terminal import Terminal

__all__ = ["Account", "Export", "export_options"]


class Account(Protocol):
    """One thing that is shown."""

    def lines(self) -> Iterator[str]:
        """For people."""

    def to_json(self) -> Any:
        """For programs."""


class Export:
    """The form, and the file that it goes into, if not standard output."""

    __slots__ = ("file", "form")

    def __init__(self, form: str, file: str | None) -> None:
        self.form = form
        self.file = file

    def show(self, terminal: Terminal, *accounts: Account) -> None:
        """Say all of them, for people or for programs."""
        if self.form == "json":
            said = [account.to_json() for account in accounts]
            text = visible_json(json.dumps(said, indent=2, ensure_ascii=False))
        else:
            text = "\n\n".join(["\n".join(account.lines()) for account in accounts])
        if self.file is None:
            terminal.print(text)
        else:
            self.binary(f"{text}\n".encode("utf-8", "backslashreplace"))

    def binary(self, content: bytes) -> None:
        """Write bytes as they are."""
        if self.file is None:
            sys.stdout.buffer.write(content)
            return
        try:
            Path(self.file).write_bytes(content)
        except OSError as error:
            raise cannot_write(self.file, error) from None


def export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--output-format``, its short forms, and ``-o``, as ``export``."""

    @functools.wraps(command)
    def joined(
        *args: Any, form: str, as_json: bool, as_ical: bool, file: str | None, **more: Any
    ) -> Any:
        if as_json and as_ical:
            raise click.UsageError("`--json` and `--ical` are two forms; take one")
        form = "json" if as_json else "ical" if as_ical else form
        return command(*args, export=Export(form, file), **more)

    joined = click.option("-o", "--output", "file", metavar="FILE", help="Write it into FILE.")(
        joined
    )
    for name, variable in (("ical", "as_ical"), ("json", "as_json")):
        joined = click.option(
            f"--{name}", variable, is_flag=True, help=f"The same as `--output-format {name}`."
        )(joined)
    return click.option(
        "--output-format",
        "form",
        type=click.Choice(["text", "json", "ical"]),
        default="text",
        show_default=True,
        help="For people, for programs, or for calendar programs (`escalate[ical]`).",
    )(joined)
