"""helpdesk-20 and helpdesk-1000: the same work in every form, and proof that it is the same.

``python benchmarks/workload.py 20`` prints the policy; ``... 20 python`` the hand-written
form.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from policy_text import policy_text
from rules import Rule, draw_rules
from tickets import NOW, NOW_US, Flat, policy_ticket
from written import All, First, all_that_hold, first_match

from escalate import Engine


@dataclass(frozen=True, slots=True)
class Workload:
    """One size of the work."""

    name: str
    rules: tuple[Rule, ...]
    text: str
    all_that_hold: All
    first_match: First


def helpdesk(triggers: int) -> Workload:
    """The work with so many triggers; the same every time."""
    name, rules = f"helpdesk-{triggers}", draw_rules(triggers)
    text = policy_text(name, rules)
    return Workload(name, rules, text, all_that_hold(rules)[0], first_match(rules)[0])


def engine(work: Workload) -> Engine:
    """The work's policy, compiled."""
    from escalate.policy.loader import load_text

    loaded = load_text(work.text, f"{work.name}.escalation.yaml")
    if loaded.policy is None:
        raise SystemExit("\n".join(map(str, loaded.diagnostics[:20])))
    return Engine(loaded.policy)


def differences(work: Workload, decides: Engine, tickets: Iterable[Flat]) -> list[str]:
    """The tickets for which engine and hand-written Python disagree, in words."""
    found = []
    for flat in tickets:
        decision = decides.decide(policy_ticket(flat), now=NOW)
        fired = {f.trigger for f in decision.fired if not f.trigger.startswith("deadline:")}
        held = set(work.all_that_hold(flat, NOW_US))
        if fired != held:
            found.append(f"{flat['id']}: engine {sorted(fired)}, by hand {sorted(held)}")
    return found


if __name__ == "__main__":
    shown = helpdesk(int(sys.argv[1]))
    print(all_that_hold(shown.rules)[1] if sys.argv[2:] == ["python"] else shown.text)
