"""How much text one policy may be. Language: "The text"."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DEEPEST_JSON", "LONGEST_NUMBER", "Limits"]

#: Characters in one number. Python itself refuses integers of 4,300 digits with an
#: error of its own, and nothing that a desk counts needs a hundred.
LONGEST_NUMBER = 100

#: Lists and objects inside one another in JSON. Python's own limit depends on how
#: deep the caller stands; this one is the same everywhere.
DEEPEST_JSON = 100


class Limits(NamedTuple):
    """The most that is read; each limit has a diagnostic of its own.

    ``bytes`` is the length of the file in UTF-8, ``depth`` the number of lists and
    mappings inside one another (the outermost is 1), ``nodes`` the number of lists,
    mappings, keys and values together.
    """

    bytes: int = 1024 * 1024
    depth: int = 32
    nodes: int = 100_000
