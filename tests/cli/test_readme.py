"""What README.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

from support.goldens import BLOCK, happens, write_files

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def test_the_tour(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(README)
    assert happens(README, run) >= 5


def test_the_python(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(README)
    blocks = BLOCK.findall(README.read_text("utf-8"))
    (code,) = [content for language, _, content in blocks if language == "python"]
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("escalate manager `high-and-old` holds")


def test_links_lead_somewhere() -> None:
    for page in (README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
