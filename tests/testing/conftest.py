"""Runs the command line in a folder of its own files, as a user would."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalate.cli.group import cli

FILES = Path(__file__).parent / "files"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """``run("test", "desk.test.yaml")`` among copies of the files."""
    folder = tmp_path / "here"
    shutil.copytree(FILES, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ESCALATE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("ESCALATE_DEBUG", raising=False)

    def running(*args: str) -> Result:
        return CliRunner().invoke(cli, args, prog_name="escalate")

    return running


@pytest.fixture
def run_cli(run: Callable[..., Result]) -> Callable[..., Result]:
    """The same, where `run` is a name that is taken."""
    return run
