"""The command line: one file a command, which parses, calls and prints."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run `escalate` with the arguments of the process, and exit.

    0: done, and nothing found. 1: findings, or tickets that could not be decided.
    2: wrong usage, or a fault of our own. 130 and 141: interrupted, nobody reads on.
    """
    from escalate.cli.startup import hasten

    hasten()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            import click  # noqa: F401 - whether it is there
        except ImportError:
            from escalate.errors import MissingExtraError

            print(f"escalate: {MissingExtraError('the command line', 'cli')}", file=sys.stderr)
            sys.exit(2)
        from escalate.cli.group import cli

        cli(prog_name="escalate")
    except KeyboardInterrupt:
        sys.exit(130)
