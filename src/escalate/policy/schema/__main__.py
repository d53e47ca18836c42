"""Writes the published schemas anew: ``python -m escalate.policy.schema``."""

from __future__ import annotations

from pathlib import Path

from escalate.policy.schema import NAMES
from escalate.policy.schema.generate import generated


def main() -> None:
    """Write every schema beside this file."""
    for name in NAMES:
        Path(__file__).with_name(f"{name}.v1.json").write_bytes(generated(name).encode())


if __name__ == "__main__":
    main()
