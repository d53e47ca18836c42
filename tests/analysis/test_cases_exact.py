"""The checks of cases, paths, targets and levels, against brute force: what they claim of
conditions is what every ticket shows that the conditions can tell apart.

In each kind below a few random conditions are put where the check looks, and asked of all
small worlds by the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest

from escalate.analysis.check import examine
from escalate.errors import Diagnostic
from escalate.evaluator.engine import Engine
from escalate.policy.loader import load_text
from escalate.worktime.wording import kind_of
from support.small_worlds import (
    FACTS,
    POLICY,
    World,
    condition_over,
    decided,
    engine_of,
    facts_in,
    truths,
    worlds_for,
    written,
)

MOST_WORLDS = 1_500
FIELDS = ["severity", "category", "vip", "impact", "urgency", "colours", "loose", "size"]
APART = ("phase", "active", "requested", "level")
HOURS = ["1h", "2h", "3h"]
LONG = {"1h": False, "24h": False, "25h": True, "5d": True}


ANSWERS: dict[str, set[bool]] = {}
"""By code, whether it was found and whether it was not, since this was emptied."""


def conditions(rng: Random, many: int, facts: Sequence[str] = FIELDS) -> list[dict[str, Any]]:
    chosen = rng.sample(facts, rng.choice([1, 2, 2]))
    return [condition_over(rng, chosen, rng.choice([1, 2, 3])) for _ in range(many)]


def worlds_of(asked: Iterable[dict[str, Any]], more: Iterable[str] = ()) -> list[World]:
    """All worlds of the conditions, if they are not too many."""
    facts = set[str](more).union(*map(facts_in, asked))
    worlds = []
    for world in worlds_for(facts):
        worlds.append(world)
        if len(worlds) > MOST_WORLDS:
            return []
    return worlds


def first(row: Sequence[bool | None]) -> int | None:
    """Which of the conditions is the first that holds."""
    return next((i for i, truth in enumerate(row) if truth), None)


def found(code: str, policy: dict[str, Any]) -> list[Diagnostic]:
    read = load_text(written(policy))
    assert read.policy is not None, [str(d) for d in read.diagnostics]
    said = [d for d in examine(read.policy, read.places) if d.code == code]
    ANSWERS.setdefault(code, set()).add(bool(said))
    return said


def numbers(code: str, policy: dict[str, Any], behind: str) -> set[int]:
    """The numbers that the findings' paths have behind a word."""
    paths = [d.path.partition(f"{behind}[")[2] for d in found(code, policy)]
    return {int(path.partition("]")[0]) for path in paths if path}


Said = str | None


def differing(what: str, said: Any, brute: Any, asked: Any) -> Said:
    return None if said == brute else f"{what}: {said}, brute force: {brute}\n{asked}"


def cases(seed: int) -> Said:
    """Cases, of an owner."""
    rng = Random(seed)
    # A ticket that is asked for its first owner has no level yet, and here each has one.
    asked = conditions(rng, 3, [f for f in FACTS if f not in APART])
    worlds = worlds_of(asked)
    levels = [
        {"id": "L1", "owner": [{"when": c, "use": "front"} for c in asked]},
        {"id": "L2", "owner": "boss"},
    ]
    taken = {first(row) for row in truths(engine_of(asked), worlds)}
    said = numbers("ESC735", {**POLICY, "levels": levels}, "owner")
    return differing("cases", said, set(range(3)) - taken, asked) if worlds else None


def paths(seed: int) -> Said:
    """Paths that are never taken, and levels that stand in none."""
    rng = Random(seed)
    asked = conditions(rng, 3)
    worlds = worlds_of(asked)
    if not worlds:
        return None
    names = ["L1", "L2", "L3"]
    some = rng.choice([names, names[1:]])
    steps = [sorted(rng.sample(some, 2)) for _ in range(4)]
    listed: list[dict[str, Any]] = [
        {"id": f"p{i}", "when": c, "levels": path}
        for i, (c, path) in enumerate(zip(asked, steps, strict=False))
    ]
    if rng.random() < 0.5:
        listed.append({"id": "p3", "levels": steps[3]})
    ladder = [
        {"id": level, "owner": "boss", "remind": {"every": "4h"}} for level in ["L1", "L2", "L3"]
    ]
    policy = {**POLICY, "levels": ladder, "paths": listed}
    last = [True] * (len(listed) - len(asked))
    rows = [first([*row, *last]) for row in truths(engine_of(asked), worlds)]
    never = set(range(len(listed))) - set(rows)
    wrong = differing("paths", numbers("ESC721", policy, "paths"), never, asked)
    nowhere = set(names).difference(*(path["levels"] for path in listed))
    brute = {names.index(level) for level in nowhere} if None not in rows else set()
    return wrong or differing("levels", numbers("ESC720", policy, "levels"), brute, asked)


def targets(seed: int) -> Said:
    """Values of a field without a target."""
    rng = Random(seed)
    asked = conditions(rng, 2)
    worlds = worlds_of(asked)
    if not worlds:
        return None
    target = [{"when": c, "use": rng.choice(HOURS)} for c in asked]
    policy = {
        **POLICY,
        "clocks": {"answer": {"from": "created", "until": "resolved", "target": target}},
    }
    holds = [first(row) is not None for row in truths(engine_of(asked), worlds)]
    brute = set()
    if any(holds):
        for name in set[str]().union(*map(facts_in, asked)):
            spec = POLICY["fields"].get(name, {})
            choices = spec.get("ordered") or spec.get("enum") or ()
            if spec.get("type") == "number" or not choices:
                continue
            missing = [
                choice
                for choice in choices
                if not any(
                    h for h, w in zip(holds, worlds, strict=True) if shown(w, name) == choice
                )
            ]
            if missing:
                brute.add(f"where `{name}` is {', '.join(map(kind_of, missing))}")
    said = {d.message.partition("target ")[2] for d in found("ESC550", policy)}
    return differing("targets", said, brute, asked)


def shown(world: World, name: str) -> Any:
    """What conditions see of a field, which may be derived."""
    if name == "urgency" and world["urgency"] is None:
        return "strong" if world["vip"] else "weak"
    return world[name]


def order(seed: int) -> Said:
    """A resolution that is due before the acknowledgement."""
    rng = Random(seed)
    asked = conditions(rng, 2)
    worlds = worlds_of(asked)
    if not worlds:
        return None
    uses = [[rng.choice(HOURS), rng.choice(HOURS)] for _ in asked]
    ack, end = (
        [{"when": c, "use": short}, {"otherwise": long}]
        for c, (short, long) in zip(asked, uses, strict=True)
    )
    level = {"id": "L1", "owner": "front", "deadlines": {"acknowledge": ack, "resolve": end}}
    policy = {**POLICY, "levels": [level, {"id": "L2", "owner": "boss"}]}
    brute = any(
        uses[0][a is not True] > uses[1][b is not True] for a, b in truths(engine_of(asked), worlds)
    )
    return differing("order", bool(found("ESC551", policy)), brute, (asked, uses))


def growing(seed: int) -> Said:
    """A target that is longer for a higher severity, all else being the same."""
    rng = Random(seed)
    others = rng.sample(["category", "vip", "impact", "size"], 1)
    asked = [condition_over(rng, ["severity", *others], 1) for _ in range(2)]
    worlds = worlds_of(asked)
    if not worlds or not any("severity" in facts_in(c) for c in asked):
        return None
    uses = [rng.choice(HOURS) for _ in range(3)]
    target = [{"when": c, "use": use} for c, use in zip(asked, uses, strict=False)]
    target.append({"otherwise": uses[2]})
    policy = {
        **POLICY,
        "clocks": {"answer": {"from": "created", "until": "resolved", "target": target}},
    }
    ranks = {"low": 0, "high": 1, "top": 2}
    lasts: dict[Any, dict[int, str]] = {}
    for world, row in zip(worlds, truths(engine_of(asked), worlds), strict=True):
        if world["severity"] is not None:
            rest = str({k: v for k, v in world.items() if k != "severity"})
            lasts.setdefault(rest, {})[ranks[world["severity"]]] = uses[first([*row, True]) or 0]
    brute = any(one[r] < one[r + 1] for one in lasts.values() for r in (0, 1))
    return differing("growing", bool(found("ESC552", policy)), brute, (asked, uses))


def reopening(seed: int) -> Said:
    """A `set` that would reopen a ticket that is done with."""
    rng = Random(seed)
    facts = ["severity", "vip", "phase", "active", "status"]
    (asked,) = conditions(rng, 1, facts)
    for_ = rng.choice(["active", "resolved", "closed", "any"])
    status = rng.choice(["new", "hold", "solved", "shut"])
    trigger = {"id": "t", "for": for_, "when": asked, "set": {"status": status}}
    wanted = {"resolved": ["solved"], "closed": ["shut"], "any": ["solved", "shut"]}.get(for_, [])
    worlds = [
        {**world, "status": done}
        for world in worlds_for(facts_in(asked) - {"phase", "active", "status"})
        for done in wanted
    ]
    brute = status in ("new", "hold") and any(row[0] for row in truths(engine_of([asked]), worlds))
    said = bool(found("ESC730", {**POLICY, "triggers": [trigger]}))
    return differing("reopening", said, brute, trigger)


def stuck(seed: int) -> Said:
    """Levels that nothing moves a ticket on from."""
    rng = Random(seed)
    names = ["L1", "L2", "L3"]
    triggers = []
    for i, asked in enumerate(conditions(rng, 2, ["severity", "category", "vip", "impact"])):
        effect = rng.choice([{"escalate": rng.choice([*names, "next"])}, {"notify": ["boss"]}])
        trigger: dict[str, Any] = {"id": f"t{i}", "when": asked, **effect}
        if rng.random() < 0.5:
            trigger["at"] = rng.sample(names, rng.choice([1, 2]))
        triggers.append(trigger)
    policy = {**POLICY, "levels": [{"id": name, "owner": "boss"} for name in names]}
    policy |= {"triggers": triggers}
    read = load_text(written(policy))
    assert read.policy is not None, [str(d) for d in read.diagnostics]
    engine = Engine(read.policy)
    worlds = worlds_of([t["when"] for t in triggers])
    moved = {
        name
        for name in names
        for world in worlds
        if decided(engine, {**world, "level": name}).step == "escalate"
    }
    brute = {i for i, name in enumerate(names[:2]) if name not in moved}
    return differing("stuck", numbers("ESC732", policy, "levels"), brute, triggers)


def silent(seed: int) -> Said:
    """Last levels where the review takes more than a day."""
    rng = Random(seed)
    asked = conditions(rng, 2, ["severity", "vip", "phase", "level", "status"])
    uses = [rng.choice(list(LONG)) for _ in range(3)]
    review = [{"when": c, "use": use} for c, use in zip(asked, uses, strict=False)]
    review.append({"otherwise": uses[2]})
    policy = {**POLICY, "levels": [{"id": name, "owner": "boss"} for name in ("L1", "L2")]}
    worlds = [
        {**world, "level": "L2"}
        for world in worlds_for({*facts_in(asked[0]), *facts_in(asked[1])} | {"status"})
        if world["status"] in ("new", "odd", None)
    ]
    rows = truths(engine_of(asked, levels=policy["levels"]), worlds)
    brute = any(LONG[uses[first([*row, True]) or 0]] for row in rows)
    said = bool(found("ESC733", {**policy, "review": review}))
    return differing("silent", said, brute, review)


KINDS = [cases, paths, targets, order, growing, reopening, stuck, silent]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_claims_are_what_brute_force_finds(kind: Any) -> None:
    ANSWERS.clear()
    assert [said for seed in range(50) if (said := kind(seed))] == []
    assert all(answers == {True, False} for answers in ANSWERS.values()), ANSWERS
    assert ANSWERS


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_claims_are_what_brute_force_finds_at_length(kind: Any) -> None:
    assert [said for seed in range(1000, 1600) if (said := kind(seed))] == []


@pytest.mark.parametrize("fact", [f for f in FACTS if f not in ("requested", "calendar.office")])
@pytest.mark.parametrize("wanted", [True, False])
def test_what_is_always_there_is_what_brute_force_finds(fact: str, wanted: bool) -> None:
    asked = {fact: {"exists": wanted}}
    rows = truths(engine_of([asked]), worlds_for([fact]))
    always = {row[0] for row in rows} == {wanted}
    trigger = {"id": "t", "when": asked, "notify": ["boss"]}
    assert bool(found("ESC736", {**POLICY, "triggers": [trigger]})) == always
