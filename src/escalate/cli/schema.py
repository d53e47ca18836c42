"""`escalate schema`: the JSON Schema that editors and other programs may use."""

from __future__ import annotations

import json
from typing import Final

import click

__all__ = ["command"]

NAMES: Final = ("policy", "ticket", "decision", "test")


@click.command("schema", short_help="Print a JSON Schema, for editors.")
@click.argument("name", default="policy", metavar="[policy|ticket|decision|test]")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Print the JSON Schema (draft 7) of policies, of tickets, of decisions or of test files;
    without a name, that of policies.
    """
    if name not in NAMES:
        from escalate.errors import did_you_mean

        near = did_you_mean(name, NAMES)
        hint = f"did you mean `{near}`?" if near else "there are: " + ", ".join(NAMES)
        raise click.UsageError(f"there is no schema `{ctx.obj.plain(name)}`; {hint}")
    if name == "test":
        from escalate.testing.schema import schema as tests

        said = tests()
    else:
        from escalate.policy.schema import schema

        said = schema(name)
    ctx.obj.print(json.dumps(said, indent=2, ensure_ascii=True))
