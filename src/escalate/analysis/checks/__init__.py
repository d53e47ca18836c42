"""The catalogue: every check with its code and how grave what it finds is.

A check is a file with one function that reads a
:class:`~escalate.analysis.subject.Subject` and yields findings; its page is
``rules/ESCnnn.md``. Adding one: the file, an entry here, the page, and a case under
``tests/golden/checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from escalate.analysis.checks import (
    assign_nobody,
    case_never_taken,
    clock_unneeded,
    clock_unread,
    customer_never_told,
    deadline_grows,
    deadline_order,
    exists_always,
    holidays_end,
    last_level_silent,
    level_stuck,
    level_without_path,
    lookalikes,
    message_fallback,
    mixed_scripts,
    movement_hidden,
    movement_nowhere,
    path_never_taken,
    review_never,
    set_reopens,
    sets_at_once,
    target_missing,
    transfers_at_once,
    trigger_always,
    trigger_never,
    trigger_repeats,
    unused_action,
    unused_calendar,
    unused_condition,
    unused_message,
    unused_owner,
    warning_at_start,
    warning_never,
    weekday_left_out,
)
from escalate.analysis.subject import Finding, Subject
from escalate.errors import Severity

__all__ = ["CHECKS", "Check"]


class Check(NamedTuple):
    """An entry of the catalogue."""

    code: str
    severity: Severity
    finds: Callable[[Subject], Iterable[Finding]]


_WARNING, _HINT = Severity.WARNING, Severity.HINT

CHECKS: Final[tuple[Check, ...]] = (
    Check("ESC320", _WARNING, unused_condition.check),
    Check("ESC321", _WARNING, unused_message.check),
    Check("ESC322", _WARNING, unused_owner.check),
    Check("ESC323", _WARNING, unused_calendar.check),
    Check("ESC324", _WARNING, unused_action.check),
    Check("ESC550", _WARNING, target_missing.check),
    Check("ESC551", _WARNING, deadline_order.check),
    Check("ESC552", _WARNING, deadline_grows.check),
    Check("ESC553", _WARNING, warning_never.check),
    Check("ESC554", _HINT, warning_at_start.check),
    Check("ESC555", _HINT, weekday_left_out.check),
    Check("ESC556", _HINT, holidays_end.check),
    Check("ESC622", _WARNING, assign_nobody.check),
    Check("ESC640", _HINT, customer_never_told.check),
    Check("ESC641", _WARNING, message_fallback.check),
    Check("ESC720", _WARNING, level_without_path.check),
    Check("ESC721", _WARNING, path_never_taken.check),
    Check("ESC722", _WARNING, trigger_never.check),
    Check("ESC723", _HINT, trigger_always.check),
    Check("ESC724", _WARNING, trigger_repeats.check),
    Check("ESC725", _WARNING, movement_hidden.check),
    Check("ESC726", _WARNING, movement_nowhere.check),
    Check("ESC727", _HINT, transfers_at_once.check),
    Check("ESC728", _HINT, sets_at_once.check),
    Check("ESC729", _WARNING, clock_unneeded.check),
    Check("ESC730", _WARNING, set_reopens.check),
    Check("ESC731", _HINT, clock_unread.check),
    Check("ESC732", _HINT, level_stuck.check),
    Check("ESC733", _HINT, last_level_silent.check),
    Check("ESC734", _WARNING, review_never.check),
    Check("ESC735", _WARNING, case_never_taken.check),
    Check("ESC736", _WARNING, exists_always.check),
    Check("ESC801", _WARNING, mixed_scripts.check),
    Check("ESC802", _WARNING, lookalikes.check),
)
"""Every check, in the order of the codes."""
