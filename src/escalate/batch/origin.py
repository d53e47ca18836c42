"""What stood before the first event, and what stands for events that a source lacks, of a
whole block: `evaluator.origin`, many at once.

Language: "The ticket"; finer points 2 to 4. Also where snapshot and events disagree.
"""

from __future__ import annotations

from collections.abc import Callable

from escalate.batch.coded import ABSENT, Ints, Mask, marked
from escalate.batch.events import Events
from escalate.batch.extra import np
from escalate.batch.history import History, Start
from escalate.batch.kleene import both, either, inverse
from escalate.batch.lent import blank
from escalate.batch.plan import OVER, whole
from escalate.batch.timers import NONE

__all__ = ["begin", "compare"]

_Happens = Callable[[History, Ints, Ints], None]


def begin(history: History, start: Start, events: Events | None) -> None:
    """Set the history to what stood before the first event, seen or not."""
    history.lend(start.level, "level")
    history.lend(start.owner, "owner")
    history.lend(start.assignee, "assignee")
    resolved_at = start.anchors["resolved_at"]
    given = start.status
    over: Mask = False
    if resolved_at is not None:
        over = both(resolved_at != NONE, OVER.of(history.plan.phase(given)))
    if events is not None and events.size:
        _place(history, events)
        changed = events.first_of("status")
        if changed is not None:
            some = changed >= 0
            over = both(over, ~some)
            given = _but(given, some, events.text("from")[changed])
        _before_moves(history, events)
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


def _place(history: History, events: Events) -> None:
    """Which events are seen, and what is odd about when they were."""
    history.apart |= events.odd
    rows, at = events.early
    early = np.unique(rows[at <= history.now])
    history.apart[early[history.unborn[early]]] = True
    history.warn("ESC931", early)
    coming = events.see(history.now)
    history.warn("ESC932", events.disorder)
    if len(coming):
        coming = coming[::-1]  # the first is written last
        history.own("unseen")[events.rows[coming]] = events.at[coming]


def _before_moves(history: History, events: Events) -> None:
    """Where a ticket stood that events have moved: an entering says from which level it came,
    as long as it is still to come; of owners none is known."""
    moved: Mask = False
    entering = events.first_of("entered", "escalated", "returned")
    if entering is not None:
        moved = enters = entering >= 0
        level = _but(history.level, enters, ABSENT)
        later = enters & (events.at[entering] > history.now)
        history.lend(_but(level, later, events.text("from")[entering]), "level")
    transferred, assigned = events.first_of("transferred"), events.first_of("assigned")
    if transferred is not None:
        moved = either(moved, transferred >= 0)
    history.lend(_but(history.owner, moved, ABSENT), "owner")
    if assigned is not None:
        moved = either(moved, assigned >= 0)
    history.lend(_but(history.assignee, moved, ABSENT), "assignee")


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
    entry = _but(entry, inverse(stands), NONE)
    entry = _seen(history, entry)
    given: list[tuple[_Happens, Ints]] = [(_entry, entry)]
    reply, resolved = anchors["first_reply_at"], anchors["resolved_at"]
    if reply is not None and not history.known.all():
        given.append((_reply, _seen(history, _but(reply, history.known, NONE))))
    if resolved is not None and over is not False:
        at = _seen(history, _but(resolved, inverse(over), NONE))
        given.append((_resolution(start.status), at))
    given = [(happens, at) for happens, at in given if at.max(initial=NONE) > NONE]
    if not given:
        return
    if len(given) == 1:
        there = given[0][1] != NONE
        rows = history.every if there.all() else marked(there)
        _stand_in(history, given[0][0], rows, given[0][1])
        return
    order = np.argsort(np.stack([at for _, at in given], 1), axis=1, kind="stable")
    for place in range(len(given)):
        for which, (happens, at) in enumerate(given):
            rows = marked((order[:, place] == which) & (at != NONE) & ~history.apart)
            _stand_in(history, happens, rows, at)


def _seen(history: History, instants: Ints) -> Ints:
    """What stands for events, but for what is still to come."""
    us = np.maximum(instants, history.created)
    if us.max(initial=NONE) <= history.now:
        return instants
    coming = marked((us > history.now) & (instants != NONE))
    if not len(coming):
        return instants
    history.ahead(coming, us[coming])
    made = instants.copy()
    made[coming] = NONE
    return made


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
    """Where the snapshot says otherwise than the last event, a warning is due."""
    entering = ("entered", "escalated", "returned")
    to, owner = events.text("to"), events.text("owner")
    handed = np.where(events.of("transferred"), to, ABSENT)
    owners = np.where(owner == ABSENT, handed, owner)
    given = np.where(events.of("assigned"), to, events.text("assignee"))
    for said, last, happened in (
        (start.status, events.last_of("status"), to),
        (start.level, events.last_of(*entering), to),
        (start.owner, events.last_of(*entering, "transferred"), owners),
        (start.assignee, events.last_of(*entering, "transferred", "assigned"), given),
    ):
        if last is not None:
            rows = marked((last >= 0) & (said != ABSENT))
            told = happened[last[rows]]
            history.warn("ESC936", rows[(told != ABSENT) & (told != said[rows])])


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
