"""What a policy derives of a block's tickets: fields that they do not give themselves."""

from __future__ import annotations

from escalate.batch.block import Block
from escalate.batch.coded import Coding
from escalate.batch.conditions import Choice
from escalate.batch.extra import np
from escalate.batch.kleene import Lacks
from escalate.batch.sheet import Texts
from escalate.batch.unfit import UnfitError

__all__ = ["derive"]


def derive(block: Block, name: str, choice: Choice, lacks: Lacks) -> None:
    """A field is what its cases give, where the ticket does not give it."""
    place = block.place(name)
    if place in ("numbers", "lists"):
        raise UnfitError(f"`{name}` is derived and no text")
    if place == "absent":
        codes, values = np.zeros(block.count, np.int32), list[object]()
        absent = np.ones(block.count, np.bool_)
    else:
        given, coding = block.texts(name)
        codes, values = given.astype(np.int32), list(coding.values)
        absent = codes >= len(values)
    nothing = len(values) + len(choice.values)
    codes = np.where(absent, nothing, codes)
    for n, which in choice.choose(block, np.flatnonzero(absent), lacks):
        if n >= 0 and choice.values[n][0] is not None:
            codes[which] = len(values) + n
    made = [use for use, _ in choice.values]
    block.derive(name, Texts(codes, Coding([*values, *made], True)))
