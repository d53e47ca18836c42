"""Other engines that Python can call, each given the same triggers in its own words.

A peer is a module with ``NAME``, ``PACKAGE`` (as the package index has it) and
``ready(rules)``, which answers a function from a prepared ticket to the names of all the
triggers that hold, and ``prepare(flat)``, what a ticket looks like to it. Nothing that can
be done once for all tickets is timed: only the function is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from rules import Rule
from tickets import Flat

Ask = Callable[[Any], Iterable[str]]

MODULES = (
    "zen_one",
    "zen_each",
    "cel_cpp",
    "cel_rust",
    "durable",
    "json_rules",
    "business",
    "custodian",
    "cedar",
    "rule_engine_peer",
    "rego",
    "cel_pure",
)


class Peer:
    """One peer, loaded and ready."""

    def __init__(self, module: str, rules: Sequence[Rule]) -> None:
        found = import_module(f"peers.{module}")
        self.name: str = found.NAME
        self.prepare: Callable[[Flat], Any] = found.prepare
        self.ask: Ask = found.ready(rules)


def packages() -> list[tuple[str, str]]:
    """Module and package of each peer, without importing what it needs."""
    return [(module, _package(module)) for module in MODULES]


def _package(module: str) -> str:
    from pathlib import Path

    for line in (Path(__file__).parent / f"{module}.py").read_text().splitlines():
        if line.startswith("PACKAGE = "):
            return line.split('"')[1]
    raise ValueError(module)
