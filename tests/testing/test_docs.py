"""What docs/testing.md shows is what happens. `UPDATE_GOLDENS=1` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from escalate.policy.source import read_source
from escalate.testing.events import SHORT
from escalate.testing.expectations import EXPECTED
from escalate.testing.layout import FILE, MOMENT, TEST

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "testing.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    for page in ((ROOT / "README.md").read_text("utf-8"), text):
        for language, name, content in BLOCK.findall(page):
            if language == "yaml" and name:
                Path(name).write_text(content, "utf-8")
    ran = 0

    def happens(block: re.Match[str]) -> str:
        nonlocal ran
        language, _, content = block.groups()
        if language != "console":
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
        PAGE.write_text(happened, "utf-8")
    assert happened == PAGE.read_text("utf-8")
    assert ran == 3


@pytest.mark.parametrize("words", [EXPECTED, SHORT, FILE.keys, TEST.keys, MOMENT.keys], ids=len)
def test_every_word_is_on_the_page(words: dict[str, object]) -> None:
    text = BLOCK.sub("", PAGE.read_text("utf-8"))
    named = set(re.findall(r"[a-z][a-z_-]+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert set(words) - named - {"description"} == set()


def test_the_other_blocks_are_yaml() -> None:
    for language, name, content in BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "yaml" and not name:
            assert read_source(content).diagnostics == ()
