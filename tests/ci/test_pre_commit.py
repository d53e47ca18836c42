"""The hooks, tried with `pre-commit` itself on real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from escalate.cli.group import COMMANDS
from support.package_index import need_package_index
from support.shim import ROOT, with_escalate

FILES = ROOT / "tests" / "cli" / "files"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]

pytest.importorskip("pre_commit")
if not shutil.which("git"):
    if os.environ.get("CI"):
        pytest.fail("there is no git", pytrace=False)
    pytest.skip("there is no git", allow_module_level=True)


class Repository:
    """A git repository of somebody who uses the hooks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "desk"
        self.folder.mkdir()
        told = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))}
        self.environment = {
            **with_escalate(folder / "bin", told),
            "HOME": str(folder),
            "PRE_COMMIT_HOME": str(folder / "hooks"),
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        }
        (folder / "gitconfig").write_text(
            "[user]\nname = Ana\nemail = ana@example.org\n[init]\ndefaultBranch = main\n"
        )
        self.run("git", "init", "-q")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def add(self, name: str, like: str) -> None:
        """A file of our examples, staged."""
        shutil.copy(FILES / like, self.folder / name)
        self.run("git", "add", name)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def _configured(repository: Repository, *ids: str) -> None:
    """The hooks as they are published, but for where `escalate` comes from: the one that is
    here, so that nothing need be downloaded."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS if hook["id"] in ids]
    for hook in hooks:
        del hook["additional_dependencies"]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    repository.run("git", "add", ".")


def test_the_hooks_are_as_pre_commit_wants_them(tmp_path: Path) -> None:
    assert [hook["id"] for hook in HOOKS] == ["escalate-check", "escalate-fmt", "escalate-test"]
    manifest = str(ROOT / ".pre-commit-hooks.yaml")
    done = subprocess.run(
        [*PRE_COMMIT, "validate-manifest", manifest],
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_commit_with_a_wrong_policy_does_not_happen(repository: Repository) -> None:
    _configured(repository, "escalate-check")
    installed = repository.run(*PRE_COMMIT, "install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    repository.add("good.escalation.yaml", "desk.escalation.yaml")
    repository.add("wrong.yaml", "wrong.escalation.yaml")  # by its name no policy
    done = repository.run("git", "commit", "-m", "good")
    assert done.returncode == 0, done.stderr
    assert "escalate check" in done.stderr
    assert "Passed" in done.stderr

    repository.add("wrong.escalation.yaml", "wrong.escalation.yaml")
    done = repository.run("git", "commit", "-m", "wrong")
    assert done.returncode == 1
    assert "wrong.escalation.yaml:5:54: error[ESC208]: `4 hours` is not a duration" in done.stderr
    assert "1 file: " in done.stderr  # only what is to be committed
    assert repository.run("git", "log", "--format=%s").stdout == "good\n"


def test_nothing_runs_where_no_policy_has_changed(repository: Repository) -> None:
    _configured(repository, "escalate-check")
    repository.add("notes.yaml", "one.yaml")
    done = repository.run(*PRE_COMMIT, "run")
    assert "(no files to check)Skipped" in done.stdout
    assert done.returncode == 0


def test_a_change_of_a_policy_runs_its_tests(repository: Repository) -> None:
    _configured(repository, "escalate-test")
    repository.add("desk.escalation.yaml", "desk.escalation.yaml")
    (repository.folder / "desk.test.yaml").write_text(
        "policy: desk.escalation.yaml\n"
        "tests:\n  - {name: begins, now: 2026-11-10 09:00, expect: {level: L1}}\n"
    )
    repository.run("git", "add", ".")
    done = repository.run(*PRE_COMMIT, "run")
    assert done.returncode == 0, done.stdout
    policy = repository.folder / "desk.escalation.yaml"
    policy.write_text(policy.read_text("utf-8").replace("L1", "L0"))
    repository.run("git", "add", "desk.escalation.yaml")  # the test has not changed
    done = repository.run(*PRE_COMMIT, "run")
    assert done.returncode == 1
    assert "desk.test.yaml:3:" in done.stdout


@pytest.mark.slow
def test_the_hooks_as_they_are_published(repository: Repository, tmp_path: Path) -> None:
    """With an environment of their own, into which pip installs a clone of this project."""
    need_package_index(tmp_path)
    published = _published(repository, tmp_path)
    repository.add("wrong.escalation.yaml", "wrong.escalation.yaml")
    known = [hook["id"] for hook in HOOKS if hook["entry"].split()[1] in COMMANDS]
    assert "escalate-check" in known
    config = {"repos": [{**published, "hooks": [{"id": name} for name in known]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    repository.run("git", "add", ".")
    del repository.environment["PYTHONPATH"]
    done = repository.run(*PRE_COMMIT, "run", "escalate-check")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "wrong.escalation.yaml:5:54: error[ESC208]: `4 hours` is not a duration" in done.stdout


def _published(repository: Repository, folder: Path) -> dict[str, str]:
    """This project as somebody else finds it: a repository of its own, at a commit."""
    project = folder / "project"
    project.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        done = repository.run("git", "-C", str(project), *words)
        assert done.returncode == 0, done.stderr
    commit = repository.run("git", "-C", str(project), "rev-parse", "HEAD").stdout.strip()
    return {"repo": str(project), "rev": commit}
