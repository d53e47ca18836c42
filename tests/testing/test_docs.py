"""What docs/testing.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalate.policy.source import read_source
from escalate.testing.events import SHORT
from escalate.testing.expectations import EXPECTED
from escalate.testing.layout import FILE, MOMENT, TEST
from support.goldens import BLOCK, happens, write_files

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "testing.md"


def test_the_page(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for page in (ROOT / "README.md", PAGE):
        write_files(page)
    assert happens(PAGE, run) == 3


@pytest.mark.parametrize("words", [EXPECTED, SHORT, FILE.keys, TEST.keys, MOMENT.keys], ids=len)
def test_every_word_is_on_the_page(words: dict[str, object]) -> None:
    text = BLOCK.sub("", PAGE.read_text("utf-8"))
    named = set(re.findall(r"[a-z][a-z_-]+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert set(words) - named - {"description"} == set()


def test_the_other_blocks_are_yaml() -> None:
    for language, name, content in BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "yaml" and not name:
            assert read_source(content).diagnostics == ()
