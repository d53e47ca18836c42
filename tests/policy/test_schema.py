"""The published schemas: up to date, closed, and of one mind with the loader."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from escalate.policy import schema as published
from escalate.policy.policy import Policy, Shared
from escalate.policy.schema import NAMES, schema
from escalate.policy.schema.generate import generated
from escalate.policy.source import read_source
from escalate.policy.structure import read_model
from support.policy_data import example, examples, mutated

POLICY = Draft7Validator(schema("policy"))

#: Findings of the structure stage that are about meaning: no schema can say them.
OF_MEANING = {
    "ESC219",
    "ESC230",
    "ESC501",
    "ESC625",
    *(f"ESC{n}" for n in (*range(511, 519), 521, 522, 523)),
}


def structural(data, model=Policy):
    source = read_source(json.dumps(data), "case")
    assert source.data == data
    return [d for d in read_model(model, source)[1] if d.code not in OF_MEANING]


@pytest.mark.parametrize("name", NAMES)
def test_files_are_up_to_date(name):
    file = Path(published.__file__).with_name(f"{name}.v1.json")
    assert file.read_bytes().decode() == generated(name), "run python -m escalate.policy.schema"


@pytest.mark.parametrize("name", NAMES)
def test_draft_7_and_nothing_newer(name):
    Draft7Validator.check_schema(schema(name))
    text = json.dumps(schema(name))
    for word in ("$defs", "prefixItems", "unevaluatedProperties", "dependentRequired"):
        assert f'"{word}"' not in text


def test_unknown_name():
    with pytest.raises(KeyError):
        schema("policies")


@pytest.mark.parametrize("name", examples())
def test_examples_are_valid(name):
    assert list(POLICY.iter_errors(example(name))) == []


def agree(data):
    said = [error.message for error in POLICY.iter_errors(data)]
    found = [str(d) for d in structural(data)]
    assert bool(said) == bool(found), (said[:3], found[:3])


MUTANTS = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(MUTANTS, max_examples=800)

test_schema_and_loader_agree = MUTANTS(given(mutated())(agree))
test_schema_and_loader_agree_on_many = pytest.mark.slow(MANY(given(mutated(most=3))(agree)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated(), st.sampled_from(sorted(Policy.model_fields.keys() - Shared.model_fields.keys())))
def test_schema_and_loader_agree_on_shared_files(data, kept):
    for key in Policy.model_fields.keys() - Shared.model_fields.keys() - {kept}:
        data.pop(key, None)
    said = list(Draft7Validator(schema("shared")).iter_errors(data))
    assert bool(said) == bool(structural(data, Shared))


# Every closed object, found in the schema itself.


def objects(node, way=()):
    """Every schema of a mapping that names its keys."""
    if isinstance(node, dict):
        if "properties" in node:
            yield way, node
        for key, inner in node.items():
            yield from objects(inner, (*way, key))
    elif isinstance(node, list):
        for i, inner in enumerate(node):
            yield from objects(inner, (*way, i))


CLOSED = [
    pytest.param(name, way, id=f"{name}:{'/'.join(map(str, way))}")
    for name in ("policy", "shared", "decision")
    for way, node in objects(schema(name))
    if way[-1:] != ("properties",)
]


def filled(root, node, depth=0):
    """The least value that a schema allows."""
    if "$ref" in node:
        return filled(root, root["definitions"][node["$ref"].rpartition("/")[2]], depth)
    for word in ("allOf", "anyOf"):
        if word in node and "properties" not in node:
            return filled(root, node[word][0], depth + 1)
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][-1]
    kind = node.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [filled(root, node["items"], depth + 1)] * node.get("minItems", 0)
    if kind == "object":
        known = node.get("properties", {})
        needed = list(node.get("required", ()))
        if not needed and node.get("minProperties"):
            needed = [next(key for key in known if key not in ("all", "any", "not"))]
        return {key: filled(root, known[key], depth + 1) for key in needed}
    if kind in ("integer", "number"):
        return node.get("minimum", 0)
    if kind == "boolean":
        return True
    return next(text for text in TEXTS if Draft7Validator(node).is_valid(text))


TEXTS = ("x", "4h", "09:00", "2026-01-01", "80%", "en", "PT1H", "ESC201", "a1")


@pytest.mark.parametrize(("name", "way"), CLOSED)
def test_every_closed_object_refuses_an_unknown_key(name, way):
    root = schema(name)
    node = root
    for part in way:
        node = node[part]
    if node.get("additionalProperties") not in (False, None) and "propertyNames" in node:
        return  # conditions: their keys are facts, whose form is checked below
    if (name, way[-1:]) in (("decision", ("Action",)), ("decision", ("trace",))):
        return  # open on purpose: the words of the author's own actions
    value = filled(root, node)
    validator = Draft7Validator({**node, "definitions": root["definitions"]})
    assert validator.is_valid(value), list(validator.iter_errors(value))
    assert not validator.is_valid({**value, "no-such-key": 1})


def test_facts_have_the_form_of_facts():
    data = example(examples()[0])
    for key in ("a b", "", "a..b", "a|b"):
        wrong = copy.deepcopy(data)
        wrong["conditions"] = {"odd": {key: 1}}
        assert not POLICY.is_valid(wrong)
        assert structural(wrong)


def test_editors_show_something_for_every_key_of_a_policy():
    said = schema("policy")
    bare = [key for key, node in said["properties"].items() if "description" not in node]
    assert bare == []
    for name, node in said["definitions"].items():
        assert node.get("description"), name
