"""`escalate rule`: the page of a code."""

from __future__ import annotations

import click

from escalate.cli.terminal import Terminal

__all__ = ["command"]


@click.command("rule", short_help="Say what the code of a finding means.")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="List every code with its title.")
@click.pass_context
def command(ctx: click.Context, code: str | None, every: bool) -> None:
    """Print what a finding's CODE (such as ESC103) means and how to mend it."""
    from escalate.errors import did_you_mean
    from escalate.policy.excerpt import visible
    from escalate.rules import codes, page, title

    terminal: Terminal = ctx.obj
    if every:
        for known in codes():
            terminal.print(f"{terminal.paint(known, 'head')}  {title(known)}")
        return
    if code is None:
        raise click.UsageError("which code? `escalate rule --all` lists them")
    text = page(code)
    if text is None:
        near = did_you_mean(code, codes())
        hint = f"did you mean `{near}`?" if near else "`escalate rule --all` lists them"
        raise click.UsageError(f"there is no code `{visible(code)}`; {hint}")
    for line in text.rstrip("\n").split("\n"):
        terminal.print(terminal.paint(line, "head") if line.startswith("#") else line)
