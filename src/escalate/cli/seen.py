"""Remembers which texts were checked and found without fault, so that a check of the same
texts by the same program answers at once: most of the time of a check is loading it.

Only clean results are remembered, as empty files named by a digest of all that they
depend on, in the user's cache folder. Texts that name other files are never remembered.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from escalate.policy.file_name import POLICY_SUFFIX, TEST_SUFFIX

__all__ = ["digest", "is_clean", "remember"]

MOST: Final = 500
"""Results kept; the oldest go."""

_LONGEST: Final = 1024 * 1024

_NAMES_OTHERS: Final = re.compile(rb"include|(?<![A-Za-z])ical(?![A-Za-z])|\\[xuU]")
"""What brings in other files: `include`, holidays from iCalendar, or something escaped."""


def digest(files: Iterable[str], when: str = "", *, settings: bool = True) -> str | None:
    """What tells a check of these files apart from any other; None if it must be made.
    ``when`` is what of the present it depends on; with ``settings``, so it does on those of
    the projects that the files belong to."""
    told = hashlib.sha256()
    files = list(files)
    try:
        settled = _settings(files) if settings else ()
        for part in (*_program(), when.encode(), *settled, *_texts(files)):
            told.update(f"{len(part)}:".encode() + part)
    except (OSError, ValueError):
        return None
    return told.hexdigest()


def is_clean(key: str) -> bool:
    """Whether a check with this digest found nothing."""
    try:
        return os.path.isfile(os.path.join(_folder(), key))
    except OSError:
        return False


def remember(key: str) -> None:
    """A check with this digest found nothing. Where that cannot be kept, it is not."""
    with suppress(OSError):
        folder = _folder()
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, key), "wb"):
            pass
        kept = list(os.scandir(folder))
        if len(kept) > MOST:
            for old in sorted(kept, key=lambda entry: entry.stat().st_mtime)[: -MOST // 2]:
                os.unlink(old)


def _folder() -> str:
    """The user's cache folder for it. Raises ``OSError`` where there is none."""
    own = os.environ.get("ESCALATE_CACHE_DIR")
    if own:
        return os.path.join(own, "checked")
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    base = base or os.path.expanduser(os.path.join("~", ".cache"))
    if base.startswith("~"):
        raise OSError("nobody's home is known")
    return os.path.join(base, "escalate", "checked")


def _texts(files: Iterable[str]) -> Iterator[bytes]:
    """The contents, and which belong to one folder. Raises ``ValueError`` where more than
    they decides."""
    for file in files:
        if file == "-" or file.endswith(TEST_SUFFIX):
            raise ValueError("standard input, or tests of a policy")
        inside = os.path.isdir(file)
        yield b"folder" if inside else b"file"
        names = sorted(os.listdir(file)) if inside else []
        policies = [os.path.join(file, name) for name in names if name.endswith(POLICY_SUFFIX)]
        for each in policies if inside else [file]:
            with open(each, "rb") as stream:
                content = stream.read(_LONGEST + 1)
            if _NAMES_OTHERS.search(content) or len(content) > _LONGEST:
                raise ValueError("depends on more")
            yield content


def _settings(files: Iterable[str]) -> Iterator[bytes]:
    """The settings that hold for the files."""
    from escalate.checking.nearest import nearest

    for file in files:
        found = nearest(file if os.path.isdir(file) else os.path.dirname(file))
        if found is not None:
            # The file is named, too: patterns may be about it.
            yield from (os.fsencode(found[0]), found[1], os.fsencode(os.path.abspath(file)))


def _program() -> Iterator[bytes]:
    """Python, what is installed, and our own files."""
    yield sys.version.encode()
    for entry in sys.path:
        if os.path.isdir(entry):
            installed = (n for n in os.listdir(entry) if n.endswith((".dist-info", ".egg-info")))
            yield "\n".join(sorted(installed)).encode()
    told = sorted(_sources(os.path.dirname(os.path.dirname(__file__))))
    yield "\n".join(told).encode("utf-8", "surrogateescape")


def _sources(folder: str) -> Iterator[str]:
    """What tells that a file of ours is another now."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json")):
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _sources(entry.path)
