"""The light models say of every policy what pydantic's own say."""

import base64
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pydantic_core
import pytest
from hypothesis import HealthCheck, given, settings

import escalate
import escalate.modelling
from escalate.modelling import NEWEST, OLDEST
from escalate.modelling.light import BaseModel
from escalate.policy import core_schemas
from escalate.policy.owner import Person
from support.both_forms import told
from support.policy_data import mutated
from support.spec_cases import all_cases, policy_text

TESTS = Path(__file__).parents[1]
FILES = [
    *sorted((TESTS / "golden").rglob("*.yaml")),
    *sorted((TESTS / "cli" / "files").glob("*.escalation.yaml")),
    *sorted((TESTS.parent / "examples" / "policies").glob("*.escalation.yaml")),
]
LIGHT = """
from escalate.modelling import prefer_light
prefer_light()
from support import both_forms
from escalate.policy.policy import Policy
assert "pydantic" not in __import__("sys").modules
both_forms.main()
"""
VERSION = tuple(map(int, pydantic_core.__version__.split(".")[:2]))


@pytest.fixture(scope="module")
def light():
    """Asks a process that has light models."""
    known = filter(None, (str(TESTS), os.environ.get("PYTHONPATH")))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(known)}
    with subprocess.Popen(
        [sys.executable, "-c", LIGHT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:

        def ask(text, file="<policy>"):
            process.stdin.write(json.dumps([text, file]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def agree(light, text, file="<policy>"):
    """Both forms tell the same; a light policy that is pickled is a policy of the other form."""
    said = light(text, file)
    pickled = pickle.loads(base64.b64decode(said.pop("pickle")))
    own, policy = told(text, file)
    assert said == json.loads(json.dumps(own))
    assert pickled == policy


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files(light, path):
    agree(light, path.read_bytes().decode("utf-8", "replace"), str(path))


def test_the_language(light):
    said = [case.said for case in all_cases()]
    texts = {policy_text(one["policy"]) for one in said if isinstance(one.get("policy"), dict)}
    assert len(texts) > 300
    for text in sorted(texts)[::5]:
        agree(light, text)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated(most=3))
def test_nearly_right(light, data):
    agree(light, json.dumps(data))


def test_nothing_else_is_asked_of_a_model():
    source = Path(escalate.__file__).parent
    makers = {source / "policy" / "schema" / name for name in ("core.py", "generate.py")}
    asked = {
        word
        for path in source.rglob("*.py")
        if path not in makers
        for word in re.findall(r"\.(model_[a-z_]+)", path.read_text("utf-8"))
    }
    assert asked
    assert asked <= set(dir(BaseModel))


def test_what_is_kept_is_what_pydantic_makes_today():
    if VERSION != NEWEST:
        pytest.skip("written with another version of pydantic")
    # As `make schema` asks: who has validated with the models before may have changed them.
    now = "from escalate.policy.schema.core import core_schemas; print(end=core_schemas())"
    made = subprocess.run([sys.executable, "-c", now], capture_output=True, text=True, check=True)
    written = Path(core_schemas.__file__).read_text("utf-8")
    assert made.stdout == written, "the models have changed: `make schema`"


def test_the_newest_version_is_known():
    assert OLDEST <= VERSION <= NEWEST, (
        "see whether both forms agree with it, `make schema`, and say so in escalate.modelling"
    )


def test_who_imports_the_library_gets_models_of_pydantic():
    import pydantic

    assert issubclass(Person, pydantic.BaseModel)


@pytest.mark.parametrize("version", ["2.22.9", "2.51.0", "3.0.0"])
def test_with_an_unknown_version_too(monkeypatch, version):
    monkeypatch.setattr(escalate.modelling, "_preferred", True)
    assert escalate.modelling.is_light() == (OLDEST <= VERSION <= NEWEST)
    monkeypatch.setattr(pydantic_core, "__version__", version)
    assert not escalate.modelling.is_light()
