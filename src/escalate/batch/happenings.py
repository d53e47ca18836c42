"""What events do to what is known of a block's tickets: `evaluator.happenings`, many at once.

The first event of every row, then the second of every row that has one, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from escalate.batch.coded import ABSENT, Ints, marked
from escalate.batch.events import KINDS, Events
from escalate.batch.extra import np
from escalate.batch.history import History, Start
from escalate.batch.origin import begin, compare
from escalate.batch.plan import Plan

__all__ = ["look_back"]

_REQUESTS: Final = 4
"""So many requests of a ticket are kept in columns."""
_TELLING: Final = ("remind", "warn", "ask", "notify")


def look_back(plan: Plan, start: Start, events: Events | None, now: int) -> History:
    """What the snapshots and the events of a block say at ``now``."""
    history = History(plan, start, None if events is None else events.known, now)
    begin(history, start, events)
    if events is not None and events.size:
        _pass(history, events)
        compare(history, start, events)
    return history


def _pass(history: History, events: Events) -> None:
    having = events.some[~history.apart[events.some]]
    counts = events.seen[having]
    for place in range(int(counts.max(initial=0))):
        rows = having[counts > place]
        at = events.first[rows] + place
        by_hand = events.by_hand[at]
        history.own("idle")[rows[by_hand]] = events.at[at[by_hand]]
        kinds = events.kinds[at]
        for kind in marked(np.bincount(kinds) > 0).tolist():
            chosen = kinds == kind
            whole = bool(chosen.all())
            happens = _HAPPENINGS.get(KINDS[kind])
            if happens is not None:
                which, where = (rows, at) if whole else (rows[chosen], at[chosen])
                happens(history, events, which, where)


def _entering(history: History, events: Events, rows: Ints, at: Ints) -> None:
    us, kind = events.at[at], KINDS[int(events.kinds[at[0]])]
    _moved(history, events, rows, at)
    history.own("level")[rows] = events.text("to")[at]
    history.own("owner")[rows] = events.text("owner")[at]
    history.own("assignee")[rows] = events.text("assignee")[at]
    history.own("assumed")[rows] = False
    if history.reentry.any():
        history.own("reentry")[rows] = False
    history.own("visit")[rows] += 1
    history.own("anew")[rows] = 0
    history.enter(rows, us)
    if kind == "escalated":
        history.add("escalations", rows)
    history.happen(rows, us, ("entered",) if kind == "entered" else ("entered", kind))


def _transferred(history: History, events: Events, rows: Ints, at: Ints) -> None:
    us = events.at[at]
    _moved(history, events, rows, at)
    owner, to = events.text("owner")[at], events.text("to")[at]
    history.own("owner")[rows] = np.where(owner == ABSENT, to, owner)
    history.own("assignee")[rows] = events.text("assignee")[at]
    history.add("transfers", rows)
    history.begin_anew(rows, us)
    history.happen(rows, us, ("transferred",))


def _moved(history: History, events: Events, rows: Ints, at: Ints) -> None:
    history.own("moves")[rows] += 1
    history.own("desk_acted")[rows] = events.at[at]
    history.close_requests(rows, events.by_hand[at])


def _status(history: History, events: Events, rows: Ints, at: Ints) -> None:
    history.own("desk_acted")[rows] = events.at[at]
    to = events.text("to")[at]
    given = to != ABSENT
    history.turn(rows[given], events.at[at][given], to[given])


def _replied(history: History, events: Events, rows: Ints, at: Ints) -> None:
    by, public, us = events.text("by")[at], events.public()[at], events.at[at]
    code = history.plan.pool.code
    agent = by == code("agent")
    history.own("desk_acted")[rows[agent]] = us[agent]
    for which, counted, moment in (
        (agent & public, "replies.agent", "agent-reply"),
        (agent & ~public, None, "internal-note"),
        (by == code("customer"), "replies.customer", "customer-reply"),
        (by == code("bot"), "replies.bot", "bot-reply"),
    ):
        if which.any():
            if counted is not None:
                history.add(counted, rows[which])
            history.happen(rows[which], us[which], (moment,))


def _assigned(history: History, events: Events, rows: Ints, at: Ints) -> None:
    us = events.at[at]
    history.own("desk_acted")[rows] = us
    history.own("assignee")[rows] = events.text("to")[at]
    person = events.text("by")[at] != ABSENT
    history.happen(rows[~person], us[~person], ("assigned",))
    history.happen(rows[person], us[person], ("assigned",), quiet="taken")


def _acted(history: History, events: Events, rows: Ints, at: Ints) -> None:
    """The moment is called as the kind of event is."""
    us, kind = events.at[at], KINDS[int(events.kinds[at[0]])]
    history.own("desk_acted")[rows] = us
    history.happen(rows, us, (kind,))


def _promised(history: History, events: Events, rows: Ints, at: Ints) -> None:
    us = events.at[at]
    person = events.by_hand[at]
    history.own("desk_acted")[rows[person]] = us[person]
    history.happen(rows, us, ("promised",))


def _action(history: History, events: Events, rows: Ints, at: Ints) -> None:
    telling = [history.plan.pool.code(action) for action in _TELLING]
    told = np.isin(events.text("action")[at], telling)
    if told.any():
        rows, at = rows[told], at[told]
        until = events.instants("hold_until")[at]
        us = np.where(
            events.given("hold_until")[at], np.maximum(events.at[at], until), events.at[at]
        )
        history.told.append((rows, events.text("to")[at], us))
        held = rows[us > history.now]
        if len(held):
            history.own("held")[held] = True


def _fired(history: History, events: Events, rows: Ints, at: Ints) -> None:
    now = events.at[at] == history.now
    if now.any():
        history.acted.append((rows[now], events.text("trigger")[at[now]]))
    asked = events.requests() if history.requests else None
    if asked is None:
        return
    row_of = np.full(events.size, -1)
    row_of[at] = rows
    mine = row_of[asked.events]
    for n, (_, _, open_) in enumerate(history.requests):
        which = mine[asked.numbers == n]
        open_[which[which >= 0]] = False


def _requested(history: History, events: Events, rows: Ints, at: Ints) -> None:
    by, to = events.text("by")[at], events.text("to")[at]
    ordinal = events.ordinals[at]
    history.apart[rows[ordinal >= _REQUESTS]] = True
    for n in range(min(int(ordinal.max()) + 1, _REQUESTS)):
        if n == len(history.requests):
            nobody = np.full(history.count, ABSENT, np.int32)
            history.requests.append((nobody, nobody.copy(), np.zeros(history.count, np.bool_)))
        mine = ordinal == n
        history.requests[n][0][rows[mine]] = by[mine]
        history.requests[n][1][rows[mine]] = to[mine]
        history.requests[n][2][rows[mine]] = True
    history.happen(rows, events.at[at], ("requested",))


_HAPPENINGS: Final[Mapping[str, Callable[[History, Events, Ints, Ints], None]]] = {
    "entered": _entering,
    "escalated": _entering,
    "returned": _entering,
    "transferred": _transferred,
    "status": _status,
    "reply": _replied,
    "assigned": _assigned,
    "acknowledged": _acted,
    "documented": _acted,
    "action": _action,
    "fired": _fired,
    "requested": _requested,
    "promised": _promised,
}
