"""The settings of a project: found, read, followed, and what is wrong with them.

`UPDATE_GOLDENS=1` writes the goldens anew."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate import check
from escalate.checking.check import check_files
from escalate.checking.settings import Settings
from escalate.checking.settings_file import settings_for
from escalate.checking.toml_places import places_in
from escalate.errors import Severity
from escalate.policy.render import render
from escalate.rules import page
from support.goldens import golden, rendered

FOLDER = Path(__file__).parents[1] / "golden" / "settings"
CODES = ["ESC820", "ESC821", "ESC822", "ESC823", "ESC824"]
BLOCKS = re.compile(r"^```toml .escalate.toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
POLICY = """\
escalate: 1
name: small-desk
owners: {front-line: team, manager: person, spare: team}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager, remind: {every: 4h}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for folder in ("desks", "desks/drafts"):
        Path(folder).mkdir()
        Path(folder, "a.escalation.yaml").write_text(POLICY)
    return tmp_path


def settle(text: str, file: str = ".escalate.toml") -> None:
    Path(file).write_text(text)


def found(*paths: str) -> list[str]:
    return [
        f"{d.file} {d.severity}[{d.code}]" for d in check(*paths or ("desks/a.escalation.yaml",))
    ]


# What is wrong with them.


def read(text: str, tmp_path: Path) -> Settings:
    (tmp_path / ".escalate.toml").write_bytes(text.encode())
    return settings_for(str(tmp_path / "a.escalation.yaml"))


@pytest.mark.parametrize("code", CODES)
def test_what_the_author_sees(code: str, project: Path) -> None:
    text = (FOLDER / f"{code}.toml").read_text("utf-8")
    settle(text)
    wrong = [d for d in check("desks/a.escalation.yaml") if d.code >= "ESC8"]
    assert {d.code for d in wrong} == {code}
    assert all(d.severity is Severity.ERROR and d.place and d.help for d in wrong)
    golden(FOLDER / f"{code}.txt", rendered(wrong, {".escalate.toml": text}.get))
    under = "[tool.escalate]\n" + text.replace("\n[", "\n[tool.escalate.").replace(
        "tool.tool.", "tool."
    )
    if text.startswith("["):
        under = "[tool.escalate." + text[1:].replace("\n[", "\n[tool.escalate.")
    if code != "ESC821":
        Path(".escalate.toml").unlink()
        settle('[project]\nname = "x"\n' + under, "pyproject.toml")
        again = [d for d in check("desks/a.escalation.yaml") if d.code >= "ESC8"]
        assert [d.message for d in again] == [d.message for d in wrong]
        assert {d.file for d in again} == {"pyproject.toml"}


def test_every_code_has_its_cases() -> None:
    wanted = {f"{code}{end}" for code in CODES for end in (".toml", ".txt")} | {"clean.toml"}
    assert {file.name for file in FOLDER.iterdir()} == wanted


def test_what_is_let_alone(tmp_path: Path) -> None:
    settled = read((FOLDER / "clean.toml").read_text("utf-8"), tmp_path)
    assert settled.wrong == ()
    assert settled.fail_level is Severity.WARNING
    assert settled.severities == {"ESC733": None, "ESC812": Severity.HINT}
    assert settled.ignores == (
        ("drafts/", frozenset("*")),
        ("**/old-*.yaml", frozenset({"ESC322", "ESC323"})),
    )


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_its_page(code: str, tmp_path: Path) -> None:
    example, instead = BLOCKS.findall(page(code) or "")
    assert {d.code for d in read(example, tmp_path).wrong} == {code}
    assert read(instead, tmp_path).wrong == ()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = 1\nb = = 2\n", (2, 5)),
        ("[severity\n", (1, 10)),
        ('a = "\x1b[31m"', (1, 6)),
        ("a = 1\na = 2", None),
        ("[severity]\nESC733 = [", None),
        ("[" * 5000, None),
    ],
)
def test_what_is_no_toml_is_told_at_its_place(text: str, where: Any, tmp_path: Path) -> None:
    (wrong,) = read(text, tmp_path).wrong
    assert wrong.code == "ESC820"
    assert where is None or (wrong.line, wrong.column) == where
    assert "\x1b" not in render(wrong, lambda file: text)


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".escalate.toml").write_bytes(b"a = '\xff'")
    (wrong,) = settings_for(str(tmp_path / "x")).wrong
    assert (wrong.code, wrong.line, wrong.column) == ("ESC820", 1, 6)
    (tmp_path / ".escalate.toml").write_bytes(b"\xef\xbb\xbffail-level = 'hint'\r\n")
    assert settings_for(str(tmp_path / "x")).fail_level is Severity.HINT


@given(
    st.text(max_size=60) | st.text(st.sampled_from("[]={}\"'.,# \nESC73igno3severt"), max_size=60)
)
def test_any_text_does_no_harm(text: str) -> None:
    from escalate.checking.settings_file import _read

    for path in ("/x/.escalate.toml", "/x/pyproject.toml"):
        for wrong in _read(path, "x", text.encode("utf-8", "surrogatepass")).wrong:
            assert wrong.place is not None
            assert wrong.severity is Severity.ERROR


# Where each piece stands.

KEYS = st.text(st.sampled_from("ab-_ .\"'é\n"), min_size=1, max_size=4)
SCALARS = (
    st.booleans() | st.integers(-9, 99) | st.text(st.sampled_from("a\"'\\]}#,\n =["), max_size=6)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
SPACE = st.sampled_from(["", " ", "\t", "  "])
LOOSE = SPACE | st.sampled_from(["\n", " # ], }\n", "\n\n  "])


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@st.composite
def written(draw, value: Any) -> str:
    """A value as TOML, in one of the ways there are."""
    if isinstance(value, dict):
        pairs = [
            f"{draw(SPACE)}{quoted(k)}{draw(SPACE)}={draw(SPACE)}{draw(written(v))}"
            for k, v in value.items()
        ]
        return "{" + ",".join(pairs) + draw(SPACE) + "}"
    if isinstance(value, list):
        return (
            "["
            + draw(LOOSE)
            + ",".join(f"{draw(LOOSE)}{draw(written(v))}{draw(LOOSE)}" for v in value)
            + "]"
        )
    if isinstance(value, str):
        forms = [quoted(value), f'"""{quoted(value)[1:-1]}"""']
        if "'" not in value and "\n" not in value:
            forms.append(f"'{value}'")
        if "'" not in value and not value.startswith("\n"):
            forms.append(f"'''{value}'''")
        return draw(st.sampled_from(forms))
    return json.dumps(value)


@st.composite
def documents(draw) -> str:
    lines = []
    top = draw(st.dictionaries(KEYS, VALUES, max_size=3))
    for key, value in top.items():
        lines.append(
            f"{draw(SPACE)}{quoted(key)} ={draw(SPACE)}{draw(written(value))}{draw(SPACE)}# [x]"
        )
    for number in range(draw(st.integers(0, 3))):
        name = draw(
            st.sampled_from(
                [f"[t{number}]", f"[ t{number} . 'a.b' ]", f"[t{number}.{quoted('x y')}]"]
            )
        )
        lines.append(name)
        for key, value in draw(st.dictionaries(KEYS, VALUES, max_size=2)).items():
            dotted = draw(st.sampled_from(["", "q . ", f"{quoted('d.e')}."]))
            lines.append(f"{dotted}{quoted(key)} = {draw(written(value))}")
    for _ in range(draw(st.integers(0, 2))):
        lines += ["[[many]]", "a = 1", "[many.of]", "b = [1, 2]", "[[many.more]]", "c = {d = 1}"]
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))


@given(documents())
def test_every_piece_stands_where_it_is_said(text: str) -> None:
    places = places_in(text)
    data = tomllib.loads(text)

    def look(value: Any, path: tuple[str | int, ...]) -> None:
        if path:
            (key_start, key_end), (start, end) = places[path]
            if isinstance(path[-1], str):
                assert next(iter(tomllib.loads(f"{text[key_start:key_end]}=0"))) == path[-1]
            implied = isinstance(path[-1], str) and (key_start, key_end) == (start, end)
            if not implied and not is_header(text, start):
                assert tomllib.loads(f"v={text[start:end]}")["v"] == value
        if isinstance(value, dict | list):
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            for part, inner in parts:
                look(inner, (*path, part))

    look(data, ())


def is_header(text: str, start: int) -> bool:
    begin = text.rfind("\n", 0, start) + 1
    return text[begin:start].strip() == "" and text[start] == "["


# Where they are looked for.


def test_the_nearest_holds_and_no_other(project: Path) -> None:
    assert found() == ["desks/a.escalation.yaml warning[ESC322]"]
    settle('[tool.escalate.severity]\nESC322 = "off"\n', "pyproject.toml")
    assert found() == []
    settle('[tool.other]\nx = "escalate"\n', "desks/pyproject.toml")  # says nothing of it
    assert found() == []
    settle("not toml, and about something else\n", "desks/pyproject.toml")
    assert found() == []
    settle('[severity]\nESC322 = "hint"\n')  # before `pyproject.toml` of the same folder
    assert found() == ["desks/a.escalation.yaml hint[ESC322]"]
    settle('[severity]\nESC733 = "off"\n', "desks/.escalate.toml")
    assert found() == ["desks/a.escalation.yaml warning[ESC322]"]
    settle("[tool.escalate\n", "desks/.escalate.toml")
    assert found() == [
        "desks/.escalate.toml error[ESC820]",
        "desks/a.escalation.yaml warning[ESC322]",
    ]


def test_from_another_folder_and_by_another_name(project: Path, monkeypatch) -> None:
    settle('[ignore]\n"desks/*.yaml" = ["ESC322"]\n')
    assert found() == []
    monkeypatch.chdir("desks")
    assert found("a.escalation.yaml") == []
    assert found(str(project / "desks" / "a.escalation.yaml")) == []
    settle('[severity]\nESC322 = "of"\n', "../.escalate.toml")
    assert found("a.escalation.yaml")[0] == "../.escalate.toml error[ESC822]"
    absolute = str(project / "desks" / "a.escalation.yaml")
    assert found(absolute)[0] == f"{project}/.escalate.toml error[ESC822]"


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("a.escalation.yaml", {"desks", "drafts"}),
        ("*.yaml", {"desks", "drafts"}),
        ("**", {"desks", "drafts"}),
        ("desks/", {"desks", "drafts"}),
        ("desks/*.yaml", {"desks"}),
        ("./desks/*.yaml", {"desks"}),
        ("desks/**/*.yaml", {"desks", "drafts"}),
        ("**/drafts/*", {"drafts"}),
        ("drafts/", set()),
        ("**/drafts/", {"drafts"}),
        ("desks", set()),
        ("desks/?.escalation.[xy]aml", {"desks"}),
        ("desks/*/**", {"desks", "drafts"}),
    ],
)
def test_patterns(pattern: str, fits: set[str], project: Path) -> None:
    settle(f"[ignore]\n{json.dumps(pattern)} = ['ESC322']\n")
    files = {"desks": "desks/a.escalation.yaml", "drafts": "desks/drafts/a.escalation.yaml"}
    assert {name for name, file in files.items() if not check(file)} == fits


def test_everything_but_errors(project: Path) -> None:
    settle('[ignore]\n"*" = ["*"]\n')
    assert found() == []
    Path("desks/a.escalation.yaml").write_text(POLICY + "# escalate: ignore[ESC720]\n")
    assert found() == []
    Path("desks/a.escalation.yaml").write_text(POLICY.replace("owner: manager", "owner: managre"))
    assert found() == ["desks/a.escalation.yaml error[ESC302]"]


def test_graver_and_milder(project: Path) -> None:
    settle('[severity]\nESC322 = "error"\n')
    (one,) = check("desks/a.escalation.yaml")
    assert one.severity is Severity.ERROR
    assert check("desks/a.escalation.yaml", settings=False)[0].severity is Severity.WARNING
    comment = "# escalate: ignore[ESC322] for May\n"
    Path("desks/a.escalation.yaml").write_text(POLICY.replace("owners", f"{comment}owners"))
    assert found() == []  # it is no error of the policy
    settle('[severity]\nESC322 = "off"\n')
    assert found() == []  # off or not, the comment is about something


def test_ignored_findings_tell_by_what(project: Path) -> None:
    settle('[severity]\nESC322 = "off"\n')
    (one,) = check_files("desks/a.escalation.yaml").ignored
    assert (one.by, one.reason) == ("settings", ".escalate.toml: off")
    settle('[ignore]\n"desks/" = ["ESC322"]\n')
    (one,) = check_files("desks/a.escalation.yaml").ignored
    assert (one.by, one.reason) == ("settings", ".escalate.toml: `desks/`")


def test_the_author_s_page_shows_what_holds(tmp_path: Path) -> None:
    said = (Path(__file__).parents[2] / "docs" / "ci.md").read_text("utf-8")
    blocks = re.findall(r"^```(yaml|toml) (\S+)\n(.*?)^```$", said, re.MULTILINE | re.DOTALL)
    files = {name: text for _, name, text in blocks}
    (tmp_path / "policies").mkdir()
    desk = tmp_path / "policies" / "desk.escalation.yaml"
    desk.write_text(files["policies/desk.escalation.yaml"])
    checked = check_files(desk)
    assert checked.found == []
    assert len(checked.ignored) == desk.read_text().count("ESC")
    (tmp_path / "pyproject.toml").write_text(files["pyproject.toml"])
    settled = settings_for(str(desk))
    assert settled.wrong == ()
    assert settled.severities["ESC322"] is Severity.ERROR
    assert settled.fail_level is Severity.WARNING
    assert len(settled.ignores) == 2
