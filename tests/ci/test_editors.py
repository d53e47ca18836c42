"""What the page about editors says, tried with the real yaml-language-server."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from escalate.cli.group import cli
from escalate.policy.schema import schema
from support.language_server import Editor, editor, need_language_server
from support.shim import ROOT

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
EXAMPLES = sorted((ROOT / "examples" / "policies").glob("*.escalation.yaml"))

POLICY = """\
escalate: 1
name: small-desk
owners: {front-line: team}
levels:
  - id: L1
    owner: front-line
    dedlines: {resolve: 4h}
HERE

triggers:
  - id: old
    when: {age: {gte: 1d}}
    escalate: next
""".replace("HERE", "    ")
MODELINE = "# yaml-language-server: $schema=policy.schema.json\n"


def _block(name: str) -> Any:
    (found,) = re.findall(rf"^```json {re.escape(name)}\n(.*?)^```$", PAGE, re.M | re.S)
    return json.loads(found)


def _settings(folder: Path) -> dict[str, Any]:
    """The settings of the page, as the editor hands them on: with the schema's address."""
    schemas = _block(".vscode/settings.json")["yaml.schemas"]
    found = {(folder / path).as_uri(): pattern for path, pattern in schemas.items()}
    return {"yaml": {"schemaStore": {"enable": False}, "schemas": found}}


def test_the_error_list_reads_what_a_check_says(monkeypatch) -> None:
    monkeypatch.chdir(ROOT / "tests" / "cli" / "files")
    (task,) = _block(".vscode/tasks.json")["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    args = ["check", "wrong.escalation.yaml", "--output-format", "concise"]
    said = CliRunner().invoke(cli, args).stdout
    *findings, _ = said.splitlines()
    assert findings
    for line in findings:
        found = re.match(pattern["regexp"], line)
        assert found is not None
        assert found[pattern["file"]] == "wrong.escalation.yaml"
        assert found[pattern["severity"]] == "error"
        assert int(found[pattern["line"]]) in (5, 7)


def test_files_are_found_by_the_same_pattern_everywhere() -> None:
    (pattern,) = _block("catalogue")["fileMatch"]
    assert pattern in _settings(ROOT)["yaml"]["schemas"].values()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return need_language_server(tmp_path_factory.mktemp("server"))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name in ("policy", "test"):
        said = CliRunner().invoke(cli, ["schema", name]).stdout
        (tmp_path / f"{name}.schema.json").write_text(said)
    return tmp_path


def _is_helped(at_work: Editor, name: str, text: str) -> None:
    lines = text.split("\n")
    (found,) = at_work.opens(name, text)
    wrong = lines.index("    dedlines: {resolve: 4h}")
    assert found["range"] == {
        "start": {"line": wrong, "character": 4},
        "end": {"line": wrong, "character": 12},
    }
    assert "dedlines" in found["message"]
    level = at_work.completes(name, lines.index("    "), 4)
    assert {"deadlines", "remind", "requires"} <= set(level)
    assert "owner" not in level  # it has one
    top = at_work.completes(name, lines.index(""), 0)
    assert {"calendars", "clocks", "paths"} <= set(top)
    assert "name" not in top


@pytest.mark.slow
def test_a_modeline_brings_completion_and_diagnostics(server: list[str], desk: Path) -> None:
    settings = {"yaml": {"schemaStore": {"enable": False}}}
    with editor(server, desk, settings) as at_work:
        _is_helped(at_work, "a.yaml", MODELINE + POLICY)


@pytest.mark.slow
def test_settings_bring_the_same_to_all_policies(server: list[str], desk: Path) -> None:
    with editor(server, desk, _settings(desk)) as at_work:
        _is_helped(at_work, "a.escalation.yaml", POLICY)
        assert at_work.opens("another.yaml", POLICY) == []


@pytest.mark.slow
def test_tests_of_policies_are_helped_as_well(server: list[str], desk: Path) -> None:
    text = "policy: a.escalation.yaml\ntests:\n  - {name: a, now: 09:00, expct: {level: L1}}\n"
    with editor(server, desk, _settings(desk)) as at_work:
        found = at_work.opens("a.test.yaml", text)
        starts = [one["range"]["start"] for one in found if "expct" in one["message"]]
        assert starts == [{"line": 2, "character": text.split("\n")[2].index("expct")}]
        assert at_work.opens("b.test.yaml", text.replace("expct", "expect")) == []


@pytest.mark.slow
def test_it_is_told_what_a_key_means(server: list[str], desk: Path) -> None:
    described = schema("policy")["properties"]["name"]["description"]
    with editor(server, desk, _settings(desk)) as at_work:
        at_work.opens("a.escalation.yaml", POLICY)
        assert described in at_work.hovers("a.escalation.yaml", 1, 1).replace("\\", "")


@pytest.mark.slow
def test_nothing_is_marked_in_a_policy_that_is_right(server: list[str], desk: Path) -> None:
    with editor(server, desk, _settings(desk)) as at_work:
        for example in EXAMPLES:
            lines = example.read_text("utf-8").split("\n")
            assert lines[0].startswith("# yaml-language-server: $schema=")
            text = "\n".join(lines[1:])
            assert at_work.opens(example.name, text) == [], example.name
