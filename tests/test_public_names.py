"""The public door: every name is there, and takes what the pages promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import escalate
from escalate import PolicyError, TicketError, apply, decide, engine_for, load_policies, load_policy

POLICY = """\
escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager}
"""
TICKET = {"id": "T-1", "created_at": "2026-11-20T09:00:00Z", "events": []}
NOW = "2026-11-20T09:00:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.escalation.yaml").write_text(POLICY, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", escalate.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(escalate, name).__name__ == name
    assert name in dir(escalate)


def test_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        escalate.Nothing  # noqa: B018


def test_the_version_is_told() -> None:
    assert escalate.__version__.split(".")[0].isdigit()


def test_a_ticket_may_be_a_mapping_text_or_a_ticket(folder: Path) -> None:
    policy = load_policy(folder / "small.escalation.yaml")
    engine = engine_for(policy)
    forms = [TICKET, json.dumps(TICKET), json.dumps(TICKET).encode(), engine.ticket(TICKET)]
    said = {decide(policy, form, now=NOW).to_json_text() for form in forms}
    assert len(said) == 1
    decision = decide(policy, TICKET, now=NOW)
    assert {json.dumps(apply(form, decision).to_json()) for form in forms} == {
        json.dumps(apply(engine.ticket(TICKET), decision).to_json())
    }


def test_a_set_decides_too(folder: Path) -> None:
    policies = load_policies(folder)
    assert decide(policies, json.dumps(TICKET), now=NOW).to.owner == "front-line"
    assert engine_for(policies).decide(TICKET, now=NOW).policy.name == "small-desk"


def test_mistakes_are_told_with_their_places(folder: Path) -> None:
    wrong = folder / "wrong.escalation.yaml"
    wrong.write_text(POLICY.replace("owner: manager", "owner: manger"), encoding="utf-8")
    with pytest.raises(PolicyError) as found:
        load_policy(wrong)
    assert [(d.code, d.line) for d in found.value.diagnostics] == [("ESC302", 6)]
    policy = load_policy(folder / "small.escalation.yaml")
    with pytest.raises(TicketError) as naive:
        decide(policy, TICKET | {"created_at": "2026-11-20T09:00:00"}, now=NOW)
    assert [(d.code, d.path) for d in naive.value.diagnostics] == [("ESC911", "created_at")]
    with pytest.raises(TicketError):
        decide(policy, "{", now=NOW)
