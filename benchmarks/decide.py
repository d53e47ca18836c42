"""Decisions a second against hand-written Python and every peer that is installed.

``python benchmarks/decide.py [--triggers 20] [--tickets 20000] [--rounds 5] [--write]``
"""

from __future__ import annotations

import argparse
import json
import sys
from time import perf_counter
from typing import Any

from peers import Peer, packages
from report import Table, publish, rate, times
from tickets import NOW, NOW_US, Flat, flat_tickets, policy_ticket
from timing import Runner, in_turn
from workload import Workload, differences, engine, helpdesk

from escalate import Ticket, apply

AT_MOST = 3.0
FINDING_AT_MOST = 1.25
JSON_AT_MOST = 2.0
MANY_FASTER = 8.0
HAND, FIRST = "hand-written Python, all that hold", "hand-written Python, first that holds"
PREPARED = "escalate, whole decision, prepared tickets"
HOLDING = "escalate, only the triggers that hold, prepared tickets"
ANEW = "escalate, the same, nothing kept of an earlier decision"
RESTING = "escalate, whole decision, all that hold have fired already"
MAPPING, JSON = "escalate, from mappings", "escalate, from JSON text"
LOADS = "json.loads of the same text"

DOES = {
    FIRST: "finds the first that holds",
    LOADS: "reads the text",
    HOLDING: "finds all that hold, unknown where a fact is absent",
    RESTING: "decides: nothing new, and when to ask again",
    **dict.fromkeys((PREPARED, ANEW), "decides"),
    **dict.fromkeys((MAPPING, JSON), "reads and checks the ticket, decides"),
}
"""What each does of the work; all others find all that hold."""

PEERS_DO_NOT = (
    "Hand-written Python and the peers, as they are asked here, do not: choose the one movement "
    "and whose the ticket is then; count working time and set deadlines; tell when to ask "
    "again; keep what has fired from firing anew; tell unknown from false where a fact is "
    "absent; say why. They get the ages of a ticket worked out beforehand"
)


def ours(work: Workload, tickets: list[Flat]) -> list[Runner]:
    """This library, in all the forms in which a ticket may come."""
    decides = engine(work)
    wrong = differences(work, decides, tickets[:5_000])
    if wrong:
        raise SystemExit("not the same work:\n" + "\n".join(wrong[:10]))
    raw = [policy_ticket(flat) for flat in tickets]
    texts = [json.dumps(one) for one in raw]
    ready = [decides.ticket(one) for one in raw]

    def decide(ticket: object) -> object:
        return decides.decide(ticket, now=NOW)  # type: ignore[arg-type]

    def holding(ticket: Ticket) -> object:
        """As much as hand-written Python and the peers do: ask the triggers, nothing else."""
        return decides.holding(ticket, now=NOW)

    for flat, ticket in zip(tickets[:2_000], ready, strict=False):
        held = list(decides.holding(ticket, now=NOW))
        if held != work.all_that_hold(flat, NOW_US):
            raise SystemExit(f"{flat['id']}: {held}")

    fired = [
        apply(ticket, decision)
        for ticket in ready
        if (decision := decides.decide(ticket, now=NOW)).fired
        and not any(f.trigger.startswith("deadline:") for f in decision.fired)
    ]
    resting = [t for t in fired if decides.decide(t, now=NOW).step == "hold"]

    def anew(ticket: Ticket) -> object:
        ticket.keep(None)
        return decides.decide(ticket, now=NOW)

    return [
        Runner(HOLDING, holding, ready),
        Runner(PREPARED, decide, ready),
        Runner(RESTING, decide, resting),
        Runner(ANEW, anew, [decides.ticket(one) for one in raw]),
        Runner(MAPPING, decide, raw),
        Runner(JSON, decide, texts),
        Runner(LOADS, json.loads, texts),
    ]


def by_hand(work: Workload, tickets: list[Flat]) -> list[Runner]:
    """What a developer would write."""
    every, first = work.all_that_hold, work.first_match
    return [
        Runner(HAND, lambda ticket: every(ticket, NOW_US), tickets),
        Runner(FIRST, lambda ticket: first(ticket, NOW_US), tickets),
    ]


def others(work: Workload, tickets: list[Flat]) -> tuple[list[Runner], list[str]]:
    """Every peer that is installed and finds the same triggers; and why others are not here."""
    runners, absent = [], []
    for module, package in packages():
        try:
            peer = Peer(module, work.rules)
            prepared = [peer.prepare(flat) for flat in tickets]
            agrees(peer, work, tickets, prepared)
        except ImportError as error:
            absent.append(f"`{package}` is not installed ({error})")
            continue
        except Exception as error:
            absent.append(f"`{package}` cannot take this work ({error})")
            continue
        runners.append(Runner(peer.name, peer.ask, prepared))
    return runners, absent


def agrees(peer: Peer, work: Workload, tickets: list[Flat], prepared: list[Any]) -> None:
    """Stops where the peer finds other triggers: 300 tickets, or as many as 5 s allow."""
    until = perf_counter() + 5
    for flat, ticket in zip(tickets[:300], prepared, strict=False):
        found, held = sorted(peer.ask(ticket)), work.all_that_hold(flat, NOW_US)
        if found != held:
            raise SystemExit(f"{peer.name}: {flat['id']}: {found}, by hand {held}")
        if perf_counter() > until:
            return


def measure(triggers: int, count: int, rounds: int, peers: bool) -> Table:
    """One run: everything in turn."""
    work, tickets = helpdesk(triggers), list(flat_tickets(count))
    mine = ours(work, tickets)
    rest, absent = others(work, tickets) if peers else ([], [])
    found = in_turn([*by_hand(work, tickets), *mine, *rest], rounds)
    hand = found[HAND]
    ranked = sorted(found.items(), key=lambda pair: pair[1])
    rows = [
        (name, DOES.get(name, "finds all that hold"), rate(s), times(s, hand)) for name, s in ranked
    ]
    holding, whole = found[HOLDING] / hand, found[PREPARED] / hand
    goals = []
    if triggers == 20:
        budget = JSON_AT_MOST * (found[LOADS] + found[PREPARED])
        goals += [
            (
                f"finding all triggers that hold takes at most {FINDING_AT_MOST} times as long as "
                f"in hand-written Python ({holding:.2f})",
                holding <= FINDING_AT_MOST,
            ),
            (
                f"the whole decision takes at most {AT_MOST:.0f} times as long as that "
                f"({whole:.2f})",
                whole <= AT_MOST,
            ),
            (
                f"from JSON text to the decision at most {JSON_AT_MOST:.0f} times as long as "
                f"json.loads and that ({JSON_AT_MOST * found[JSON] / budget:.1f})",
                found[JSON] <= budget,
            ),
        ]
    else:
        goals.append(
            (
                f"finding all triggers that hold is at least {MANY_FASTER:.0f} times faster than "
                f"the chain of comparisons ({1 / holding:.1f})",
                holding * MANY_FASTER <= 1,
            )
        )
    if rest:
        best = min(rest, key=lambda runner: found[runner.name])
        said = f"the best is {best.name}, {found[best.name] / hand:.1f}"
        goals += [
            (
                "finding the triggers that hold, it beats every peer "
                f"({found[HOLDING] / hand:.1f}; {said})",
                found[HOLDING] < found[best.name],
            ),
            (
                "even with the whole decision it beats every peer that only finds them "
                f"({found[PREPARED] / hand:.1f})",
                found[PREPARED] < found[best.name],
            ),
        ]
    share = sum(1 for flat in tickets if work.all_that_hold(flat, NOW_US)) / len(tickets)
    notes = [f"of the tickets, {share:.0%} have a trigger that holds", PEERS_DO_NOT, *absent]
    head = ("who", "what it does", "tickets/s", "time over hand-written")
    return Table(
        f"decide-{triggers}", f"{work.name}, one ticket at a time", head, rows, goals, notes
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triggers", type=int, default=20)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", action="store_true", help="into README.md")
    given = parser.parse_args()
    table = measure(given.triggers, given.tickets, given.rounds, not given.no_peers)
    publish(table, given.write)
    return 0 if table.met else 1


if __name__ == "__main__":
    sys.exit(main())
