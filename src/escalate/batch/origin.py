"""What stood before the first event, and what stands for events that a source lacks, of a
whole block: `evaluator.origin`, many at once.

Language: "The ticket"; finer points 2 to 4. Also where snapshot and events disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from escalate.batch.coded import ABSENT, Ints, Mask, marked
from escalate.batch.events import Events
from escalate.batch.extra import np
from escalate.batch.history import History, Start
from escalate.batch.kleene import both, either, inverse
from escalate.batch.lent import blank
from escalate.batch.plan import OVER, whole
from escalate.batch.timers import NONE

__all__ = ["begin", "compare"]

_NO_CHANGE: Final = -2
_Happens = Callable[[History, Ints, Ints], None]


def begin(history: History, start: Start, events: Events | None) -> None:
    """Set the history to what stood before the first event."""
    moved: Mask = False
    entered: Mask = False
    assigned: Mask = False
    changed: Ints | None = None
    if events is not None and events.size:
        _order(history, events)
        moved, entered, assigned, changed = _telling(history, events)
    history.lend(_but(start.level, entered, ABSENT), "level")
    history.lend(_but(start.owner, moved, ABSENT), "owner")
    history.lend(_but(start.assignee, either(moved, assigned), ABSENT), "assignee")
    resolved_at = start.anchors["resolved_at"]
    given = start.status
    over: Mask = False
    if resolved_at is not None:
        over = both(resolved_at != NONE, OVER.of(history.plan.phase(given)))
    if changed is not None:
        over = both(over, changed == _NO_CHANGE)
        given = np.where(changed == _NO_CHANGE, given, changed)
    history.lend(_but(given, over, ABSENT), "status")
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
    resolved = marked(done)
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


def _telling(history: History, events: Events) -> tuple[Mask, Mask, Mask, Ints | None]:
    """Which rows have moves, entering moves and assignments; and the status before the
    first change of it, if there is any."""

    def having(*kinds: str) -> Mask:
        which = events.of(*kinds)
        if not which.any():
            return False
        found = np.zeros(history.count, np.bool_)
        found[events.rows[which]] = True
        return found

    changed: Ints | None = None
    turns = marked(events.of("status"))
    if len(turns):
        changed = np.full(history.count, _NO_CHANGE, np.int32)
        backwards = turns[::-1]  # the first is written last
        changed[events.rows[backwards]] = events.text("from")[backwards]
    entering = having("entered", "escalated", "returned")
    return either(entering, having("transferred")), entering, having("assigned"), changed


def _stand_ins(history: History, start: Start, over: Mask) -> None:
    """Instants that stand for events, in order; at one instant the entry comes first."""
    anchors = start.anchors
    stands = history.level != ABSENT
    entry = anchors["level_entered_at"]
    if entry is None:
        entry, history.assumed = history.created, stands
    else:
        history.assumed = stands & (entry == NONE)
        entry = _but(entry, history.assumed, history.created)
    history.apart |= stands & (entry > history.now)
    nothing = blank(history.count, NONE, "i8")
    replied, resolved_at = anchors["first_reply_at"], anchors["resolved_at"]
    reply = nothing if replied is None else _but(replied, history.known, NONE)
    resolved = nothing if resolved_at is None else _but(resolved_at, inverse(over), NONE)
    if not (reply > NONE).any() and not (resolved > NONE).any():
        rows = history.every if stands.all() else marked(stands)
        _stand_in(history, _entry, rows, entry)
        return
    history.apart |= (reply > history.now) | (resolved > history.now)
    once = [_entry, _reply, _resolution(start.status)]
    given = (_but(entry, ~stands, NONE), reply, resolved)
    order = np.argsort(np.stack(given, 1), axis=1, kind="stable")
    for place in range(3):
        for which, happens in enumerate(once):
            at = given[which]
            rows = marked((order[:, place] == which) & (at != NONE) & ~history.apart)
            _stand_in(history, happens, rows, at)


def _stand_in(history: History, happens: _Happens, rows: Ints, at: Ints) -> None:
    if len(rows):
        us = np.maximum(history.at(at, rows), history.at(history.created, rows))
        if len(rows) == history.count:
            acted = history.desk_acted
            history.lend(us if acted is history.created else np.maximum(us, acted), "desk_acted")
        else:
            history.own("desk_acted")[rows] = np.maximum(us, history.desk_acted[rows])
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
    rows = events.some
    for name in ("status", "level", "owner", "assignee"):
        said, happened = getattr(start, name), getattr(history, name)
        if said is not happened:
            said, happened = said[rows], happened[rows]
            unlike = (said != happened) & (said != ABSENT) & (happened != ABSENT)
            history.apart[rows[unlike]] = True


def _but(column: Ints, where: Mask, value: Ints | int) -> Ints:
    """The column, or one like it that has other values somewhere."""
    if where is True:
        kind = column.dtype.str
        return value if isinstance(value, np.ndarray) else blank(len(column), value, kind)
    rows = np.empty(0, np.int64) if where is False else marked(where)
    if not len(rows):
        return column
    made = column.copy()
    made[rows] = value[rows] if isinstance(value, np.ndarray) else value
    return made
