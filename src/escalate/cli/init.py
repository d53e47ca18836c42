"""`escalate init`: a policy to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from escalate.policy.file_name import POLICY_SUFFIX

__all__ = ["command"]

_NAME: Final = "my-desk"
_ENDINGS: Final = (POLICY_SUFFIX, ".yaml", ".yml")


@click.command("init", short_help="Write a commented policy to start from.")
@click.argument(
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=f"{_NAME}{POLICY_SUFFIX}",
    metavar="[FILE]",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def command(ctx: click.Context, file: Path, force: bool) -> None:
    """Write a commented policy into FILE (my-desk.escalation.yaml), to be changed to your needs.

    It is named after the file. With `-` as FILE it goes to standard output.
    """
    from importlib.resources import files

    text = files("escalate.cli").joinpath("starter.escalation.yaml").read_text("utf-8")
    if str(file) == "-":
        ctx.obj.print(text.rstrip("\n"))
        return
    text = text.replace(f"\nname: {_NAME}\n", f"\nname: {_named(file)}\n")
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise click.UsageError(f"`{file}` is already there; `--force` writes over it") from None
    except OSError as error:
        from escalate.cli.files import cannot_write

        raise cannot_write(str(file), error) from None
    ctx.obj.print(f"wrote {file}")
    ctx.obj.print(f"now try: escalate check {file}")


def _named(file: Path) -> str:
    """The name of a policy in this file, as YAML: two policies of one folder need two."""
    import json

    from escalate.policy.source import read_source

    name = next((file.name.removesuffix(e) for e in _ENDINGS if file.name.endswith(e)), file.stem)
    for written in (name, json.dumps(name, ensure_ascii=False)):
        source = read_source(f"name: {written}\n".encode("utf-8", "replace"), "<name>")
        if not source.diagnostics and source.data == {"name": name} and 0 < len(name) <= 200:
            return written
    return _NAME
