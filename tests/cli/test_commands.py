"""`init`, `schema`, `rule --all`, and what `check` remembers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from escalate.cli import seen
from escalate.policy.loader import load_policy
from escalate.rules import codes

POLICY = "desk.escalation.yaml"


def test_a_new_policy_passes_the_check_and_decides(run, tmp_path, monkeypatch) -> None:
    desk = str(Path(POLICY).resolve())
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert run("check", "my-desk.escalation.yaml").stdout == "1 file: no findings\n"
    ticket = {"id": "T-1", "created_at": "2026-11-12T09:00:00Z", "severity": "high"}
    result = run("decide", "my-desk.escalation.yaml", "-", stdin=json.dumps(ticket))
    assert "1 decided" in result.stderr
    assert run("init").exit_code == 2
    Path("my-desk.escalation.yaml").write_text("mine")
    assert run("init", "--force").exit_code == 0
    assert Path("my-desk.escalation.yaml").read_text() == run("init", "-").stdout
    assert run("init", f"{desk}/x.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("night.escalation.yaml", "night"),
        ("day.yaml", "day"),
        ("12.escalation.yaml", "12"),
        ("true.escalation.yaml", "true"),
        ("a: b #c.escalation.yaml", "a: b #c"),
        (".escalation.yaml", "my-desk"),
    ],
)
def test_a_new_policy_is_named_after_its_file(run, tmp_path, monkeypatch, file, name) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "other.escalation.yaml").exit_code == 0
    assert run("init", file).exit_code == 0
    assert load_policy(file).name == name
    assert run("check", ".", file).exit_code == 0


def test_the_policy_may_come_from_standard_input(run) -> None:
    text = Path(POLICY).read_bytes()
    now = ("--now", "2026-11-12T10:30:00+01:00")
    for args in (("decide", "one.yaml", *now), ("explain", "one.yaml", *now)):
        command, *rest = args
        from_file = run(command, POLICY, *rest)
        assert from_file.exit_code == 0
        assert run(command, "-", *rest, stdin=text).stdout == from_file.stdout
    assert run("explain", "-", "-", stdin=text).exit_code == 2


def test_json_has_a_short_name(run) -> None:
    args = ("explain", POLICY, "one.yaml", "--now", "2026-11-12T10:30:00+01:00")
    long = run(*args, "--output-format", "json")
    assert json.loads(long.stdout)["trace"]
    assert run(*args, "--json").stdout == long.stdout
    assert run(*args, "--output-format", "text").stdout == run(*args).stdout


@pytest.mark.parametrize("name", ["policy", "ticket", "decision"])
def test_a_schema_is_a_schema(run, name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(run("schema", name).stdout))


def test_decisions_are_as_their_schema_says(run) -> None:
    schema = json.loads(run("schema", "decision").stdout)
    options = ("--output-format", "jsonl", "--trace")
    for line in run("decide", POLICY, "tickets.jsonl", *options).stdout.splitlines():
        said = json.loads(line)
        if "error" not in said:
            jsonschema.validate(said, schema, jsonschema.Draft7Validator)


def test_every_code_is_listed(run) -> None:
    lines = run("rule", "--all").stdout.splitlines()
    assert [line.split()[0] for line in lines] == codes()
    assert all(len(line.split()) > 2 for line in lines)


def test_a_clean_check_is_remembered(run, monkeypatch) -> None:
    assert run("check", POLICY).exit_code == 0
    monkeypatch.setattr("escalate.cli.checking.Checking", None)  # would fail if it were called
    assert run("check", POLICY).stdout == "1 file: no findings\n"
    assert run("check", POLICY, "--output-format", "json").stdout == "[]\n"
    assert run("check", POLICY, "--no-cache").exit_code == 2
    assert run("check", POLICY, "--today", "2031-01-01").exit_code == 2  # another year


@pytest.mark.parametrize("file", ["wrong.escalation.yaml", "warned.escalation.yaml"])
def test_findings_are_never_remembered(run, file: str) -> None:
    first = run("check", file)
    again = run("check", file)
    assert first.stdout == again.stdout != ""


def test_what_a_memory_depends_on(tmp_path, monkeypatch) -> None:
    policy = tmp_path / "a.escalation.yaml"
    policy.write_text("escalate: 1\n")
    first = seen.digest([str(policy)])
    assert first == seen.digest([str(policy)])
    assert first != seen.digest([str(tmp_path)])
    policy.write_text("escalate: 1 \n")
    assert first != seen.digest([str(policy)])
    for critical in ("name: critical\n", "medical: true\n"):
        policy.write_text(critical)
        assert seen.digest([str(policy)]) is not None
    for names_another in (
        "include: [b]\n",
        "holidays: [{ical: b.ics}]\n",
        'holidays: [{"ical": b.ics}]\n',
        'holidays: [{"\\x69cal": b.ics}]\n',
    ):
        policy.write_text(names_another)
        assert seen.digest([str(policy)]) is None
    assert seen.digest(["-"]) is None
    assert seen.digest([str(tmp_path / "none")]) is None


def test_old_memories_go(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(seen, "MOST", 4)
    for i in range(5):
        seen.remember(f"key-{i}")
        folder = Path(os.environ["ESCALATE_CACHE_DIR"]) / "checked"
        os.utime(folder / f"key-{i}", (i, i))
    seen.remember("last")
    assert seen.is_clean("last")
    assert not seen.is_clean("key-0")


def test_nowhere_to_remember(run, monkeypatch, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ESCALATE_CACHE_DIR", str(tmp_path / "file"))
    assert run("check", POLICY).exit_code == 0


def test_names_and_types_are_told_beside_the_structure(run, tmp_path) -> None:
    text = Path(POLICY).read_text("utf-8")
    wrong = text.replace("resolve: 4h", "resolve: 4 hours").replace(
        "owner: front-line", "owner: me"
    )
    (tmp_path / "a.escalation.yaml").write_text(wrong)
    seen = run("check", str(tmp_path)).stdout
    assert "ESC208" in seen
    assert "ESC302" in seen


def test_folders_are_checked_with_all_below(run, tmp_path, monkeypatch) -> None:
    desk = Path(POLICY).read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "a/b", ".hidden", "node_modules/c", "d"):
        Path(folder).mkdir(parents=True)
    for file in ("a/x", "a/b/x", ".hidden/x", "node_modules/c/x"):
        Path(f"{file}.escalation.yaml").write_text(desk)
    assert run("check", ".").stdout == "2 files: no findings\n"
    assert run("check", ".", "a", "a/x.escalation.yaml").stdout == "2 files: no findings\n"
    assert run("check", "a", ".hidden").stdout == "3 files: no findings\n"
    nothing = run("check", "d")
    assert nothing.exit_code == 2
    assert "`d` holds no policy" in nothing.stdout


def test_a_missing_file_is_2_however_it_is_written(run) -> None:
    for file in ("nothing.yaml", "./nothing.yaml", "../files/nothing.yaml"):
        assert run("check", file).exit_code == 2
