"""The GitHub action: as GitHub wants it, and its steps run in a real shell."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import yaml

from support.package_index import need_package_index
from support.shim import ROOT, with_escalate

FILES = ROOT / "tests" / "cli" / "files"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


def _as_schema_says(schema: str, file: Path) -> None:
    pytest.importorskip("check_jsonschema")
    words = ["-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_as_github_wants_it() -> None:
    _as_schema_says("github-actions", ROOT / "action.yml")


def test_the_job_for_gitlab_is_as_gitlab_wants_it(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    jobs = re.findall(r"^```yaml \.gitlab-ci\.yml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert jobs
    for job in jobs:
        file = tmp_path / ".gitlab-ci.yml"
        file.write_text(job)
        _as_schema_says("gitlab-ci", file)


def test_the_workflows_in_the_docs_are_as_github_wants_them(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "ci.md").read_text("utf-8")
    name = r"\.github/workflows/\S+"
    found = re.findall(rf"^```yaml {name}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    for number, workflow in enumerate(found):
        file = tmp_path / f"{number}.yml"
        file.write_text(workflow)
        _as_schema_says("github-workflows", file)
        for step in (s for job in yaml.safe_load(workflow)["jobs"].values() for s in job["steps"]):
            if "/escalate@" in step.get("uses", ""):
                assert set(step.get("with", {})) <= set(ACTION["inputs"])


class Runner:
    """Does with the steps of the action what GitHub's runner does, as far as they need it."""

    def __init__(self, workspace: Path, environment: dict[str, str]) -> None:
        self.workspace = workspace
        self.environment = {
            **environment,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(workspace),
        }

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """The step of that name, with the inputs or their defaults."""
        (step,) = (s for s in ACTION["runs"]["steps"] if s["name"] == name)
        assert "${{" not in step["run"], "what is given must not become part of the script"
        values = {key: str(told["default"]) for key, told in ACTION["inputs"].items()} | {
            key.replace("_", "-"): value for key, value in inputs.items()
        }
        more = {
            key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], value)
            for key, value in step.get("env", {}).items()
        }
        script = self.workspace.parent / "step.sh"
        script.write_text(step["run"])
        assert step["shell"] == "bash"
        assert BASH is not None
        return subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    (folder / "policies").mkdir(parents=True)
    shutil.copy(FILES / "desk.escalation.yaml", folder / "policies")
    return folder


@pytest.fixture
def runner(workspace: Path, tmp_path: Path) -> Runner:
    return Runner(workspace, with_escalate(tmp_path / "bin", dict(os.environ)))


def test_policies_are_checked_below_the_root(runner: Runner) -> None:
    done = runner.step("Check policies")
    assert (done.returncode, done.stdout) == (0, "1 file: no findings\n"), done.stderr


def test_findings_are_told_at_their_lines(runner: Runner) -> None:
    shutil.copy(FILES / "wrong.escalation.yaml", runner.workspace / "policies")
    done = runner.step("Check policies", paths="policies\n")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=policies/wrong.escalation.yaml,line=5,endLine=5,")


def test_what_fails_may_be_chosen(runner: Runner) -> None:
    shutil.copy(FILES / "warned.escalation.yaml", runner.workspace / "policies")
    for level, code in (("error", 0), ("warning", 1), ("hint", 1), ("never", 0)):
        done = runner.step("Check policies", fail_level=level)
        assert done.returncode == code, (level, done.stderr)
    assert runner.step("Check policies", fail_level="grave").returncode == 2


def test_a_file_for_code_scanning(runner: Runner) -> None:
    shutil.copy(FILES / "wrong.escalation.yaml", runner.workspace / "policies")
    done = runner.step("Check policies", output_format="sarif", output="found.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=policies/wrong.escalation.yaml,")
    found = json.loads((runner.workspace / "found.sarif").read_text("utf-8"))
    assert found["runs"][0]["results"]


def test_several_paths_with_spaces(runner: Runner) -> None:
    (runner.workspace / "more policies").mkdir()
    shutil.copy(FILES / "wrong.escalation.yaml", runner.workspace / "more policies")
    done = runner.step("Check policies", paths="policies\nmore policies/wrong.escalation.yaml\n")
    assert "2 files: " in done.stdout


def test_the_tests_of_policies_are_run(runner: Runner) -> None:
    tests = runner.workspace / "policies" / "desk.test.yaml"
    text = (
        "policy: desk.escalation.yaml\n"
        "tests:\n  - {name: begins, now: 2026-11-10 09:00, expect: {level: L1}}\n"
    )
    tests.write_text(text)
    done = runner.step("Test policies")
    assert done.returncode == 0, done.stdout + done.stderr
    tests.write_text(text.replace("level: L1", "level: L2"))
    done = runner.step("Test policies", paths="policies\n")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=policies/desk.test.yaml,line=3,")


@pytest.mark.parametrize(
    "path",
    ["$(touch taken)", "`touch taken`", '"; touch taken; "', "--exit-zero", "x' || touch taken"],
)
def test_nothing_that_is_given_becomes_a_command(runner: Runner, path: str) -> None:
    done = runner.step("Check policies", paths=path)
    assert done.returncode == 2, done.stdout
    assert not (runner.workspace / "taken").exists()


@pytest.mark.slow
def test_the_action_from_its_installation_on(workspace: Path, tmp_path: Path) -> None:
    need_package_index(tmp_path)
    environment = tmp_path / "python"
    venv.create(environment, with_pip=True)
    around = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    runner = Runner(
        workspace, {**around, "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    )
    installed = runner.step("Install escalate", extras="")
    assert installed.returncode == 0, installed.stderr
    done = runner.step("Check policies")
    assert (done.returncode, done.stdout) == (0, "1 file: no findings\n"), done.stderr
