"""The checks that judge meaning, against brute force: small policies are run through the
engine for every ticket that their conditions can tell apart.

What a check claims of a trigger is so in every world, and what is so in every world is
claimed.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from escalate.analysis.check import examine
from escalate.analysis.clocks import recurs
from escalate.decision import Decision
from escalate.evaluator.engine import Engine
from escalate.policy.loader import Loaded, load_text
from support.small_worlds import (
    FACTS,
    POLICY,
    condition_over,
    decided,
    facts_in,
    worlds_for,
    written,
)

MOST_WORLDS = 1_500
LEVELS = ["L1", "L2", "L3"]
LADDER = {
    "levels": [
        {"id": level, "owner": owner, "remind": {"every": "4h"}}
        for level, owner in zip(LEVELS, ("front", "boss", "front"), strict=True)
    ]
}
OWNERS = {"owners": dict.fromkeys(("front", "boss", "pay", "net"), "team")}
#: What cannot be asked where worlds stand at every level: it has too many values.
PLAIN = [f for f in FACTS if f not in ("requested", "product", "owner", "level")]


def small_policy(rng: Random, effects: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A policy with a trigger for each effect, about a few facts."""
    facts = rng.sample(PLAIN, rng.choice([1, 1, 2]))
    if rng.random() < 0.4:
        facts.append("level")
    triggers = []
    for i, effect in enumerate(effects):
        trigger = {"id": f"t{i}", "when": condition_over(rng, facts, 1), **effect}
        if rng.random() < 0.4:
            trigger["at"] = rng.sample(LEVELS, rng.choice([1, 2]))
        triggers.append(trigger)
    return {**POLICY, **LADDER, **more, "triggers": triggers}


def loaded(policy: dict[str, Any]) -> Loaded:
    text = written(policy)
    read = load_text(text)
    assert read.policy is not None, [str(d) for d in read.diagnostics]
    return read


def run(policy: dict[str, Any], engine: Engine) -> list[Decision] | None:
    """The decisions of every world, or nothing where there are too many."""
    facts = set[str]().union(*(facts_in(t["when"]) for t in policy["triggers"])) - {"level"}
    worlds = list(worlds_for(facts))
    if len(worlds) * len(LEVELS) > MOST_WORLDS:
        return None
    return [decided(engine, {**world, "level": level}) for world in worlds for level in LEVELS]


def claimed(read: Loaded, code: str) -> set[str]:
    """The triggers that a check says something of."""
    assert read.policy is not None
    found = examine(read.policy, read.places)
    numbers = {int(d.path.split("[")[1].split("]")[0]) for d in found if d.code == code}
    return {read.policy.triggers[number].id for number in numbers}


def names(decision: Decision) -> set[str]:
    return {fired.trigger for fired in decision.fired}


def causes_read(trigger: dict[str, Any]) -> set[str]:
    """What it fires once for, beside the ticket's cycle: of two that read other causes, one
    fires again where the other does not."""
    facts = {fact for fact in facts_in(trigger["when"]) if fact.startswith("clock.")}
    heads = {fact.split(".")[0] for fact in facts_in(trigger["when"])}
    return {".".join(fact.split(".")[:2]) for fact in facts} | heads & {"promise", "requested"}


def never_and_always(seed: int) -> str | None:
    rng = Random(seed)
    policy = small_policy(rng, [{"notify": ["boss"]} for _ in range(3)])
    read = loaded(policy)
    decisions = run(policy, Engine(read.policy))
    if decisions is None:
        return None
    fired = [names(decision) for decision in decisions]
    every = {trigger["id"] for trigger in policy["triggers"]}
    everywhere = {t["id"] for t in policy["triggers"] if len(t.get("at", LEVELS)) == len(LEVELS)}
    read_by = {trigger["id"]: causes_read(trigger) for trigger in policy["triggers"]}
    same = {
        later
        for i, later in enumerate(sorted(every))
        if any(
            read_by[a] == read_by[later] and all((a in f) == (later in f) for f in fired)
            for a in sorted(every)[:i]
        )
        and any(later in f for f in fired)
    }
    brute = {
        "ESC722": {t for t in every if not any(t in f for f in fired)},
        "ESC723": {t for t in everywhere if all(t in f for f in fired)},
        "ESC724": same,
    }
    return differing(read, brute)


def differing(read: Loaded, brute: dict[str, set[str]]) -> str | None:
    for code, found in brute.items():
        said = claimed(read, code)
        if said != found:
            return f"{code}: {said}, brute force: {found}\n{read.source.text}"
    return None


GOALS = {level: rank for rank, level in enumerate(LEVELS)}


def movements(seed: int) -> str | None:
    rng = Random(seed)
    effects = [{"escalate": rng.choice([*LEVELS, "next"])} for _ in range(3)]
    policy = small_policy(rng, effects)
    read = loaded(policy)
    decisions = run(policy, Engine(read.policy))
    if decisions is None:
        return None
    triggers = {t["id"]: (i, t["escalate"]) for i, t in enumerate(policy["triggers"])}
    hidden, nowhere = claimed(read, "ESC725"), claimed(read, "ESC726")
    for decision in decisions:
        if decision.step == "escalate" and decision.trigger in hidden | nowhere:
            return f"{decision.trigger} moves a ticket\n{read.source.text}"
    fired = [(names(d), GOALS[d.from_.level or ""]) for d in decisions]
    repeating = claimed(read, "ESC724")
    idle, behind = set[str](), set[str]()
    for name, (number, goal) in triggers.items():
        where = [(f, rank) for f, rank in fired if name in f]
        if not where:
            continue
        if goal == "next":
            if all(rank == 2 for _, rank in where):
                idle.add(name)
        elif all(rank >= GOALS[goal] for _, rank in where):
            idle.add(name)
        for other, (earlier, farther) in triggers.items():
            if other == name or farther == "next" or not all(other in f for f, _ in where):
                continue
            if goal == "next":
                far = earlier < number and all(rank < GOALS[farther] for _, rank in where)
            else:
                far = (GOALS[goal], earlier) < (GOALS[farther], number) and name not in idle
            if far and name not in repeating:
                behind.add(name)
    # Of two that do the same and hold at the same time, another check speaks.
    return differing(read, {"ESC726": idle, "ESC725": behind})


def at_once(seed: int) -> str | None:
    rng = Random(seed)
    transfers = rng.random() < 0.5
    effects: list[dict[str, Any]] = [
        {"transfer": rng.choice(["pay", "net"])}
        if transfers
        else {"set": {"category": rng.choice(["refund", "outage"])}}
        for _ in range(3)
    ]
    policy = small_policy(rng, effects, **OWNERS)
    read = loaded(policy)
    decisions = run(policy, Engine(read.policy))
    if decisions is None:
        return None
    does = {t["id"]: str(t.get("transfer") or t.get("set")) for t in policy["triggers"]}
    brute = {
        later
        for decision in decisions
        for later in names(decision)
        if any(t < later and does[t] != does[later] for t in names(decision))
    }
    return differing(read, {"ESC727" if transfers else "ESC728": brute})


def clocks(seed: int) -> str | None:
    """A clock from an agent's reply to the customer's: not begun, running, late, stopped."""
    rng = Random(seed)
    facts = rng.sample(["severity", "vip", "impact", "transfers"], 2)

    def about(depth: int) -> dict[str, Any]:
        if depth < 2 and rng.random() < 0.6:
            return {rng.choice(["all", "any"]): [about(depth + 1), about(depth + 1)]}
        if depth < 2 and rng.random() < 0.2:
            return {"not": about(depth + 1)}
        if rng.random() < 0.5:
            return {"clock.chat": rng.choice(["breached", {"ne": "breached"}])}
        fact = rng.choice([f for f in facts if f != "transfers"])
        return condition_over(rng, [fact], 3)

    chat = {"chat": {"from": "agent-reply", "until": "customer-reply", "target": "2h"}}
    policy = {**POLICY, **LADDER, "clocks": chat}
    policy["triggers"] = [{"id": "t0", "when": about(0), "notify": ["boss"]}]
    asked = facts_in(policy["triggers"][0]["when"])
    if "clock.chat" not in asked:
        return None
    read = loaded(policy)
    assert read.policy is not None
    assert recurs(read.policy.clocks["chat"])
    engine = Engine(read.policy)
    whatever = any(
        all("t0" in names(decided(engine, {**world, "chat": chat})) for chat in CHAT)
        for world in worlds_for(asked - {"clock.chat"})
    )
    return differing(read, {"ESC729": {"t0"} if whatever else set()})


def promises(seed: int) -> str | None:
    """What the customer was promised: whatever it is, a trigger may hold."""
    rng = Random(seed)
    plain = rng.sample(["severity", "vip", "impact"], 1)
    asked = ["promise", "promise.remaining", "promise.overdue", *plain]
    policy = {**POLICY, **LADDER}
    when = condition_over(rng, asked, 0)
    policy["triggers"] = [{"id": "t0", "when": when, "notify": ["boss"]}]
    facts = facts_in(when)
    if not any(fact.startswith("promise") for fact in facts):
        return None
    read = loaded(policy)
    assert read.policy is not None
    engine = Engine(read.policy)
    holds: dict[str, bool] = {}
    for world in worlds_for({*facts, "promise"}):
        if world["history"] is not None:
            rest = str({k: v for k, v in world.items() if k not in ("promised", "now")})
            fired = "t0" in names(decided(engine, world))
            holds[rest] = holds.get(rest, True) and fired
    return differing(read, {"ESC729": {"t0"} if any(holds.values()) else set()})


CHAT = ("not-started", "running", "breached", "met")
KINDS = [never_and_always, movements, at_once, clocks, promises]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_claims_are_what_brute_force_finds(kind: Any) -> None:
    assert [said for seed in range(60) if (said := kind(seed))] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_claims_are_what_brute_force_finds_at_length(kind: Any) -> None:
    assert [said for seed in range(1000, 1300) if (said := kind(seed))] == []
