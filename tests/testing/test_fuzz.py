"""Whatever stands in a test file, it ends in findings, each with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.testing import run
from support.policy_data import EXAMPLES
from support.policy_tests import mutated

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=750)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    for path in EXAMPLES.glob("*.escalation.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def ends_well(folder: Path, content: bytes) -> None:
    path = folder / "it.test.yaml"
    path.write_bytes(content)
    report = run(path, coverage=True)
    for finding in report.diagnostics:
        assert finding.place is not None, finding
        assert finding.message
    assert report.passed or report.diagnostics


def any_file(folder: Path, data: Any) -> None:
    ends_well(folder, json.dumps(data).encode())


test_a_file_with_mistakes = FEW(given(data=mutated())(any_file))
test_many_files_with_mistakes = pytest.mark.slow(MANY(given(data=mutated())(any_file)))


@FEW
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes(folder: Path, content: bytes) -> None:
    ends_well(folder, content)
