"""Priorities and severities without a target. Language: "Time", targets."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.analysis.targets import targets
from escalate.worktime.wording import kind_of

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Values of a listed field for which no case of a target can hold, where cases ask for
    that field."""
    for path, cases in targets(subject.policy):
        if not cases.written or any(case.when is None for case in cases.cases):
            continue
        regions = [subject.within(case.when) for case in cases.cases]
        known = [region for region in regions if region is not None]
        if len(known) < len(regions):
            continue
        boxes = [box for region in known for box in region]
        for name in dict.fromkeys(d for box in boxes for d in box):
            choices = _listed(subject, name)
            missing = [
                choice
                for i, choice in enumerate(choices)
                if not any(box.get(name, 1 << i) >> i & 1 for box in boxes)
            ]
            if missing:
                values = ", ".join(kind_of(choice) for choice in missing)
                yield Finding(
                    f"no case gives a target where `{name}` is {values}",
                    path,
                    "add a case, or `otherwise`; write `use: none` if there is to be no target",
                )


def _listed(subject: Subject, name: str) -> tuple[object, ...]:
    """The values that the policy lists for a field of tickets."""
    spec = subject.policy.fields.get(name)
    if spec is None or name not in subject.facts or subject.facts[name].of is not spec:
        return ()
    return (spec.choices or ()) if subject.facts[name].kind in ("text", "ordered") else ()
