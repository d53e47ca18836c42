"""Work for all cores: how many there are, and processes that leave Ctrl-C to us."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["cores", "go_with_parent", "ignore_interrupts", "interrupts_held"]


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def ignore_interrupts() -> None:
    """In a process of a pool: the first one ends it. Where they could not be held."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def go_with_parent() -> None:
    """In a process of a pool: end when the first one has been killed, and could not say so."""
    import multiprocessing
    import threading

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def interrupts_held() -> Iterator[None]:
    """A process that begins in here never sees Ctrl-C: the first one ends the others."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
