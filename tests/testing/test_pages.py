"""The pages of the codes of test files: each example gives exactly its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalate.rules import codes, page
from escalate.testing import run

README = Path(__file__).parents[2] / "README.md"
CODES = [code for code in codes() if "ESC961" <= code <= "ESC974"]


def block(code: str, section: str) -> str:
    found = re.search(rf"^## {section}\n\n```yaml\n(.*?)^```$", page(code) or "", re.M | re.S)
    assert found is not None
    return found.group(1)


def found(folder: Path, text: str) -> set[str]:
    desk = re.search(
        r"^```yaml desk.escalation.yaml\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S
    )
    assert desk is not None
    (folder / "desk.escalation.yaml").write_text(desk.group(1), "utf-8")
    (folder / "desk.test.yaml").write_text(text, "utf-8")
    report = run(folder, coverage=True)
    return {d.code for d in report.diagnostics} or {
        d.code for coverage in report.coverage for d in coverage.diagnostics
    }


@pytest.mark.parametrize("code", CODES)
def test_an_example_gives_its_code(code: str, tmp_path: Path) -> None:
    assert found(tmp_path, block(code, "Example")) == {code}


@pytest.mark.parametrize("code", CODES)
def test_what_to_write_instead_passes(code: str, tmp_path: Path) -> None:
    assert found(tmp_path, block(code, "Instead")) <= {"ESC974"} - {code}
