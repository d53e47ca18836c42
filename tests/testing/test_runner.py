"""Files found, run in order by any number of processes, and reported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from escalate.testing import NothingToTestError, run, runner
from escalate.testing.runner import find_tests
from support.policy_data import EXAMPLES

FILES = Path(__file__).parent / "files"
ROOT = Path(__file__).parents[2]


def escalate(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "escalate", "test", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", **env},
        capture_output=True,
        check=False,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(FILES, tmp_path / "desk")
    return tmp_path / "desk"


def test_it_is_the_same_bytes_everywhere(desk: Path) -> None:
    args = ("good.test.yaml", "failing.test.yaml", "--coverage", "--output-format", "json")
    one = escalate(desk, *args, PYTHONHASHSEED="1", TZ="Asia/Kathmandu", LC_ALL="C")
    other = escalate(desk, *args, PYTHONHASHSEED="2", TZ="UTC", LC_ALL="C.UTF-8")
    assert one.returncode == other.returncode == 1
    assert one.stdout == other.stdout
    assert one.stdout


def many(folder: Path) -> None:
    shutil.copy(FILES / "desk.escalation.yaml", folder)
    for name in ("b", "a", "c"):
        tests = [
            {
                "name": f"{name}{n}",
                "ticket": {"severity": "low"},
                "now": "2026-11-10 09:00",
                "expect": {"level": "L2" if n % 50 == 7 else "L1"},
            }
            for n in range(120)
        ]
        file = {"policy": "desk.escalation.yaml", "tests": tests}
        (folder / f"{name}.test.yaml").write_text(json.dumps(file, indent=1), "utf-8")


def test_many_processes_say_what_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path)
    monkeypatch.setattr(runner, "_WORTH_A_POOL", 10)
    together = run(tmp_path, coverage=True, jobs=2)
    assert together == run(tmp_path, coverage=True, jobs=1)
    assert [Path(file.file).name for file in together.files] == [
        "a.test.yaml",
        "b.test.yaml",
        "c.test.yaml",
    ]
    assert [test.number for test in together.files[0].tests] == list(range(120))
    assert sum(test.status == "failed" for test in together.tests) == 9


def test_files_are_found_below_and_each_once(tmp_path: Path) -> None:
    for name in (
        "b/x.test.yaml",
        "a.test.yaml",
        "b/a/y.test.yaml",
        ".git/z.test.yaml",
        "b/no.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    found = [Path(p).relative_to(tmp_path).as_posix() for p in find_tests([tmp_path])]
    assert found == ["a.test.yaml", "b/x.test.yaml", "b/a/y.test.yaml"]
    twice = find_tests([tmp_path / "b", tmp_path / "b" / "x.test.yaml", tmp_path])
    assert len(twice) == 3
    for missing in (tmp_path / "nowhere", tmp_path / ".git" / "z", tmp_path / "b" / "no.yaml"):
        with pytest.raises(NothingToTestError):
            find_tests([missing])


def test_the_report_tells_everything(desk: Path) -> None:
    report = run(desk / "good.test.yaml", desk / "failing.test.yaml", coverage=True)
    assert not report.passed
    assert [file.passed for file in report.files] == [True, False]
    assert [t.status for t in report.tests] == ["passed"] * 2 + ["failed"] * 5
    assert {d.code for d in report.diagnostics} == {"ESC961"}
    assert all(d.place is not None for d in report.diagnostics)
    unmet = report.tests[2].failures[0].unmet[0]
    assert (unmet.about, unmet.expected, unmet.got) == ("level", "L2", "L1")
    assert report.coverage[0].policy == "small-desk"


def test_a_policy_that_has_changed_is_read_again(desk: Path) -> None:
    path = desk / "good.test.yaml"
    assert run(path).passed
    policy = desk / "desk.escalation.yaml"
    policy.write_text(policy.read_text("utf-8").replace("acknowledge: 30m", "acknowledge: 31m"))
    assert not run(path).passed


def test_junit(desk: Path, run_cli) -> None:
    (desk / "odd.test.yaml").write_text(
        "policy: desk.escalation.yaml\n"
        "tests:\n"
        '  - {name: "<a & ]]> \\u202e", now: 2026-11-10 09:00, expect: {reason: "<&]]>\\uffff"}}\n',
        "utf-8",
    )
    (desk / "lost.test.yaml").write_text("policy: nowhere\ntests: [{name: a}]\n", "utf-8")
    report = run(desk)
    told = run_cli("test", str(desk), "--junit", str(desk / "results.xml"))
    assert told.exit_code == 1
    assert told.stdout.startswith(("FAILED", "WRONG", str(desk)))
    written = (desk / "results.xml").read_bytes()
    assert run_cli("test", str(desk), "--output-format", "junit").stdout.encode() == written
    top = ElementTree.fromstring(written)
    count = sum(len(file.tests) for file in report.files) + 1  # and `lost`, which has none
    assert top.get("tests") == str(count)
    assert len(top.findall(".//testcase")) == count
    assert len(top.findall(".//failure")) == int(top.get("failures") or 0) == 6
    assert len(top.findall(".//error")) == int(top.get("errors") or 0) > 20
    text = top.findall(".//failure")[0].text or ""
    assert "expected: L2" in text
    assert "decided at 2026-11-10 09:00" in text
    assert not {c for c in written.decode() if c != "\n" and not c.isprintable()}


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "jsonl", "json"])
def test_every_form_names_each_place(desk: Path, run_cli, form: str) -> None:
    said = run_cli("test", str(desk / "failing.test.yaml"), "--output-format", form).stdout
    assert said.count("ESC961") >= len(run(desk / "failing.test.yaml").diagnostics) > 5
    if form in ("gitlab", "sarif", "json"):
        json.loads(said)
    into = run_cli("test", str(desk / "failing.test.yaml"), "--output-format", form, "-o", "x.out")
    assert into.stdout.startswith("FAILED ")
    assert Path("x.out").read_text("utf-8").split("\n")[0] == said.split("\n")[0]


def test_nothing_of_a_test_is_a_command_of_a_ci(
    desk: Path, run_cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    path = desk / "odd.test.yaml"
    path.write_text(
        "policy: desk.escalation.yaml\ntests:\n"
        "  - {name: '::error::x', now: 2026-11-10 09:00, expect: {reason: '::warning::y ##[z'}}\n"
    )
    for form in ("full", "github"):
        for line in run_cli("test", str(path), "-v", "--output-format", form).stdout.splitlines():
            assert form == "github" or not line.strip().startswith("::")
            assert "##[" not in line
            assert not line.strip().startswith(("::error::x", "::warning::y"))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.test.yaml")), ids=lambda p: p.name)
def test_with_a_trace_the_examples_say_the_same(path: Path) -> None:
    assert run(path).passed
    assert run(path, coverage=True).passed
