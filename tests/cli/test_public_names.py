"""What `from escalate import ...` gives."""

from __future__ import annotations

import pytest

import escalate


@pytest.mark.parametrize("name", escalate.__all__)
def test_each_name_is_there(name: str) -> None:
    assert getattr(escalate, name).__name__ == name
    assert name in dir(escalate)


def test_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        escalate.Nothing  # noqa: B018
