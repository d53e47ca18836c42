"""`escalate oncall`: who has duty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import click

from escalate.cli.exporting import Export, export_options
from escalate.cli.options import one_policy
from escalate.cli.terminal import Terminal
from escalate.policy.policy import Policy

__all__ = ["command"]

USUAL: Final = timedelta(weeks=4)
LONGEST: Final = timedelta(days=3660)


@click.command("oncall", short_help="Show who has duty.")
@click.argument("policy")
@click.argument("owners", metavar="[OWNER]...", nargs=-1)
@click.option(
    "--from", "begin", metavar="INSTANT", help="Since when: a date, or a date and time; now."
)
@click.option("--until", metavar="INSTANT", help="Until when; default: four weeks later.")
@export_options
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    owners: tuple[str, ...],
    begin: str | None,
    until: str | None,
    export: Export,
) -> None:
    """Show who has duty in the rotations of a POLICY, or by which OWNERs are given it, and
    when nobody has.

    Instants without an offset are in the policy's zone. The exit code is 1 where there is a
    time in which nobody has duty.
    """
    from escalate.cli.duty_account import DutyAccount

    terminal: Terminal = ctx.obj
    rules = one_policy(policy)
    names = [_duty(rules, owner) for owner in owners] or _all(rules)
    start, end = _span(rules, begin, until)
    accounts = [DutyAccount(terminal, rules, name, start, end) for name in dict.fromkeys(names)]
    if export.form == "ical":
        from escalate.worktime.ical_out import duty_entries, write_ical

        entries = [entry for one in accounts for entry in duty_entries(one.watches, one.name)]
        whole = ", ".join(one.name for one in accounts)
        try:
            export.binary(write_ical(f"{rules.name}: {whole}", entries, start))
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    else:
        export.show(terminal, *accounts)
    if any(one.gaps for one in accounts):
        ctx.exit(1)


def _all(policy: Policy) -> list[str]:
    from escalate.policy.duties import rotations_of

    found = list(rotations_of(policy))
    if not found:
        raise click.UsageError("this policy has no rotation, so nobody has duty in turn")
    return found


def _duty(policy: Policy, owner: str) -> str:
    from escalate.errors import did_you_mean
    from escalate.policy.duties import duty_of, rotations_of

    known = rotations_of(policy)
    there = ", ".join(f"`{name}`" for name in known) or "none"
    if owner not in policy.owners:
        near = did_you_mean(owner, policy.owners)
        hint = f"did you mean `{near}`?" if near else f"rotations: {there}"
        raise click.UsageError(Terminal.plain(f"there is no owner `{owner}`; {hint}"))
    found = duty_of(policy, owner)
    if found is None:
        told = f"nobody of `{owner}` has duty in turn; rotations: {there}"
        raise click.UsageError(Terminal.plain(told))
    return found


def _span(policy: Policy, begin: str | None, until: str | None) -> tuple[datetime, datetime]:
    from escalate.worktime.years import FIRST_YEAR, LAST_YEAR

    # nothing but the command line reads the clock
    start = datetime.now(UTC).replace(second=0, microsecond=0)
    if begin is not None:
        start = _instant(policy, begin, "--from")
    end = start + USUAL if until is None else _instant(policy, until, "--until")
    if end <= start:
        raise click.UsageError("`--until` is not after `--from`")
    if end - start > LONGEST:
        raise click.UsageError("from `--from` to `--until` are more than ten years")
    if not FIRST_YEAR < start.year <= end.year < LAST_YEAR:
        raise click.UsageError(f"duty is known between {FIRST_YEAR + 1} and {LAST_YEAR - 1}")
    return start, end


def _instant(policy: Policy, written: str, option: str) -> datetime:
    from escalate.worktime.zone import find_zone, from_us, wall_to_us

    zone = find_zone(policy.timezone)
    try:
        at = datetime.fromisoformat(written)
        return from_us(wall_to_us(at, zone), zone) if at.tzinfo is None else at.astimezone(zone)
    except (ValueError, OverflowError):
        told = f"`{option}`: there is no instant `{written}`"
        hint = "write it as `2026-11-20`, `2026-11-20T09:00` or with an offset from UTC"
        raise click.UsageError(Terminal.plain(f"{told}; {hint}")) from None
