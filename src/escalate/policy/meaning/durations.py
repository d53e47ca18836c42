"""Can durations be counted where they stand? Language: "Time", workdays and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from escalate.errors import Severity
from escalate.policy.agreed import agreed_times
from escalate.policy.cases import Cases
from escalate.policy.condition import Compare
from escalate.policy.level import DEADLINES
from escalate.policy.meaning.context import Context, Path
from escalate.policy.meaning.walk import deadlines_of
from escalate.policy.policy import Policy
from escalate.wording import message_and_help
from escalate.worktime.duration import Duration
from escalate.worktime.epoch import HOUR

__all__ = ["check_durations", "check_intervals", "check_zone"]

_DAYS: Final = re.compile(r"[0-9]+ ?[dw]")
_MEASURES: Final = ("elapsed", "remaining", "overdue")


def check_durations(context: Context) -> None:
    """Workdays need a calendar that closes, and days of 24 hours are pointed at."""
    policy = context.policy
    for path, cases, calendar in _targets(policy):
        for i, case in enumerate(cases.cases):
            if isinstance(case.use, Duration):
                own = (case.calendar,) if case.calendar else calendar
                _counted(context, case.use, own, (*path, *cases.path_of(i)))
    if policy.review is not None:
        for inner, review in policy.review.values():
            _counted(context, review, (policy.calendar,), ("review", *inner))
    for asked in context.conditions:
        for node in asked.condition.walk():
            if isinstance(node, Compare):
                _compared(context, node, asked.path)


def _targets(policy: Policy) -> Iterator[tuple[Path, Cases[Any], tuple[str, ...]]]:
    """Every target with the calendars that it may be counted in."""
    for name, clock in policy.clocks.items():
        if clock.target is not None:
            yield ("clocks", name, "target"), clock.target, _names(clock.calendar, policy)
    for path, level, deadline in deadlines_of(policy):
        calendar = deadline.calendar or level.calendar
        yield (*path, "target"), deadline.target, _names(calendar, policy)
    for name in DEADLINES:
        for vendor, (time, named) in agreed_times(policy, name).items():
            yield ("owners", vendor, "agreed", name), Cases.of(time), (named,)


def _names(calendar: Cases[str] | None, policy: Policy) -> tuple[str, ...]:
    if calendar is None:
        return (policy.calendar,)
    named = tuple(name for _, name in calendar.values())
    return named if _certain(calendar) else (*named, policy.calendar)


def _certain(cases: Cases[str]) -> bool:
    return any(case.when is None and case.use is not None for case in cases.cases)


def _compared(context: Context, node: Compare, at: Path) -> None:
    fact = context.facts.get(node.fact)
    if fact is None or fact.kind != "duration":
        return
    calendar = node.calendar or context.policy.calendar
    if fact.source == "clock":
        clock = context.policy.clocks.get(node.fact.split(".")[1])
        own = clock.calendar.plain if clock is not None and clock.calendar is not None else None
        calendar = own or context.policy.calendar
    for test in node.tests:
        for value in test.operands:
            if not isinstance(value, str):
                continue
            if "workday" in value and fact.source in ("clock", "promise"):
                context.report(
                    "ESC509",
                    f"`{node.fact}` is working time, which is not compared with workdays",
                    (*at, *test.path),
                    "write it in hours, as in `8h`",
                )
            elif "workday" in value or _DAYS.match(value):
                _said(context, value, "workday" in value, (calendar,), (*at, *test.path))


def _counted(context: Context, duration: Duration, calendars: tuple[str, ...], path: Path) -> None:
    written = context.written(path)
    text = written if isinstance(written, str) else str(duration)
    if duration.workdays or _DAYS.match(text):
        _said(context, text, bool(duration.workdays), calendars, path)


def _said(
    context: Context, text: str, workdays: bool, calendars: tuple[str, ...], path: Path
) -> None:
    if workdays:
        if all(_never_closes(context, name) for name in calendars):
            context.report(
                "ESC502",
                f"`{text}` cannot be counted in a calendar that never closes",
                path,
                "name a calendar with hours, or write it in days, as in `2d`",
            )
    elif all(_closes(context, name) for name in calendars):
        hours = Duration.parse(text).us // HOUR
        context.report(
            "ESC504",
            f"`{text}` in the calendar `{calendars[0]}` is {hours} working hours, not days",
            path,
            "write `workdays` if working days are meant, or add `calendar: always`",
            severity=Severity.WARNING,
        )


def _never_closes(context: Context, name: str) -> bool:
    calendar = context.policy.calendars.get(name)
    return name == "always" or (calendar is not None and calendar.hours.always)


def _closes(context: Context, name: str) -> bool:
    return name in context.policy.calendars and not _never_closes(context, name)


def check_intervals(context: Context) -> None:
    """What comes again and again comes after some time, and warnings have a time."""
    policy = context.policy
    for i, level in enumerate(policy.levels):
        if level.remind is not None:
            _every(context, level.remind.every, ("levels", i, "remind", "every"))
    for at, _, deadline in deadlines_of(policy):
        for j, point in enumerate(deadline.warn):
            if isinstance(point, Duration):
                _no_workdays(context, point, (*at, "warn", j))
    for i, trigger in enumerate(policy.triggers):
        if trigger.repeat is not None:
            path: Path = ("triggers", i, "repeat", "every")
            _every(context, trigger.repeat.every, path)
            if trigger.repeat.every.workdays and _never_closes(context, policy.calendar):
                _counted(context, trigger.repeat.every, (policy.calendar,), path)
    if policy.review is not None:
        for inner, review in policy.review.values():
            _every(context, review, ("review", *inner))


def _every(context: Context, every: Duration, path: Path) -> None:
    if not every.us and not every.workdays:
        message = "what comes again needs some time in between, not none"
        context.report("ESC508", message, path, "write a duration such as `2h`")


def _no_workdays(context: Context, duration: Duration, path: Path) -> None:
    if duration.workdays:
        context.report(
            "ESC503",
            f"`{duration}` cannot be used here, where working time is counted",
            path,
            "write it in hours, as in `8h`",
        )


def check_zone(context: Context) -> None:
    """The policy's zone exists."""
    zone = context.policy.timezone
    if zone == "UTC":
        return
    from escalate.worktime.zone import ZoneError, find_zone

    try:
        find_zone(zone)
    except ZoneError as error:
        message, help_ = message_and_help(str(error))
        context.report("ESC501", message, ("timezone",), help_)
