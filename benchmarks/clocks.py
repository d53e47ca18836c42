"""All clocks of the example policy, of tickets with long histories.

Each ticket is read before anything is timed; of an earlier decision nothing is kept.

``python benchmarks/clocks.py [--rounds 15] [--write]``
"""

from __future__ import annotations

from long_tickets import POLICY, long_ticket
from report import Table, rate
from script import benchmark
from timing import Runner, in_turn

from escalate import Engine, load_policy

EVENTS = (10, 50, 200, 1_000)
AT_ISSUE, GOAL_MS = 200, 0.5
TICKETS = 40


def measure(rounds: int) -> Table:
    """One run of all lengths."""
    engine = Engine(load_policy(str(POLICY)))

    def clocks(item: tuple[object, object]) -> object:
        ticket, now = item
        ticket.keep(None)  # type: ignore[attr-defined]
        return engine.clocks(ticket, now=now)  # type: ignore[arg-type]

    def decide(item: tuple[object, object]) -> object:
        ticket, now = item
        ticket.keep(None)  # type: ignore[attr-defined]
        return engine.decide(ticket, now=now)  # type: ignore[arg-type]

    runners = []
    for events in EVENTS:
        drawn = [long_ticket(seed, events) for seed in range(TICKETS)]
        items = [(engine.ticket(raw), now) for raw, now in drawn]
        runners.append(Runner(f"clocks {events}", clocks, items))
        runners.append(Runner(f"decide {events}", decide, items))
    found = in_turn(runners, rounds)
    rows = []
    for events in EVENTS:
        alone, whole = found[f"clocks {events}"], found[f"decide {events}"]
        each = f"{alone / events * 1e6:.2f}"
        row = (f"{events:,}", f"{alone * 1e3:.3f}", each, f"{whole * 1e3:.3f}", rate(whole))
        rows.append(row)
    took = found[f"clocks {AT_ISSUE}"] * 1e3
    goal = f"all clocks of a ticket with {AT_ISSUE} events in less than {GOAL_MS} ms ({took:.2f})"
    head = ("events", "all clocks, ms", "an event, µs", "whole decision, ms", "decisions/s")
    title = "Tickets with long histories, the example policy, nothing kept of an earlier decision"
    return Table("clocks", title, head, rows, [(goal, took < GOAL_MS)])


if __name__ == "__main__":
    benchmark(__doc__, measure, rounds=15)
