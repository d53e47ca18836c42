"""What was written, as a message shows it."""

from __future__ import annotations

from typing import Any

import pytest

from escalate.wording import shown


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "null"),
        (True, "true"),
        (3.0, "3.0"),
        ("high", "high"),
        ((1, None, "two"), "[1, null, two]"),
        ({"a": [False]}, "{a: [false]}"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 37 + "..."),
        ([1] * 40, "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ..."),
    ],
)
def test_what_was_written_is_shown_as_in_yaml(written: Any, told: str) -> None:
    assert shown(written) == told
