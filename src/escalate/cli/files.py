"""Files that cannot be opened, in our own words."""

from __future__ import annotations

from escalate.beside import near_file
from escalate.errors import EscalateError

__all__ = ["cannot_open", "cannot_write", "why_not"]


def why_not(file: str, error: OSError) -> str:
    """One line: the file, what is wrong with it, and the name that was perhaps meant."""
    match error:
        case FileNotFoundError():
            near = near_file(file)
            return f"`{file}`: there is no such file" + (
                f"; did you mean `{near}`?" if near else ""
            )
        case IsADirectoryError():
            why = "it is a folder"
        case PermissionError():
            why = "it may not be opened"
        case _:
            why = (error.strerror or "it cannot be opened").lower()
    return f"`{file}`: {why}"


def cannot_open(file: str, error: OSError) -> EscalateError:
    """What is raised for a file that cannot be read."""
    return EscalateError(why_not(file, error))


def cannot_write(file: str, error: OSError) -> EscalateError:
    """What is raised for a file that cannot be written: what is missing is its folder."""
    if isinstance(error, FileNotFoundError):
        return EscalateError(f"`{file}`: there is no such folder")
    return EscalateError(why_not(file, error))
