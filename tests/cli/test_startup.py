"""What a check must not load: it takes most of its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "policies" / "customer-support.escalation.yaml"
HEAVY = (
    "concurrent.futures",
    "dateutil.parser",
    "difflib",
    "escalate.evaluator.engine",
    "escalate.ticket",
    "holidays",
    "importlib.metadata",
    "json",
    "jsonschema",
    "pathlib",
    "pydantic",
    "rich",
    "watchfiles",
    "xml.etree.ElementTree",
)

CHECK = """
import sys
from escalate.cli import main

sys.argv = ["escalate", "check", "--no-cache", sys.argv[1]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(set(sys.modules)))
"""

PLUGINS = """
from escalate.cli.startup import hasten

hasten()
from pydantic.plugin import _loader

assert not list(_loader.get_plugins())
assert _loader.PYDANTIC_ENTRY_POINT_GROUP == "pydantic"  # the real module's
try:
    _loader.nothing_of_this_name
except AttributeError:
    print("as ever")
"""


def _run(code: str, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return ran.stdout


def test_a_check_loads_nothing_that_it_does_not_need() -> None:
    said, loaded = _run(CHECK, str(EXAMPLE)).splitlines()
    assert said == "1 file: no findings"
    assert "escalate.modelling.light" in loaded.split()
    assert sorted(set(HEAVY) & set(loaded.split())) == []


def test_the_real_module_answers_all_else_that_is_asked_of_the_plugins() -> None:
    pytest.importorskip("pydantic.plugin._loader")
    assert _run(PLUGINS) == "as ever\n"
