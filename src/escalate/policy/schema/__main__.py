"""Writes what follows from the models anew, the published schemas and the core schemas of the
light models: ``python -m escalate.policy.schema``."""

from __future__ import annotations

from pathlib import Path

from escalate.policy.schema import NAMES
from escalate.policy.schema.core import core_schemas
from escalate.policy.schema.generate import generated


def main() -> None:
    """Write every schema to its place."""
    for name in NAMES:
        Path(__file__).with_name(f"{name}.v1.json").write_bytes(generated(name).encode())
    Path(__file__).parents[1].joinpath("core_schemas.py").write_bytes(core_schemas().encode())


if __name__ == "__main__":
    main()
