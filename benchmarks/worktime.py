"""Working time: 8 hours later, and the time between two instants, on aware datetimes.

``python benchmarks/worktime.py [--rounds 7] [--write]``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from report import Table, rate, times
from script import benchmark
from timing import Runner, in_turn
from worktime_peers import CALENDAR, MONTH, ZONE, Peer, contestants, disagreements, instants

from escalate import Calendar

ITEMS = 20_000
NEAR, FAR = timedelta(hours=1), timedelta(days=3653)
ADD_GOAL, BETWEEN_GOAL, BARE_GOAL, FAR_GOAL, YEAR_GOAL_MS = 50, 500, 2.5, 1.3, 5


def measure(rounds: int) -> Table:
    """One run of all."""
    peers, absent = contestants()
    starts = instants(ITEMS)
    pairs = [(start, start + MONTH) for start in starts]
    if wrong := disagreements(peers, pairs[:60]):
        raise SystemExit("\n".join(wrong[:10]))
    runners = []
    for peer in peers:
        own = [(peer.instant(start), peer.instant(end)) for start, end in pairs]
        if peer.add is not None:
            runners.append(Runner(f"add {peer.name}", peer.add, [start for start, _ in own]))
        if peer.between is not None:
            runners.append(_between(peer, own, f"between {peer.name}"))
    ours = peers[0]
    earlier = instants(ITEMS, 2015, 4)
    for name, span in (("near", NEAR), ("far", FAR)):
        spans = [(start, start + span) for start in earlier]
        runners.append(_between(ours, spans, f"between {name}"))
        runners.append(_adding(Calendar.model_validate(CALENDAR), span, earlier, name))
    runners.append(Runner("year", _year, [None] * 200))
    return _table(peers, absent, in_turn(runners, rounds))


def _between(peer: Peer, pairs: Sequence[tuple[object, object]], name: str) -> Runner:
    between = peer.between
    assert between is not None
    return Runner(name, lambda pair: between(pair[0], pair[1]), pairs)


def _adding(calendar: Calendar, span: timedelta, starts: list[datetime], name: str) -> Runner:
    """As much working time as lies in that span, so that it comes to about its end."""
    amount = calendar.between(starts[0], starts[0] + span) or span
    add = calendar.add
    return Runner(f"add {name}", lambda at: add(at, amount), starts)


def _year(_: object) -> object:
    """A calendar that is made, and the first question about a year that is not built."""
    calendar = Calendar.model_validate(CALENDAR)
    return calendar.add(datetime(2026, 6, 1, 9, tzinfo=ZONE), NEAR)


def _table(peers: Sequence[Peer], absent: Sequence[str], found: dict[str, float]) -> Table:
    ours = {ask: found[f"{ask} {peers[0].name}"] for ask in ("add", "between")}
    rows = []
    for peer in peers:
        cells = [peer.name]
        for ask in ("add", "between"):
            took = found.get(f"{ask} {peer.name}")
            cells += ["-", "-"] if took is None else [rate(took), times(took, ours[ask])]
        rows.append(cells)
    bare = [ours[ask] / found[f"{ask} {peers[1].name}"] for ask in ("add", "between")]
    far = [found[f"{ask} far"] / found[f"{ask} near"] for ask in ("add", "between")]
    year = found["year"] * 1e3
    goals = [
        (f"at most {BARE_GOAL} times the time of bare sums ({_two(bare)})", max(bare) <= BARE_GOAL),
        (f"ten years cost at most {FAR_GOAL} times an hour ({_two(far)})", max(far) <= FAR_GOAL),
        (
            f"a calendar made and its first year built in less than {YEAR_GOAL_MS} ms ({year:.2f})",
            year < YEAR_GOAL_MS,
        ),
    ]
    names = [peer.name for peer in peers[2:]]
    if "businesstimedelta" in names:
        add, between = (found[f"{ask} businesstimedelta"] / ours[ask] for ask in ours)
        met = add >= ADD_GOAL and between >= BETWEEN_GOAL
        said = f"{ADD_GOAL} and {BETWEEN_GOAL} times as fast as businesstimedelta"
        goals.append((f"{said} ({add:,.0f} and {between:,.0f})", met))
    others = [
        found[key] / ours[ask]
        for ask in ours
        for name in names
        if (key := f"{ask} {name}") in found
    ]
    if others:
        goals.append((f"ahead of every other ({min(others):.1f} times the next)", min(others) > 1))
    head = ("who", "add 8 h, ops/s", "times ours", "between, 30 days apart, ops/s", "times ours")
    notes = [f"not installed: {', '.join(absent)}"] if absent else []
    return Table("worktime", "Working time", head, rows, goals, notes)


def _two(ratios: Sequence[float]) -> str:
    return " and ".join(f"{ratio:.2f}" for ratio in ratios)


if __name__ == "__main__":
    benchmark(__doc__, measure, rounds=7)
