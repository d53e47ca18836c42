"""The rules of the language page, as tables: `tests/spec/time/*.yaml`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import ValidationError

from escalate.worktime import Calendar, Duration, OutOfYearsError

SPEC = Path(__file__).parent.parent / "spec" / "time"


def rows() -> list[Any]:
    found = []
    for path in sorted(SPEC.glob("*.yaml")):
        text = path.read_text("utf-8")
        for number, table in enumerate(yaml.load_all(text, yaml.BaseLoader)):
            for row in table["rows"]:
                name = f"{path.stem}-{number}: {row['ask']} {row['from']}: {row['why']}"
                found.append(pytest.param(table["calendar"], row, id=name))
    return found


def numbers(calendar: dict[str, Any]) -> dict[str, Any]:
    """The base loader reads all as text; these are none."""
    read: dict[str, Any] = {"offset": int, "beats_holidays": "true".__eq__}
    holidays = [
        {key: read[key](value) if key in read else value for key, value in entry.items()}
        for entry in calendar.get("holidays", [])
    ]
    return {**calendar, "holidays": holidays}


@pytest.mark.parametrize(("written", "row"), rows())
def test_row(written: dict[str, Any], row: dict[str, Any]) -> None:
    if row["ask"] == "made":
        with pytest.raises(ValidationError) as raised:
            Calendar.model_validate(numbers(written))
        [wrong] = raised.value.errors()
        assert f"{wrong['type']} {'.'.join(map(str, wrong['loc']))}" == row["is"]
        return
    calendar = Calendar.model_validate(numbers(written))
    zone = ZoneInfo(written["timezone"])

    def at(text: str) -> datetime:
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else instant.replace(tzinfo=zone)

    start, expected = at(row["from"]), row["is"]
    if expected == "error":
        with pytest.raises(OutOfYearsError, match="1970 and 2199"):
            asked(calendar, row["ask"], start, row, at)
        return
    match row["ask"]:
        case "add":
            span = Duration.parse(row["give"]).timedelta
            assert stamp(calendar.add(start, span)) == stamp(at(expected))
        case "add_workdays":
            assert stamp(calendar.add_workdays(start, int(row["give"]))) == stamp(at(expected))
        case "between":
            worked = calendar.between(start, at(row["to"]))
            assert worked == Duration.parse(expected).timedelta
        case "is_open":
            assert calendar.is_open(start) is (expected == "true")
        case "skipped":
            assert [list(day) for day in calendar.skipped(start, at(row["to"]))] == expected
        case "next_open" | "next_close" | "previous_close" as question:
            assert stamp(getattr(calendar, question)(start)) == stamp(at(expected))
        case other:
            raise AssertionError(f"no such question: {other}")


def asked(calendar: Calendar, ask: str, start: datetime, row: dict[str, Any], at: Any) -> Any:
    """The bare answer to a row's question."""
    given: dict[str, Any] = {
        "add": lambda: (Duration.parse(row["give"]).timedelta,),
        "add_workdays": lambda: (int(row["give"]),),
        "between": lambda: (at(row["to"]),),
    }
    return getattr(calendar, ask)(start, *given.get(ask, tuple)())


def stamp(at: datetime) -> float:
    """Two aware times of one zone compare by the wall, and of the repeated hour as equal."""
    return at.timestamp()
