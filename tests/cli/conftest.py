"""Runs the command line in a folder of its own files, as a user would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalate.cli.group import cli

Run = Callable[..., Result]

CI = ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITLAB_CI", "CI_PROJECT_DIR")


@pytest.fixture(autouse=True)
def _around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(Path(__file__).parent / "files")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ESCALATE_CACHE_DIR", str(tmp_path / "cache"))
    for name in CI:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("ESCALATE_DEBUG", raising=False)


@pytest.fixture
def run() -> Run:
    """``run("check", "x.yaml", stdin=...)``."""

    def running(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, args, input=stdin, prog_name="escalate")

    return running
