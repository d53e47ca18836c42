"""Wrong horizons, planted on purpose, are caught by the laws: the checker is awake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from escalate.evaluator import conditions, engine
from escalate.evaluator.context import Context
from escalate.evaluator.deciding import Deciding
from escalate.evaluator.nudge import Nudge
from escalate.worktime.timeline import NEVER
from support.laws import BrokenLawError, sleep_soundly

SEEDS = range(7, 400)
RARE = range(1690, 5000)
"""Where a fault shows that few cases show: it begins shortly before one, and goes far enough
to meet others when the generators have changed."""
note = Context.note
away = Context.away.fget

Missing = tuple[str, ...]


def takes_the_latest(self: Context, horizon: int, missing: Missing = ()) -> None:
    known = self.horizon < NEVER and horizon < NEVER
    note(self, horizon, missing)
    if known and horizon < NEVER:
        self.horizon = max(self.horizon, horizon)


def a_little_late(self: Context, horizon: int, missing: Missing = ()) -> None:
    note(self, horizon if horizon >= NEVER else horizon + 1, missing)


def forgets_clocks(self: Context, horizon: int, missing: Missing = ()) -> None:
    """Drops the due instants of clocks, whoever notes them."""
    due = {reading.due for reading in self._readings.values()}
    note(self, NEVER if horizon in due else horizon, missing)


def forgets_what_comes(self: Context, horizon: int, missing: Missing = ()) -> None:
    """Drops the instants of events that are not seen yet."""
    events = {event.us for event in self.ticket.events or ()}
    note(self, NEVER if horizon in events else horizon, missing)


NOTES = [takes_the_latest, a_little_late, forgets_clocks, forgets_what_comes]


@pytest.mark.parametrize("fault", NOTES, ids=lambda fault: fault.__name__)
def test_a_wrong_note_is_caught(fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "note", fault)
    with pytest.raises(BrokenLawError, match=r"law [13]"):
        sleep_soundly(SEEDS, 5)


def latest_of(combine: Callable[[Sequence[Any]], Any]) -> Callable[[Sequence[Any]], Any]:
    """`all` and `any` that sleep until their last part can change."""

    def combined(parts: Sequence[Any]) -> Any:
        right = combine(parts)

        def ask(ctx: Context) -> Any:
            value, horizon, missing = right(ctx)
            horizons = [h for _, h, _ in (part(ctx) for part in parts) if h < NEVER]
            return value, max(horizons, default=horizon), missing

        return ask

    return combined


def test_a_wrong_combination_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("all_of", "any_of"):
        monkeypatch.setattr(conditions, name, latest_of(getattr(conditions, name)))
    with pytest.raises(BrokenLawError, match="law 1"):
        sleep_soundly(RARE, 5)


def test_forgotten_returns_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who is away ever comes back."""

    def forever(self: Context) -> dict[str, int]:
        return dict.fromkeys(away(self), NEVER)

    monkeypatch.setattr(Context, "away", property(forever))
    with pytest.raises(BrokenLawError, match="law 1"):
        sleep_soundly(SEEDS, 5)


def test_a_forgotten_opening_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminders wait for the end of the quiet hours, and nobody notes when that is."""

    class Deaf(Deciding):
        def _in_hours(self, nudges: list[Nudge]) -> list[Nudge]:
            ctx = self.ctx
            until, lacking = ctx.horizon, set(ctx.missing)
            left = super()._in_hours(nudges)
            ctx.horizon, ctx.missing = until, lacking
            return left

    monkeypatch.setattr(engine, "Deciding", Deaf)
    with pytest.raises(BrokenLawError, match="law 1"):
        sleep_soundly(SEEDS, 5)
