"""The command `escalate` of this Python and these sources, for programs that look for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def with_escalate(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment in which `escalate` is found in ``folder``, and is the one tested here."""
    folder.mkdir(exist_ok=True)
    command = folder / "escalate"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m escalate "$@"\n')
    command.chmod(0o755)
    path = f"{folder}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return {**environment, "PATH": path, "PYTHONPATH": str(ROOT / "src")}
