"""What the author sees. `UPDATE_GOLDENS=1` writes the goldens anew; review the difference."""

import os
import re
from pathlib import Path

import pytest

from escalate.analysis.checks import CHECKS
from escalate.policy.loader import load_text
from escalate.policy.render import concise, render
from escalate.rules import codes

FOLDER = Path(__file__).parents[1] / "golden" / "policy"
CASES = sorted(FOLDER.glob("*.yaml"))

#: Told of files and folders, of what is installed, or of too much: what authors see of these
#: is in tests/checking/test_files.py. The last two only decisions tell.
ELSEWHERE = {"ESC134", "ESC135", "ESC218", "ESC223", "ESC224", "ESC225", "ESC228", "ESC516"}
ELSEWHERE |= {"ESC522", "ESC523", "ESC625", "ESC630", "ESC631"}

#: No word of the host language ever reaches an author.
PYTHON = re.compile(
    r"\b(dict|dictionary|str|string|int|integer|bool|boolean|float|tuple|None|NoneType|NaN"
    r"|True|False|pydantic|model|validator|discriminator|literal|instance|callable)\b"
)


def seen(case):
    loaded = load_text(case.read_bytes(), case.name)
    texts = {case.name: loaded.source.text}
    parts = [render(d, texts.get) for d in loaded.diagnostics]
    parts.append("\n".join(concise(d) for d in loaded.diagnostics))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case):
    golden = case.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_bytes(seen(case).encode())
    assert seen(case) == golden.read_bytes().decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_messages_are_for_authors(case):
    for d in load_text(case.read_bytes(), case.name).diagnostics:
        assert d.place is not None, d
        assert d.help, d
        assert d.place.line > 1 or d.place.column >= 1
        assert d.message[0].islower() or d.message[0] == "`", d.message
        assert not d.message.endswith("."), d.message
        assert "\n" not in d.message, d.message
        plain = re.sub(r"`[^`]*`", "", f"{d.message} {d.help or ''}")
        assert not PYTHON.search(plain), d


def test_every_code_of_policies_is_seen():
    found = {d.code for case in CASES for d in load_text(case.read_bytes(), case.name).diagnostics}
    known = {code for code in codes() if "ESC200" < code < "ESC800"} - {c for c, *_ in CHECKS}
    assert known - found == ELSEWHERE & known
    assert {g.stem for g in FOLDER.glob("*.txt")} == {c.stem for c in CASES}
