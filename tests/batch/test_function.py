"""The function that other engines call: small to send, compiled once, the same decisions."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from escalate import TicketError, load_policies, load_policy
from escalate.batch import BatchFunction, Decider, TableError, decide_columns, flatten, function

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
POLICY = load_policy(
    Path(__file__).parents[2] / "examples" / "policies" / "customer-support.escalation.yaml"
)


def tickets(count: int) -> Any:
    rows = [
        {
            "id": f"T-{n}",
            "created_at": f"2026-11-20T0{n % 8}:00:00Z",
            "severity": "high" if n % 3 else "low",
            "events": [],
        }
        for n in range(count)
    ]
    return flatten(rows, POLICY)


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was compiled, in an otherwise empty process."""
    made: list[object] = []

    def deciding(policy: Any, **more: Any) -> Decider:
        made.append(policy)
        return Decider(policy, **more)

    monkeypatch.setattr(function, "_KEPT", {})
    monkeypatch.setattr(function, "Decider", deciding)
    return made


def test_it_decides_as_ever_in_plain_texts() -> None:
    table = tickets(20)
    decides = BatchFunction(POLICY, NOW, full="acting", desk={"open": {"front-line": 3}})
    expected = decide_columns(POLICY, table, NOW, full="acting", desk={"open": {"front-line": 3}})
    assert decides(table).to_pylist() == expected.to_pylist()
    assert decides(table).schema == decides.schema
    (batch,) = table.to_batches()
    assert isinstance(decides(batch), pa.RecordBatch)
    assert decides(batch).to_pylist() == expected.to_pylist()
    assert decides(batch.slice(0, 0)).schema == decides.schema
    assert [b.num_rows for b in decides.each([batch, batch.slice(3, 2)])] == [20, 2]
    kinds = {"string", "list<item: string>", "timestamp[us, tz=UTC]"}
    assert {str(type_) for type_ in decides.schema.types} == kinds


def test_it_is_sent_and_compiled_once(compiled: list[object]) -> None:
    table = tickets(3)
    sent = [pickle.dumps(BatchFunction(POLICY, now)) for now in (NOW, "2026-11-21T10:00:00Z")]
    assert len(sent[0]) < 50_000
    seen = [pickle.loads(one)(table)["now"][0].as_py() for one in sent * 2]
    assert seen[0] != seen[1]
    assert len(compiled) == 1
    BatchFunction(POLICY, NOW, full="all")(table)
    assert len(compiled) == 2


def test_not_every_policy_is_kept_forever(compiled: list[object]) -> None:
    table = tickets(1)
    others = [POLICY.model_copy(update={"name": f"p{n}"}) for n in range(10)]
    for n, policy in enumerate(others):
        policy._digest = f"{n}"
        BatchFunction(policy, NOW)(table)
        BatchFunction(others[0], NOW)(table)  # asked for all the time, and so kept
    assert len(compiled) == 10
    assert len(function._KEPT) == 8


def test_a_set_of_policies(tmp_path: Path) -> None:
    import json

    raw = {"escalate": 1, "owners": {"a": "team"}, "levels": [{"id": "L1", "owner": "a"}]}
    for name in ("low", "high"):
        text = {**raw, "name": name, "fields": {"severity": {"enum": ["low", "high"]}}}
        text["applies_to"] = {"severity": name}
        (tmp_path / f"{name}.escalation.yaml").write_text(json.dumps(text))
    policies = load_policies(tmp_path)
    table = tickets(6)
    decided = pickle.loads(pickle.dumps(BatchFunction(policies, NOW)))(table)
    assert decided.to_pylist() == decide_columns(policies, table, NOW).to_pylist()


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(TicketError):
        BatchFunction(POLICY, "today")
    with pytest.raises(TableError, match="ESC981"):
        BatchFunction(POLICY, NOW)(pa.table({"id": ["1"]}))
