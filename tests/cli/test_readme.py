"""What README.md shows is what happens. `UPDATE_GOLDENS=1` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tour(run, tmp_path: Path, monkeypatch) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    ran = 0

    def happens(block: re.Match[str]) -> str:
        nonlocal ran
        language, name, content = block.groups()
        if name:
            Path(name).write_text(content, "utf-8")
        if language != "console" or not content.startswith("$ escalate"):
            return block.group()
        said = []
        for line in content.splitlines():
            if line.startswith("$ escalate "):
                result = run(*shlex.split(line.removeprefix("$ escalate ")))
                said.append(f"{line}\n{result.stdout}{result.stderr}".strip("\n"))
                ran += 1
        return f"```console\n{chr(10).join(said)}\n```"

    happened = BLOCK.sub(happens, text)
    if os.environ.get("UPDATE_GOLDENS"):
        (ROOT / "README.md").write_text(happened, "utf-8")
    assert happened == (ROOT / "README.md").read_text("utf-8")
    assert ran >= 5


def test_the_python(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [b.groups() for b in BLOCK.finditer((ROOT / "README.md").read_text("utf-8"))]
    for _, name, content in blocks:
        if name:
            Path(name).write_text(content, "utf-8")
    (code,) = [content for language, _, content in blocks if language == "python"]
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("escalate manager `high-and-old` holds")


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
