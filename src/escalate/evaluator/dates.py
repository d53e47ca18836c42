"""Instants as messages write them: in somebody's zone, by ISO or as a language has them.

Language: "Actions", messages. The forms of languages are Babel's (the extra ``babel``);
without it, and for a language that it does not know, they are ISO's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from escalate.decision import instant, minute_text
from escalate.policy.policy import DateForm

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["Written", "writer"]

Written = Callable[[int], str]


def writer(form: DateForm, zone: str, languages: tuple[str, ...]) -> Written:
    """How instants (microseconds since 1970) are written on the clocks of a zone, by the
    first of some languages whose form is known."""
    if form == "language":
        for language in languages:
            locale = _locale(language)
            if locale is not None:
                return lambda us: _as_language_has_it(us, zone, locale)
    return lambda us: minute_text(us, zone)


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale | None:
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        return None
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def _as_language_has_it(us: int, zone: str, locale: Locale) -> str:
    """The date in full and the time to the minute."""
    from babel.dates import format_date, format_time, get_datetime_format

    at = instant(us, zone)
    joined = str(get_datetime_format("long", locale=locale)).replace("'", "")
    time = format_time(at, "short", tzinfo=at.tzinfo, locale=locale)
    return joined.replace("{0}", time).replace("{1}", format_date(at, "long", locale=locale))
