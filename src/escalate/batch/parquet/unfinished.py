"""A run that is not finished: a folder beside the target with what it decides and the parts
that are done. A part is there whole or not at all, so nothing else has to be remembered."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from escalate.batch.extra import pa
from escalate.batch.parquet.summary import Summary
from escalate.batch.parquet.whole import WRITING, keep_names, written_whole
from escalate.errors import EscalateError

__all__ = ["KEY", "SNAPSHOT", "TOLD", "Unfinished", "begun_at"]

KEY: Final = "escalate.run"
TOLD: Final = "escalate.part"
SNAPSHOT: Final = "_tickets.parquet"
"""What a query gave when it was asked. A run that is interrupted goes on with these rows,
whatever has happened to the database."""

_MANIFEST: Final = "_escalate.json"
_LOCK: Final = "_escalate.lock"


def _folder(target: Path) -> Path:
    return target.with_name(f"{target.name}.unfinished")


def begun_at(target: str | os.PathLike[str]) -> str | None:
    """The instant as of which an unfinished run for this target decides, if there is one."""
    found = _read(_folder(Path(target).resolve()))
    now = None if found is None else found.get("now")
    return now if isinstance(now, str) else None


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        said = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


class Unfinished:
    """The folder of a run, begun or found again.

    Raises:
        EscalateError: it belongs to a run of something else, or somebody is at it.
        OSError: it cannot be written.
    """

    def __init__(self, target: Path, run: Mapping[str, str]) -> None:
        self.target = target
        self.folder = _folder(target)
        text = json.dumps(run, indent=1, sort_keys=True)
        self.key = hashlib.sha256(text.encode()).hexdigest()[:32]
        self.folder.mkdir(exist_ok=True)
        self._lock = _locked(self.folder / _LOCK)
        try:
            begun = _read(self.folder)
            if begun is None:
                self._clear()
                with written_whole(self.folder / _MANIFEST) as out:
                    out.write(text.encode())
            else:
                self._compare(begun, run)
                self._clear(f".*{WRITING}")
        except BaseException:
            self.leave()
            raise

    def _compare(self, begun: Mapping[str, Any], run: Mapping[str, str]) -> None:
        for name, value in run.items():
            if begun.get(name) != value:
                raise EscalateError(
                    f"`{self.folder}` holds an unfinished run with another {_CALLED[name]}; "
                    "give what it was begun with, or remove that folder to begin anew"
                )

    def _clear(self, pattern: str = "*") -> None:
        for path in self.folder.glob(pattern):
            if path.name != _LOCK:
                path.unlink()

    def part(self, number: int) -> Path:
        """Where the decisions of a piece are, when they are done."""
        return self.folder / f"part-{number:06}.parquet"

    def done(self, number: int, rows: int) -> Summary | None:
        """What a part that is done says of itself; ``None`` where it is none of this run."""
        import pyarrow.parquet as pq

        path = self.part(number)
        try:
            footer = pq.read_metadata(path)
            told = footer.metadata or {}
            if told.get(KEY.encode()) == self.key.encode() and footer.num_rows == rows:
                return Summary.from_text(told[TOLD.encode()])
        except (OSError, ValueError, KeyError, pa.ArrowException):
            pass
        with suppress(FileNotFoundError):
            path.unlink()
        return None

    def finished(self) -> None:
        """The target is there: nothing of this is needed any more."""
        self.leave()
        shutil.rmtree(self.folder, ignore_errors=True)

    def becomes_target(self) -> None:
        """The folder itself becomes the target."""
        (self.folder / _LOCK).unlink()
        os.replace(self.folder, self.target)
        keep_names(self.target.parent)
        with suppress(FileNotFoundError):
            (self.target / SNAPSHOT).unlink()
        self.leave()

    def leave(self) -> None:
        """Let others go on with it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


_CALLED: Final = {
    "input": "input",
    "policy": "policy",
    "desk": "desk",
    "now": "instant (`now`)",
    "full": "choice of whole decisions",
    "columns": "way of deciding",
    "version": "version of escalate",
}


def _locked(path: Path) -> int | None:
    """A lock that goes with the process; ``None`` on systems that have none."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise EscalateError(f"`{path.parent}`: another process is at this run") from None
    return descriptor
