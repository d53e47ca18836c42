"""What every benchmark does when it is run: options, the table, the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from report import Table, publish

__all__ = ["benchmark"]


def benchmark(about: str | None, measure: Callable[..., Table], **usual: Any) -> NoReturn:
    """Measure, publish, and exit with 1 if a goal is missed.

    ``usual`` are the options with their defaults, in the order in which ``measure`` takes
    them; they are of the defaults' types, a list takes several words. ``--write`` puts the
    table into README.md.
    """
    parser = argparse.ArgumentParser(description=about)
    for name, default in usual.items():
        many = isinstance(default, list)
        kind, words = (type(default[0]), "+") if many else (type(default), None)
        parser.add_argument(f"--{name}", type=kind, nargs=words, default=default)
    parser.add_argument("--write", action="store_true", help="into README.md")
    given = parser.parse_args()
    table = measure(*(getattr(given, name) for name in usual))
    publish(table, given.write)
    sys.exit(0 if table.met else 1)
