"""`escalate init`: a policy to start from."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("init", short_help="Write a commented policy to start from.")
@click.argument(
    "file", type=click.Path(dir_okay=False, path_type=Path), default="my-desk.escalation.yaml"
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def command(ctx: click.Context, file: Path, force: bool) -> None:
    """Write a commented policy into FILE (my-desk.escalation.yaml), to be changed to your needs.

    With `-` as FILE it goes to standard output.
    """
    from importlib.resources import files

    text = files("escalate.cli").joinpath("starter.escalation.yaml").read_text("utf-8")
    if str(file) == "-":
        ctx.obj.print(text.rstrip("\n"))
        return
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise click.UsageError(f"`{file}` is already there; `--force` writes over it") from None
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from None
    ctx.obj.print(f"wrote {file}")
    ctx.obj.print(f"now try: escalate check {file}")
