"""`escalate calendar`: when a calendar is open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from escalate.cli.exporting import Export, export_options
from escalate.cli.options import one_policy
from escalate.cli.terminal import Terminal

if TYPE_CHECKING:
    from escalate.policy.policy import Policy

__all__ = ["command"]


@click.command("calendar", short_help="Show when the calendars of a policy are open.")
@click.argument("policy")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--year",
    type=click.IntRange(1970, 2199),
    help="Which year; default: the present one.",
)
@export_options
@click.pass_context
def command(
    ctx: click.Context, policy: str, names: tuple[str, ...], year: int | None, export: Export
) -> None:
    """Show the calendar NAME of a POLICY over a year, month by month: how long it is open,
    its holidays and short days with where each comes from, and the changes of the clocks.

    Several names show several calendars; without a name they are listed. As iCalendar it is
    the open hours and the holidays of one calendar, for a calendar program.
    """
    from escalate.cli.calendar_account import CalendarAccount, CalendarList

    terminal: Terminal = ctx.obj
    rules = one_policy(policy)
    wanted = [_known(rules, name) for name in names]
    year = year or datetime.now(UTC).year  # nothing but the command line reads the clock
    if export.form == "ical":
        if not wanted and len(rules.calendars) == 1:
            wanted = list(rules.calendars)
        if len(wanted) != 1:
            raise click.UsageError(f"which calendar? Name one of {_all(rules)}")
        export.binary(_ical(rules, wanted[0], year))
    elif not wanted:
        export.show(terminal, CalendarList(terminal, rules))
    else:
        export.show(terminal, *(CalendarAccount(terminal, rules, name, year) for name in wanted))


def _known(policy: Policy, name: str) -> str:
    if name == "always" or name in policy.calendars:
        return name
    from escalate.errors import did_you_mean

    near = did_you_mean(name, policy.calendars)
    hint = f"did you mean `{near}`?" if near else f"there are {_all(policy)}"
    raise click.UsageError(Terminal.plain(f"there is no calendar `{name}`; {hint}"))


def _all(policy: Policy) -> str:
    return Terminal.plain(", ".join(f"`{name}`" for name in policy.calendars) or "`always` alone")


def _ical(policy: Policy, name: str, year: int) -> bytes:
    from escalate.policy.calendars import calendar_of
    from escalate.worktime.ical_out import hours_entries, write_ical
    from escalate.worktime.zone import find_zone

    calendar = calendar_of(policy, name)
    zone = find_zone(calendar.timezone or "UTC")
    start, end = (datetime(y, 1, 1, tzinfo=zone) for y in (year, year + 1))
    try:
        entries = hours_entries(calendar, name, start, end)
        return write_ical(f"{policy.name}: {name}", entries, start)
    except ValueError as error:
        raise click.UsageError(Terminal.plain(f"`{name}`: {error}")) from None
