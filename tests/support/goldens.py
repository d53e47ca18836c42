"""What people see, kept in files: `UPDATE_GOLDENS=1` writes them anew, and their difference is
read in review."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from escalate.errors import Diagnostic
from escalate.policy.render import concise, render

BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of a page: its language, the name of its file, if it has one, and what it holds."""

PYTHON = re.compile(
    r"\b(dict|dictionary|str|string|int|integer|bool|boolean|float|tuple|None|NoneType|NaN"
    r"|True|False|pydantic|model|validator|discriminator|literal|instance|callable|Traceback)\b"
)
"""Words of the host language, none of which ever reaches an author."""


def golden(file: Path, seen: str) -> None:
    """What is seen is what the file holds."""
    if os.environ.get("UPDATE_GOLDENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(seen.encode())
    assert seen == file.read_bytes().decode()


def rendered(found: Sequence[Diagnostic], text_of: Callable[[str], str | None]) -> str:
    """Findings in full, and once more in a line each."""
    parts = [render(d, text_of) for d in found]
    parts.append("\n".join(map(concise, found)))
    return "\n\n".join(parts) + "\n"


def printed(args: str, result) -> str:
    """A command, what it said, and how it ended."""
    said = f"$ escalate {args}\n{result.stdout}"
    if result.stderr:
        said += f"---- standard error\n{result.stderr}"
    return f"{said}---- exit code {result.exit_code}\n"


def nothing_raw(folder: Path) -> None:
    """No golden of a folder has a character that a terminal would obey, but for colours."""
    for file in folder.glob("*.txt"):
        text = file.read_text("utf-8")
        if "colour" in file.stem:
            text = re.sub("\x1b\\[[0-9;]*m", "", text)
        assert not {c for c in text if c != "\n" and not c.isprintable()}, file


def for_authors(found: Diagnostic) -> None:
    """A finding has a place and a help, and says what it says as messages do."""
    message = found.message
    assert found.place is not None, found
    assert found.help, found
    assert message[0].islower() or message[0] == "`", message
    assert not message.endswith("."), message
    assert "\n" not in message, message
    assert not PYTHON.search(without_quotes(f"{message} {found.help}")), found


def without_quotes(text: str) -> str:
    """A text without what somebody wrote."""
    return re.sub(r"`[^`]*`", "", text)


def happens(page: Path, run) -> int:
    """What a page shows of commands is what they say; how many there are."""
    ran = 0

    def told(block: re.Match[str]) -> str:
        nonlocal ran
        language, _, content = block.groups()
        if language != "console" or not content.startswith("$ escalate"):
            return block.group()
        said = []
        for line in content.splitlines():
            if line.startswith("$ escalate "):
                result = run(*shlex.split(line.removeprefix("$ escalate ")))
                said.append(f"{line}\n{result.stdout}{result.stderr}".strip("\n"))
                ran += 1
        return f"```console\n{chr(10).join(said)}\n```"

    golden(page, BLOCK.sub(told, page.read_text("utf-8")))
    return ran


def write_files(page: Path) -> None:
    """The files that a page shows by name, written where we are."""
    for _, name, content in BLOCK.findall(page.read_text("utf-8")):
        if name:
            Path(name).write_text(content, "utf-8")
