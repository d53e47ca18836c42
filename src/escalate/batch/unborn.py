"""Tickets that are created only later than the instant of a decision. Finer point 39."""

from __future__ import annotations

from escalate.batch.coded import ABSENT
from escalate.batch.deciding import Deciding
from escalate.batch.extra import np
from escalate.batch.firing import Cause
from escalate.batch.kleene import either
from escalate.batch.moves import Moves
from escalate.batch.timers import NONE

__all__ = ["not_yet"]


def not_yet(deciding: Deciding, moves: Moves) -> None:
    """Of these tickets nothing is known but when they are created, and their path."""
    standing, running, firing = deciding.standing, deciding.running, deciding.firing
    history, unborn = standing.history, standing.unborn
    standing.apart[unborn] = False
    moves.step[unborn] = 0
    moves.kind[unborn] = ABSENT
    moves.moving = moves.moving[~unborn[moves.moving]]
    nowhere = tuple(np.where(unborn, ABSENT, codes) for codes in standing.before)
    standing.before = (nowhere[0], nowhere[1], nowhere[2])
    moves.to_level = np.where(unborn, ABSENT, moves.to_level)
    moves.to_owner = np.where(unborn, ABSENT, moves.to_owner)
    moves.to_assignee = np.where(unborn, ABSENT, moves.to_assignee)
    moves.following = np.where(unborn, history.created, moves.following)
    firing.moved[unborn] = False
    firing.told[unborn] = -1
    firing.causes = [Cause(place, rows[~unborn[rows]]) for place, rows in firing.causes]
    for due in running.due.values():
        due[unborn] = NONE
    for clock in deciding.block.clocks:
        clock.known = either(clock.known, unborn)
        clock.begin_at_zero(unborn)
    for lacking in standing.lacks.names.values():
        lacking[unborn] = False
    history.warnings = [(code, rows[~unborn[rows]]) for code, rows in history.warnings]
    history.warn("ESC939", np.flatnonzero(unborn))
