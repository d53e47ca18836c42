"""The garbage collector stands still while a policy is read.

Tens of thousands of containers come into being, nearly all of them to stay, and no circle
among them: to look through them again and again is a third of the time. What is read at
once is bounded by the limits of the text.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Leaves the collector as it was before."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
