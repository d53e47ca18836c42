"""What stood before the first event, and what stands for events that a source lacks, of a
whole block: `evaluator.origin`, many at once.

Language: "The ticket"; finer points 2 to 4. Also where snapshot and events disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from escalate.batch.coded import ABSENT, Bools, Ints
from escalate.batch.events import KINDS, Events
from escalate.batch.extra import np
from escalate.batch.history import History, Start
from escalate.batch.plan import OVER, whole
from escalate.batch.timers import NONE

__all__ = ["begin", "compare"]

_NO_CHANGE: Final = -2
_Happens = Callable[[History, Ints, Ints], None]


def begin(history: History, start: Start, events: Events | None) -> None:
    """Set the history to what stood before the first event."""
    moved = entered = assigned = np.zeros(history.count, np.bool_)
    changed: Ints | None = None
    if events is not None and events.size:
        _order(history, events)
        moved, entered, assigned, changed = _telling(history, events)
    history.level = _but(start.level, entered, ABSENT)
    history.owner = _but(start.owner, moved, ABSENT)
    history.assignee = _but(start.assignee, moved | assigned, ABSENT)
    resolved_at = start.anchors["resolved_at"]
    given = start.status
    over = (resolved_at != NONE) & OVER.of(history.plan.phase(given))
    if changed is not None:
        over &= changed == _NO_CHANGE
        given = np.where(changed == _NO_CHANGE, given, changed)
    history.status = _but(given, over, ABSENT)
    history.phase = history.plan.phase(history.status)
    history.map_phases(history.every)
    done = whole(OVER.of(history.phase), history.count)
    if history.plan.through:
        history.apart |= done
    for spec, run in zip(history.plan.clocks, history.clocks, strict=True):
        if "created" in spec.starts:
            run.start(
                history.every, history.created, done | history.plan.still(spec, history.status)
            )
    resolved = np.flatnonzero(done)
    if len(resolved):
        history.mark("resolved", resolved, history.created[resolved])
    _stand_ins(history, start, over)


def _order(history: History, events: Events) -> None:
    """Rows whose events are out of order, too early or not to be seen yet are apart."""
    at, rows = events.at, events.rows
    wrong = (at > history.now) | (at < history.created[rows])
    follows = rows[1:] == rows[:-1]
    wrong[1:] |= follows & (at[1:] < at[:-1])
    history.apart |= events.odd
    history.apart[rows[wrong]] = True


def _telling(history: History, events: Events) -> tuple[Bools, Bools, Bools, Ints]:
    """Which rows have moves, entering moves and assignments; and the status before the
    first change of it."""

    def having(*kinds: str) -> Bools:
        found = np.zeros(history.count, np.bool_)
        found[events.rows[np.isin(events.kinds, [KINDS.index(k) for k in kinds])]] = True
        return found

    changed = np.full(history.count, _NO_CHANGE, np.int32)
    turns = np.flatnonzero(events.kinds == KINDS.index("status"))
    if len(turns):
        backwards = turns[::-1]  # the first is written last
        changed[events.rows[backwards]] = events.text("from")[backwards]
    entering = having("entered", "escalated", "returned")
    return entering | having("transferred"), entering, having("assigned"), changed


def _stand_ins(history: History, start: Start, over: Bools) -> None:
    """Instants that stand for events, in order; at one instant the entry comes first."""
    anchors = start.anchors
    stands = history.level != ABSENT
    entry = anchors["level_entered_at"]
    history.assumed = stands & (entry == NONE)
    entry = _but(_but(entry, history.assumed, history.created), ~stands, NONE)
    reply = _but(anchors["first_reply_at"], history.known, NONE)
    resolved = _but(anchors["resolved_at"], ~over, NONE)
    history.apart |= (entry > history.now) | (reply > history.now) | (resolved > history.now)
    once = [_entry, _reply, _resolution(start.status)]
    given = (entry, reply, resolved)
    if not (reply != NONE).any() and not (resolved != NONE).any():
        _stand_in(history, _entry, np.flatnonzero(entry != NONE), entry)
        return
    order = np.argsort(np.stack(given, 1), axis=1, kind="stable")
    for place in range(3):
        for which, happens in enumerate(once):
            at = given[which]
            rows = np.flatnonzero((order[:, place] == which) & (at != NONE) & ~history.apart)
            _stand_in(history, happens, rows, at)


def _stand_in(history: History, happens: _Happens, rows: Ints, at: Ints) -> None:
    if len(rows):
        us = np.maximum(history.at(at, rows), history.at(history.created, rows))
        if len(rows) == history.count:
            history.desk_acted = np.maximum(us, history.desk_acted)
        else:
            history.desk_acted[rows] = np.maximum(us, history.desk_acted[rows])
        happens(history, rows, us)


def _entry(history: History, rows: Ints, us: Ints) -> None:
    history.enter(rows, us)
    history.happen(rows, us, ("entered",))


def _reply(history: History, rows: Ints, us: Ints) -> None:
    history.add("replies.agent", rows)
    history.happen(rows, us, ("agent-reply",))


def _resolution(status: Ints) -> _Happens:
    return lambda history, rows, us: history.turn(rows, us, status[rows])


def compare(history: History, start: Start, events: Events) -> None:
    """Where the snapshot says otherwise than the events, a warning is due."""
    some = events.counts > 0
    for name in ("status", "level", "owner", "assignee"):
        said, happened = getattr(start, name), getattr(history, name)
        history.apart |= some & (said != happened) & (said != ABSENT) & (happened != ABSENT)


def _but(column: Ints, where: Bools, value: Ints | int) -> Ints:
    """A column of one's own, with other values somewhere."""
    made = column.copy()
    if where.any():
        np.copyto(made, value, where=where)
    return made
