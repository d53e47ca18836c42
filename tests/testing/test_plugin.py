"""The plugin in a real pytest, as it finds it where both are installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DESK = Path(__file__).parent / "files" / "desk.escalation.yaml"

GOOD = """\
policy: desk.escalation.yaml
date: 2026-11-10
tests:
  - name: a new ticket is with the front line
    now: 09:00
    expect: {level: L1}
  - name: and so is every other
    now: 09:00
    expect: {level: L2}
  - name: with a mistake
    now: 09:00
    expect: {levle: L2}
"""
WRONG = "policy: nowhere.escalation.yaml\ntests: [{name: a, now: 09:00, expect: {level: L1}}]\n"
PYTHON = "def test_of_something_else(): pass\n"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder on the path that says what our distribution would, once it is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = ["[pytest11]"]
    lines += [f"{k} = {v}" for k, v in project["entry-points"]["pytest11"].items()]
    info = tmp_path / "site" / "escalate_as_installed-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: escalate-as-installed\nVersion: 1\n"
    )
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return tmp_path / "site"


def run_pytest(folder: Path, installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(installed), str(ROOT / "src")])
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-p",
            "no:hypothesispytest",
            *args,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_tests_of_policies_are_collected(tmp_path: Path, installed: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.escalation.yaml").write_bytes(DESK.read_bytes())
    (folder / "desk.test.yaml").write_text(GOOD)
    (folder / "test_other.py").write_text(PYTHON)
    done = run_pytest(folder, installed, "-v")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "desk.test.yaml::a new ticket is with the front line PASSED" in done.stdout
    assert "desk.test.yaml::and so is every other FAILED" in done.stdout
    assert "test_other.py::test_of_something_else PASSED" in done.stdout
    assert "2 failed, 2 passed" in done.stdout
    # The difference as `escalate test` tells it, and nothing of our code.
    assert "desk.test.yaml:9:21: error[ESC961]: at 2026-11-10 09:00, `level` is `L1`, not `L2`" in (
        done.stdout
    )
    assert "= expected: L2" in done.stdout
    assert "decided at 2026-11-10 09:00 (Europe/Paris):" in done.stdout
    assert "help: did you mean `level`?" in done.stdout
    assert "run_test(" not in done.stdout


def test_a_wrong_file_is_an_error_of_its_collection(tmp_path: Path, installed: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.test.yaml").write_text(WRONG)
    done = run_pytest(folder, installed)
    assert done.returncode == 2
    assert "error[ESC963]: the policy cannot be used: `nowhere.escalation.yaml`" in done.stdout
    assert "Traceback" not in done.stdout


def test_it_costs_nothing_where_there_are_none(tmp_path: Path, installed: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "test_other.py").write_text(
        "import sys\n\n\ndef test_loaded():\n"
        "    loaded = {name for name in sys.modules if name.startswith('escalate')}\n"
        "    assert loaded == {'escalate', 'escalate.testing', 'escalate.testing.pytest_plugin'}\n"
        "    assert not {'pydantic', 'yaml', 'jsonschema'} & set(sys.modules)\n"
    )
    done = run_pytest(folder, installed)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
