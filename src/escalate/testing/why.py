"""Why something came out as it did: what matters of the trace, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from escalate.decision import Decision, duration_text, instant_text, minute_text
from escalate.evaluator.trace_words import (
    Line,
    condition_lines,
    duration_words,
    minute,
    place_text,
)
from escalate.policy.cases import Cases
from escalate.policy.choice import Choice
from escalate.policy.policy import Policy
from escalate.policy.trigger import Trigger

__all__ = ["decided", "why"]

_MOST_TRIGGERS: Final = 3
_MOST_DECISIONS: Final = 4
_OF_TRIGGERS: Final = frozenset({
    "step", "kind", "trigger", "key", "fired", "level", "owner", "assignee", "to", "from",
    "notify", "remind", "warn", "tell_customer", "ask", "assign", "set", "do", "messages",
    "actions",
})  # fmt: skip
"""Expectations that triggers decide."""

Expected = Mapping[str, Any]
"""What was expected and not met, by key, as written."""


def decided(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """What was decided, in two lines each; of many only the last."""
    lines: list[str] = []
    done = [d for d in decisions if d.step != "hold"] or list(decisions[-1:])
    if len(done) > _MOST_DECISIONS:
        lines.append(f"{len(done) - _MOST_DECISIONS:,} steps before")
    several = len({decision.now_us for decision in done}) > 1
    for decision in done[-_MOST_DECISIONS:]:
        here, there = place_text(decision.from_), place_text(decision.to)
        when = f"{minute_text(decision.now_us, decision.zone)}  " if several else ""
        moved = f" -> {there}" if there != here else ""
        lines.append(f"{when}{decision.step}: {here}{moved}")
        lines.append(decision.reason)
    return tuple(lines)


def why(policy: Policy | None, decisions: Sequence[Decision], expected: Expected) -> list[Line]:
    """The lines that explain the decisions, as far as they concern what was expected."""
    lines: list[Line] = []
    for key in expected:
        match key.partition(".")[0]:
            case "deadlines":
                lines += _deadlines(decisions[-1])
            case "clocks":
                lines += _clocks(decisions[-1], expected[key])
            case "next_check_at":
                lines += _next(decisions[-1])
            case "path":
                lines += _path(decisions[-1])
            case _:
                pass
    if policy is not None and _OF_TRIGGERS.intersection(expected):
        words = {word for value in expected.values() for word in _words(value)}
        lines += _passed(decisions, words)
        lines += _triggers(policy, decisions, words)
        if any(word.startswith("deadline:") for word in words) and "deadlines" not in expected:
            lines += _deadlines(decisions[-1])
    lines += [
        (0, f"warned: {code}: {message}", "")
        for code, message in dict.fromkeys(w for d in decisions for w in d.warnings)
    ]
    return list(dict.fromkeys(lines))


def _words(value: Any) -> Iterator[str]:
    """Every text in a value; also the keys of what is set."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


# Triggers.


def _triggers(policy: Policy, decisions: Sequence[Decision], words: set[str]) -> Iterator[Line]:
    """Those that fired, and those that could have done what was expected."""
    fired = {f.trigger for decision in decisions for f in decision.fired}
    named = [t for t in policy.triggers if t.id in words and t.id not in fired]
    able = [
        t
        for t in policy.triggers
        if t not in named and t.id not in fired and words.intersection(_does(t))
    ]
    for trigger in [t for t in policy.triggers if t.id in fired][:_MOST_TRIGGERS]:
        decision = next(d for d in decisions if any(f.trigger == trigger.id for f in d.fired))
        yield from _trigger(decision, trigger.id, fired=True)
    for trigger in (named or able)[:_MOST_TRIGGERS]:
        yield from _trigger(decisions[0], trigger.id, fired=False)


def _does(trigger: Trigger) -> Iterator[str]:
    """The names of what a trigger would do."""
    if trigger.escalate is not None:
        yield trigger.escalate
    cases: list[Cases[Any] | None] = [trigger.transfer, trigger.tell_customer]
    for notice in trigger.notify:
        cases += [notice.owner, notice.message]
    for case in cases:
        if case is not None:
            for _, named in case.values():
                if isinstance(named, Choice):
                    yield from (name for _, name in named.names)
                else:
                    yield named
    yield from (do.action for do in trigger.do)
    yield from trigger.set


def _trigger(decision: Decision, name: str, *, fired: bool) -> Iterator[Line]:
    said = next((t for t in (decision.trace or {}).get("triggers", ()) if t["id"] == name), None)
    if said is None:
        return
    text = f"`{name}` fired" if fired else f"`{name}`: {said['why']}"
    if said["wants"] and not fired:
        text += f"; wants to {said['wants']}"
    if said["missing"] and not fired:
        text += f", for want of {', '.join(said['missing'])}"
    yield 0, text, ""
    telling = _telling(said["when"], fired or bool(said["holds"]))
    if telling is not None and (fired or said["why"] in ("does not hold", "unknown")):
        yield from condition_lines(telling, 1)


def _telling(said: Mapping[str, Any], holds: bool) -> Mapping[str, Any] | None:
    """The parts of a condition that made it what it is; what says nothing is left out."""
    parts = said.get("parts")
    if parts is None or said["text"] == "not":
        return said
    kept = [part for part in parts if (part["holds"] is True) is holds] or list(parts)
    inner = [told for part in kept if (told := _telling(part, holds)) is not None]
    if len(inner) == 1 and said["text"] in ("all", "any"):
        return inner[0]
    return {**said, "parts": inner}


def _passed(decisions: Sequence[Decision], words: set[str]) -> Iterator[Line]:
    """Levels that were passed over, where they were expected."""
    for decision in decisions:
        for level in (decision.trace or {}).get("levels", ()):
            if level["id"] in words or any(f"`{word}`" in level["why"] for word in words):
                yield 0, f"level `{level['id']}` was passed over: {level['why']}", ""


# Time.


def _deadlines(decision: Decision) -> Iterator[Line]:
    told = {d["name"]: d for d in (decision.trace or {}).get("deadlines", ())}
    for name, us in decision.deadlines.items():
        text = f"deadline {name}: "
        text += (
            "stands still" if us is None else f"due {minute(instant_text(us, decision.zone) or '')}"
        )
        more = told.get(name)
        if more is not None:
            if more["calendar"]:
                text += f", in calendar {more['calendar']}"
            if more["elapsed"]:
                text += f", {duration_words(more['elapsed'])} elapsed"
            if more["skipped"]:
                days = ", ".join(f"{day} {called}".strip() for day, called in more["skipped"])
                text += f", days skipped: {days}"
        yield 0, text, ""


def _clocks(decision: Decision, expected: Any) -> Iterator[Line]:
    for name in expected if isinstance(expected, Mapping) else ():
        clock = decision.clocks.get(name)
        if clock is None:
            continue
        text = f"clock {name}: {clock.state}"
        if clock.paused_by:
            text += f" by {clock.paused_by}"
        if clock.due_us is not None:
            text += f", due {minute(instant_text(clock.due_us, decision.zone) or '')}"
        if clock.elapsed_us is not None:
            text += f", {duration_words(duration_text(clock.elapsed_us))} elapsed"
        if clock.target_us is not None:
            text += f" of {duration_words(duration_text(clock.target_us))}"
        yield 0, text, ""


def _next(decision: Decision) -> Iterator[Line]:
    """What can change at the next check."""
    if decision.next_us is None or decision.step != "hold":
        return
    at, trace = instant_text(decision.next_us, decision.zone), decision.trace or {}
    what = [f"deadline {name}" for name, us in decision.deadlines.items() if us == decision.next_us]
    what += [f"clock {name}" for name, c in decision.clocks.items() if c.due_us == decision.next_us]
    what += [f"`{t['id']}`" for t in trace.get("triggers", ()) if t["changes_at"] == at]
    if trace.get("review", {}).get("due") == at:
        what.append("the review")
    said = ", ".join(what) if what else "something that the policy looks at"
    yield 0, f"at {minute(at or '')} comes {said}", ""


def _path(decision: Decision) -> Iterator[Line]:
    for tried in (decision.trace or {}).get("path", {}).get("tried", ()):
        yield 0, f"path `{tried['id']}`", tried["holds"]
        if "text" in tried:
            yield from condition_lines(tried, 1)
