"""Are rotations sound? Language: "A whole policy", `owners`."""

from __future__ import annotations

from datetime import datetime

from escalate.policy.meaning.context import Context, Path
from escalate.policy.owner import RotationOwner

__all__ = ["check_rotations"]


def check_rotations(context: Context) -> None:
    """Local instants exist, overrides name members and end after they begin."""
    for name, owner in context.policy.owners.items():
        if isinstance(owner, RotationOwner):
            _rotation(context, owner, ("owners", name))


def _rotation(context: Context, owner: RotationOwner, path: Path) -> None:
    _instant(context, owner.starts, (*path, "starts"))
    for i, override in enumerate(owner.overrides):
        here = (*path, "overrides", i)
        if override.member not in owner.members:
            near = context.nearest(override.member, owner.members, str(path))
            help_ = f"did you mean `{near}`?" if near else "add it to `members`"
            message = f"`{override.member}` is no member of this rotation"
            context.report("ESC601", message, (*here, "member"), help_)
        start = _instant(context, override.from_, (*here, "from"))
        until = _instant(context, override.until, (*here, "until"))
        if start is not None and until is not None and until <= start:
            context.report(
                "ESC602",
                f"this override ends at `{override.until}`, before it has begun",
                (*here, "until"),
                "exchange `from` and `until`",
            )


def _instant(context: Context, written: str, path: Path) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= 2199:
        message = f"there is no local time `{written}`"
        context.report("ESC505", message, path, "write it as `2026-12-24` or `2026-12-24T09:00`")
        return None
    return found
