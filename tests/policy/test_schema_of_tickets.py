"""The schemas of tickets and decisions against what reads and writes them."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from escalate import Engine
from escalate.errors import TicketError
from escalate.policy.loader import load_policy
from escalate.policy.schema import schema
from escalate.policy.schema.ticket import ticket_schema
from escalate.policy.ticket_fields import FieldChecker
from escalate.reading import read_ticket
from support.policy_data import EXAMPLES, at, examples, places

TICKETS = EXAMPLES.parent / "tickets"
ANY = Draft7Validator(schema("ticket"))

#: What no schema says: whether an instant exists, has an offset, lies within the years,
#: and whether two values of one field are the same.
BEYOND = {"ESC911", "ESC916", "ESC917", "ESC918"}


def tickets(name):
    """The tickets of an example, as JSON values."""
    folder = next(TICKETS.glob(f"{name.partition('.')[0]}*.jsonl"), None)
    assert folder is not None, name
    return [json.loads(line) for line in folder.read_text("utf-8").splitlines() if line.strip()]


def findings(raw, policy=None):
    declared = None if policy is None else frozenset(policy.fields)
    try:
        ticket = read_ticket(raw, declared)
    except TicketError as error:
        return list(error.diagnostics)
    return [] if policy is None else FieldChecker(policy).check(ticket)


@pytest.mark.parametrize("name", examples())
def test_tickets_of_the_examples_are_valid(name):
    policy = load_policy(EXAMPLES / name)
    own = Draft7Validator(ticket_schema(policy))
    Draft7Validator.check_schema(ticket_schema(policy))
    for raw in tickets(name):
        assert list(ANY.iter_errors(raw)) == []
        assert list(own.iter_errors(raw)) == []


@pytest.mark.parametrize("name", examples())
def test_decisions_are_valid(name):
    engine = Engine(load_policy(EXAMPLES / name))
    decisions = Draft7Validator(schema("decision"))
    for raw in tickets(name):
        for trace in (False, True):
            now = "2026-11-20T12:00:00+02:00"
            said = engine.decide(raw, now=now, trace=trace, handover=True).to_json()
            said["handover"] = engine.handover(raw, now=now).to_json()
            assert list(decisions.iter_errors(json.loads(json.dumps(said)))) == []


POOL = (
    None, True, 0, 5, 1.5, "", "x", "agent", "reply", "2026-11-20T09:12:00+02:00", [], ["a"], [1],
    {}, {"a": 1}, {"id": 5}, [{"at": "2026-11-20T09:12:00Z", "type": "assigned", "to": "ana"}],
    {"at": "2026-11-20T09:12:00Z", "type": "field", "name": "a", "to": [1]},
    {"at": "2026-11-20T09:12:00Z", "type": "fired", "requests": [1.5]},
)  # fmt: skip


@st.composite
def mutated_tickets(draw):
    """A ticket of an example with a mistake or two, and its policy's file."""
    name = draw(st.sampled_from(examples()))
    raw = copy.deepcopy(draw(st.sampled_from(tickets(name))))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(sorted(places(raw), key=repr)))
        here = at(raw, path)
        how = draw(st.sampled_from(("replace", "delete", "add")))
        if how == "add" and isinstance(here, dict):
            key = draw(st.sampled_from(("a", "to", "by", "public", "tags", "customer", "fields")))
            here[key] = copy.deepcopy(draw(st.sampled_from(POOL)))
        elif path:
            parent = at(raw, path[:-1])
            if how == "delete":
                del parent[path[-1]]
            else:
                parent[path[-1]] = copy.deepcopy(draw(st.sampled_from(POOL)))
    return name, raw


POLICIES = {name: load_policy(EXAMPLES / name) for name in examples()}
OWN = {name: Draft7Validator(ticket_schema(policy)) for name, policy in POLICIES.items()}


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated_tickets())
def test_schema_and_reader_agree(case):
    name, raw = case
    for validator, policy in ((ANY, None), (OWN[name], POLICIES[name])):
        found = findings(raw, policy)
        if any(d.code in BEYOND for d in found):
            continue
        said = [error.message for error in validator.iter_errors(raw)]
        assert bool(said) == bool(found), (policy and policy.name, said[:3], list(map(str, found)))
