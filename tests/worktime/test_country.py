"""Countries are known without loading their holidays, and no others than the package's."""

from __future__ import annotations

import pytest

from escalate.worktime import Calendar
from escalate.worktime.country import check_country

holidays = pytest.importorskip("holidays")
CODES = sorted(holidays.list_supported_countries(include_aliases=True))


def test_every_country_of_the_package_is_known() -> None:
    assert len(CODES) > 100
    assert [code for code in CODES if check_country(code, None)] == []


@pytest.mark.parametrize("code", ["XX", "XNYS", "ECB", "md", "HolidaysAX", "Moldova", "JAN", ""])
def test_what_is_no_country_is_not_known(code: str) -> None:
    found = check_country(code, None)
    assert found is not None
    assert found[:2] == ("country", "country")


def test_parts_are_those_of_the_country() -> None:
    assert check_country("DE", "BY") is None
    found = check_country("DE", "BZ")
    assert found is not None
    assert found[:2] == ("country", "subdivision")


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_single_day_of_the_week_is_looked_at_closely(day: str) -> None:
    """Too few hours to guess that they outnumber the holidays of a country."""
    calendar = Calendar.model_validate(
        {"hours": {day: "09:00-10:00"}, "holidays": [{"country": "SE"}]}
    )
    assert calendar.holidays
