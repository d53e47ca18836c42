"""Public holidays of countries, from the optional `holidays` package."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from importlib.util import find_spec

from escalate.errors import MissingExtraError, did_you_mean

__all__ = ["check_country", "public_holidays"]


def _is_listed(country: str) -> bool:
    """Whether the package's own list of countries names it. The list is read as a text:
    to import the package takes as long as to check a whole policy. False also where there
    is no such list, and then the package itself is asked."""
    if not (country.isascii() and country.isalpha() and country.isupper()):
        return False
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return False
    try:
        path = os.path.join(os.path.dirname(spec.origin), "registry.py")
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
    except (OSError, ValueError):
        return False
    countries, markets, _ = text.partition("\nFINANCIAL")
    return bool(markets) and f'"{country}"' in countries


def _parts(country: str) -> tuple[str, ...] | None:
    """The parts of one country, without loading the others; None if it is not known."""
    try:
        import holidays
    except ImportError:
        raise MissingExtraError("`country` in a list of holidays", "holidays") from None
    found = getattr(holidays, country, None) if country.isalpha() and country.isupper() else None
    if found is None or getattr(found, "country", None) is None:  # months have such names too
        return _countries().get(country)
    return tuple(found.subdivisions)


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, ...]]:
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    return {code: tuple(parts) for code, parts in known.items()}


@lru_cache(maxsize=256)
def check_country(country: str, subdivision: str | None) -> tuple[str, str, str] | None:
    """What is wrong with them: kind of finding, key, message; or nothing."""
    if subdivision is None and _is_listed(country):
        return None
    try:
        parts = _parts(country)
    except MissingExtraError as error:
        return "extra_missing", "country", str(error)
    if parts is None:
        countries = _countries()
        near = country.upper() if country.upper() in countries else None
        near = near or did_you_mean(country, countries)
        hint = f"did you mean `{near}`?" if near else "write its two letters, such as `MD` or `DE`"
        return "country", "country", f"no holidays are known of a country `{country}`; {hint}"
    if subdivision is not None and subdivision not in parts:
        near = did_you_mean(subdivision, parts)
        hint = f"did you mean `{near}`?" if near else _parts_of(country, parts)
        return "country", "subdivision", f"`{country}` has no part `{subdivision}`; {hint}"
    return None


def _parts_of(country: str, parts: tuple[str, ...]) -> str:
    if not parts:
        return f"its holidays are the same everywhere, so leave `subdivision` out of `{country}`"
    shown = ", ".join(f"`{part}`" for part in parts[:8])
    return f"its parts are {shown}" + (" and others" if len(parts) > 8 else "")


@lru_cache(maxsize=4096)
def public_holidays(
    country: str, subdivision: str | None, year: int
) -> tuple[tuple[date, str], ...]:
    """The public holidays of a year, in order, named in the country's own language."""
    import holidays

    found = holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False)
    return tuple(sorted((day, str(name)) for day, name in found.items() if day.year == year))
