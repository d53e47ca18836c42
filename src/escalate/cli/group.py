"""The command `escalate`, whose commands are imported when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from escalate.cli.terminal import COLOURS, Terminal
from escalate.errors import EscalateError

__all__ = ["cli"]

COMMANDS: Final = (
    "calendar",
    "check",
    "decide",
    "explain",
    "fmt",
    "init",
    "oncall",
    "rule",
    "schema",
    "test",
)

INTERRUPTED: Final = 130
NOBODY_READS: Final = 141


class Commands(click.Group):
    """Commands by name, each in the module of that name; whatever happens ends in one line
    and a code of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"escalate.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from escalate.errors import did_you_mean
            from escalate.policy.excerpt import visible

            near = did_you_mean(name, COMMANDS)
            hint = f"did you mean `{near}`?" if near else "there are: " + ", ".join(COMMANDS)
            ctx.fail(f"there is no command `{visible(name)}`; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (click.exceptions.Exit, click.UsageError):
            raise
        except click.ClickException as error:
            error.show()
            ctx.exit(2)
        except BrokenPipeError:
            _forget_stdout()
            ctx.exit(NOBODY_READS)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except EscalateError as error:
            _say_or_show(ctx, error)
            ctx.exit(2)
        except Exception as error:
            if os.environ.get("ESCALATE_DEBUG"):
                raise
            _say(f"internal error: {type(error).__name__}: {error}")
            _say("this is a fault of escalate; ESCALATE_DEBUG=1 shows where it happened")
            ctx.exit(2)
        return result


def _say_or_show(ctx: click.Context, error: EscalateError) -> None:
    """Every finding that the error holds; of one that holds none, a line."""
    found = getattr(error, "diagnostics", ())
    if not found:
        _say(str(error))
        return
    from escalate.cli.findings import print_findings

    print_findings(ctx.obj, found, err=True)


def _say(message: str) -> None:
    from escalate.policy.excerpt import visible

    lines = [visible(line) for line in message.split("\n")]
    click.echo("\n".join([f"escalate: {lines[0]}", *lines[1:]]), err=True)


def _forget_stdout() -> None:
    """Whoever read our output has gone; keep Python from complaining when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"escalate {version('escalate')}")
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and exit.",
)
@click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(COLOURS),
    default="auto",
    show_default=True,
    help="Colour: on a terminal, always, or never.",
)
@click.pass_context
def cli(ctx: click.Context, colour: str) -> None:
    """Escalation policies as files: who takes a ticket next, by when, and why."""
    ctx.obj = Terminal(colour)
