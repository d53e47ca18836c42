"""Engines that are not installed: a message that says what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("module", "package"),
    [("escalate.batch.spark", "pyspark"), ("escalate.batch.duckdb", "duckdb")],
)
def test_without_the_extra(tmp_path: Path, module: str, package: str) -> None:
    (tmp_path / f"{package}.py").write_text("raise ImportError\n")
    code = (
        "import importlib, sys\n"
        "from escalate.errors import MissingExtraError\n"
        "try: importlib.import_module(sys.argv[1])\n"
        "except MissingExtraError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, module],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(f"pip install 'escalate[{package.removeprefix('py')}]'\n")
