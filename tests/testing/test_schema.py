"""The published schema of test files: up to date, closed, of one mind with the forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from escalate.policy.source import read_source
from escalate.testing import schema as module
from escalate.testing.forms import OfKinds
from escalate.testing.layout import FILE
from escalate.testing.pen import Pen, Way
from escalate.testing.schema import generated, schema
from support.policy_data import EXAMPLES
from support.policy_tests import mutated

SCHEMA = Draft7Validator(schema())
FILES = sorted(EXAMPLES.glob("*.test.yaml"))

#: What no schema says: names, whether a day exists, which zones there are.
BEYOND = {"ESC968", "ESC501"}


def findings(data: Any) -> list[str]:
    source = read_source(json.dumps(data), "it.test.yaml")
    pen = Pen(source)
    FILE.check(source.data, (), pen)
    return [str(d) for d in pen.found if d.code not in BEYOND]


def test_the_file_is_up_to_date() -> None:
    file = Path(module.__file__).with_name("test.v1.json")
    assert file.read_bytes().decode() == generated(), "run python -m escalate.testing.schema"


def test_no_form_is_without_a_schema() -> None:
    class Forgotten(OfKinds):
        kinds = frozenset({"text"})

        def inside(self, raw: Any, way: Way, pen: Pen) -> None: ...

    with pytest.raises(TypeError, match="schema"):
        Forgotten()  # type: ignore[abstract]


def test_draft_7_and_nothing_newer() -> None:
    Draft7Validator.check_schema(schema())
    text = json.dumps(schema())
    for word in ("$defs", "prefixItems", "unevaluatedProperties", "dependentRequired"):
        assert f'"{word}"' not in text


def test_every_reference_leads_somewhere() -> None:
    known = schema()["definitions"]
    used = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                used.add(node["$ref"].rpartition("/")[2])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schema())
    assert used == set(known)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split(".")[0])
def test_examples_are_valid(path: Path) -> None:
    data = read_source(path.read_bytes(), path.name).data
    assert [e.message for e in SCHEMA.iter_errors(data)] == []
    assert findings(data) == []


MUTANTS = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(MUTANTS, max_examples=1000)


def agree(data: Any) -> None:
    if isinstance(data, dict) and "policy" not in data:
        return  # which is ESC962, found elsewhere
    said = [f"{e.json_path}: {e.message}"[:200] for e in SCHEMA.iter_errors(data)]
    found = findings(data)
    assert bool(said) == bool(found), (said[:3], found[:3])


test_schema_and_forms_agree = MUTANTS(given(mutated())(agree))
test_schema_and_forms_agree_on_many = pytest.mark.slow(MANY(given(mutated())(agree)))
