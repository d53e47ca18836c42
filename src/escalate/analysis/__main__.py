"""Writes the catalogue of findings anew: ``python -m escalate.analysis [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path

from escalate.analysis.catalogue import catalogue


def main(file: str = "docs/checks.md") -> None:
    """Write the document."""
    Path(file).write_bytes(catalogue().encode())


if __name__ == "__main__":
    main(*sys.argv[1:2])
