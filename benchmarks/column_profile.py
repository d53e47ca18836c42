"""Where the time of the whole decision in columns goes.

``python benchmarks/column_profile.py [--triggers 20] [--rows 1000000]`` prints the share of
each station, by processor time; the profiler's own time is in them.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from pathlib import Path
from time import process_time

from coded_tickets import coded_table, text_table
from tickets import NOW, flat_tickets
from workload import engine, helpdesk

from escalate.batch import Decider

STATIONS = {
    "histories": ("block.py", "look_back"),
    "deadlines": ("running.py", "read_deadlines"),
    "triggers: where they hold": ("triggers.py", "where_fires"),
    "triggers: when those that do not could": ("triggers.py", "sleep"),
    "what fires, and where to": ("firing.py", "run"),
    "reviews": ("reminders.py", "run"),
    "moves": ("moves.py", "__init__"),
    "the columns of the decisions": ("outcome.py", "columns"),
}
WITHIN = ("triggers: where they hold", "triggers: when those that do not could")
"""These are parts of what fires."""
DISTINCT = 50_000


def shares(triggers: int, rows: int) -> dict[str, float]:
    """Each station's share of the time."""
    decider = Decider(engine(helpdesk(triggers)).policy)
    flat = list(flat_tickets(min(DISTINCT, rows)))
    table = coded_table(text_table(flat, max(rows // len(flat), 1)))
    decider.decide(table, NOW)
    profile = cProfile.Profile(process_time)
    for _ in range(3):
        profile.runcall(decider.decide, table, NOW)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    taken = {
        (Path(file).name, function): spent
        for (file, _, function), (_, _, _, spent, _) in stats.items()
        if Path(file).parent.name == "batch"
    }
    whole = taken["door.py", "decide"]
    found = {name: taken.get(place, 0.0) / whole for name, place in STATIONS.items()}
    found["what fires, and where to"] -= sum(found[name] for name in WITHIN)
    found["all else"] = 1 - sum(found.values())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triggers", type=int, default=20)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    found = shares(given.triggers, given.rows)
    for name, share in sorted(found.items(), key=lambda pair: -pair[1]):
        print(f"{share:4.0%}  {name}")


if __name__ == "__main__":
    main()
