"""Where the time from JSON text to a decision goes: the steps in turn, each with all before it.

``python benchmarks/parts.py [--triggers 20] [--tickets 5000] [--rounds 9] [--write]``
"""

from __future__ import annotations

import json

from report import Table
from script import benchmark
from tickets import NOW, NOW_US, flat_tickets, policy_ticket
from timing import Runner, in_turn
from workload import engine, helpdesk

from escalate.evaluator.prepared import Prepared
from escalate.evaluator.settled import Settled

PARSED = "`json.loads`"
TICKET = "what else is asked of the text; the ticket, read and checked"
HISTORY = "its history in one pass, its facts, where it stands, its row for the triggers"
SETTLED = "its deadlines, what has fired"
DECIDED = "which triggers hold, what comes of it, the decision"


def measure(triggers: int, count: int, rounds: int) -> Table:
    """One run."""
    work = helpdesk(triggers)
    decides = engine(work)
    program = decides.program
    texts = [json.dumps(policy_ticket(flat)) for flat in flat_tickets(count)]

    def history(text: str) -> Prepared:
        return Prepared(program, decides.ticket(text), NOW_US)

    steps = {
        PARSED: json.loads,
        TICKET: decides.ticket,
        HISTORY: history,
        SETTLED: lambda text: Settled(program, history(text), NOW_US),
        DECIDED: lambda text: decides.decide(text, now=NOW),
    }
    runners = [Runner(name, call, texts) for name, call in steps.items()]
    for runner in runners:
        runner.run()  # what is written and kept for the policy is there from now on
    found = in_turn(runners, rounds)
    whole, before, rows = found[DECIDED], 0.0, []
    for name, seconds in found.items():
        took = seconds - before
        rows.append((name, f"{took * 1e6:.1f}", f"{took / whole:.0%}"))
        before = seconds
    head = ("what", "µs", "of the whole")
    title = f"{work.name}, from JSON text to a decision: where the time goes"
    return Table(f"parts-{triggers}", title, head, rows, [])


if __name__ == "__main__":
    benchmark(__doc__, measure, triggers=20, tickets=5_000, rounds=9)
