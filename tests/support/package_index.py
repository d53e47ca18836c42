"""Whether pip can install what is not here yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

__all__ = ["need_package_index"]


def need_package_index(folder: Path) -> None:
    """Go on where pip reaches an index; else skip the test, and fail it in the CI."""
    asked = ["-m", "pip", "download", "--quiet", "--no-deps", "--timeout", "10", "hatchling"]
    done = subprocess.run(
        [sys.executable, *asked, "--dest", str(folder / "downloaded")],
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        return
    if os.environ.get("CI"):
        pytest.fail("pip reaches no package index")
    pytest.skip("pip reaches no package index")
