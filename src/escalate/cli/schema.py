"""`escalate schema`: the JSON Schema that editors and other programs may use."""

from __future__ import annotations

import json

import click

__all__ = ["command"]


@click.command("schema", short_help="Print a JSON Schema, for editors.")
@click.argument("name", type=click.Choice(["policy", "ticket", "decision"]), default="policy")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Print the JSON Schema (draft 7) of policies, of tickets or of decisions."""
    from escalate.policy.schema import schema

    ctx.obj.print(json.dumps(schema(name), indent=2, ensure_ascii=True))
