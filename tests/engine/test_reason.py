"""The sentence of a decision says a name once."""

from __future__ import annotations

import pytest

from escalate import Engine, Policy

NOW = "2026-11-20T12:00:00Z"
TICKET = {
    "id": "T-1",
    "created_at": "2026-11-20T09:00:00Z",
    "events": [{"at": "2026-11-20T09:00:00Z", "type": "entered", "to": "L1", "owner": "bot"}],
}


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("First line", "so it goes from L1 to First line (L2)."),
        ("Night watch", "so it goes from L1 to First line (L2), to Night watch."),
    ],
)
def test_a_level_called_like_its_owner_is_named_once(owner: str, said: str) -> None:
    policy = Policy.model_validate(
        {
            "escalate": 1,
            "name": "x",
            "owners": {"bot": "bot", "team": {"kind": "team", "name": owner}},
            "levels": [
                {"id": "L1", "owner": "bot", "deadlines": {"resolve": "1h"}},
                {"id": "L2", "name": "First line", "owner": "team"},
            ],
        }
    )
    assert Engine(policy).decide(TICKET, now=NOW).reason.endswith(said)
