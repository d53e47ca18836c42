"""Names and types are checked beside mistakes in the structure, and nothing false is said."""

import copy
import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from escalate.policy.loader import check, load_text
from escalate.policy.mending import mended
from escalate.policy.policy import Policy
from escalate.policy.source import read_source
from escalate.policy.structure import read_model
from support.policy_data import KEYS, POOL, at, example, examples, places

ALL = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
NO_MAPPINGS = [value for value in POOL if "{" not in repr(value)]


def inner(data):
    return [path for path in sorted(places(data), key=repr) if path]


def findings(data):
    """What the structure of the data gives, and what names and types give beside it."""
    text = json.dumps(data)
    of_structure = read_model(Policy, read_source(text))[1]
    found = load_text(text).diagnostics
    return of_structure, {(d.code, d.path, d.message) for d in found if d not in of_structure}


def is_sound(data):
    return read_model(Policy, read_source(json.dumps(data)))[0] is not None


@st.composite
def meaningless(draw):
    """A policy whose structure is right, with some names and values that are not."""
    data = example(draw(st.sampled_from(examples())))
    for _ in range(draw(st.integers(1, 3))):
        leaves = [p for p in sorted(places(data), key=repr) if isinstance(at(data, p), str | int)]
        path = draw(st.sampled_from(leaves))
        here = at(data, path)
        wrong = draw(st.sampled_from(["x", "none", 7, f"{here}x", True, "2 workdays", "{x} {"]))
        at(data, path[:-1])[path[-1]] = wrong
        if not is_sound(data):
            at(data, path[:-1])[path[-1]] = here
    return data


@st.composite
def with_mistake(draw, data):
    """The data with one mistake in the structure, whose mending gives the data again."""
    data = copy.deepcopy(data)
    path = draw(st.sampled_from(inner(data)))
    parent, key, here = at(data, path[:-1]), path[-1], at(data, path)
    how = draw(st.sampled_from(["replace", "delete", "rename", "wrap", "unwrap"]))
    if how == "replace":
        parent[key] = copy.deepcopy(draw(st.sampled_from(NO_MAPPINGS)))
    elif how == "wrap":
        parent[key] = [here]
    elif how == "unwrap" and isinstance(here, list) and here:
        parent[key] = here[0]
    elif isinstance(parent, dict):
        if how == "rename":
            other = draw(st.sampled_from(KEYS))
            assume(other not in parent)
            parent[other] = here
        del parent[key]
    assume(not is_sound(data))
    return data


@ALL
@given(st.data())
def test_nothing_is_said_that_the_mended_policy_would_not_say(drawn):
    right = drawn.draw(meaningless())
    wrong = drawn.draw(with_mistake(right))
    of_structure, beside = findings(wrong)
    assert of_structure
    assert beside <= findings(right)[1]


@pytest.mark.parametrize("every", [6, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", examples())
def test_what_else_is_wrong_is_said_as_well(name, every):
    """A planted mistake is seen beside every mistake in the structure."""
    data = example(name)
    data["triggers"].append({"id": "planted", "when": {"escalations": "many"}, "escalate": "next"})
    planted = ("ESC403", f"triggers[{len(data['triggers']) - 1}].when.escalations")
    seen = total = 0
    for path in inner(data)[::every]:
        if path[:2] == ("triggers", len(data["triggers"]) - 1) or path == ("triggers",):
            continue
        parent, key = at(data, path[:-1]), path[-1]
        here, parent[key] = parent[key], [[None]]
        if not is_sound(data):
            total += 1
            found = load_text(json.dumps(data)).diagnostics
            seen += planted in {(d.code, d.path) for d in found}
        parent[key] = here
    assert total > 50 / every
    assert seen == total


HEAD = """
escalate: 1
name: both
owners: {a: team, b: person}
levels: [{id: L1, owner: a}, {id: L2, owner: b}]
"""


OF_STRUCTURE = {f"ESC2{n:02}" for n in range(1, 18)}


def said(text):
    head = HEAD if "owners:" not in text else HEAD.replace("owners: {a: team, b: person}\n", "")
    return [(d.code, str(d.place), d.path) for d in load_text(head + text).diagnostics]


def test_both_kinds_are_found_in_one_run():
    text = (
        "triggers:\n"
        "  - {id: one, when: {severity: high}, escalate: L3, onec: ticket}\n"
        "  - 5\n"
        "  - {id: two, when: {is: nothing}, escalate: next}\n"
    )
    assert said(text) == [
        ("ESC301", "<policy>:7:49", "triggers[0].escalate"),
        ("ESC201", "<policy>:7:53", "triggers[0].onec"),
        ("ESC203", "<policy>:8:5", "triggers[1]"),
        ("ESC305", "<policy>:9:26", "triggers[2].when.is"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "clocks: {k: {from: creatd, until: resolved}}\n"
        "triggers: [{id: t, when: {clock.k: breached, clock.k.percent: {gte: 80}}}]\n",
        "conditions: {c: {severity: {gtee: 1}}}\ntriggers: [{id: t, when: {is: c}}]\n",
        "messages: {m: 5}\nfields: {vip: 5}\n"
        "triggers: [{id: t, when: {vip: 1}, tell_customer: m}]\n",
        "fields: {severity: {ordred: [low, high]}}\n"
        "triggers: [{id: t, when: {severity: {gte: low}}, set: {severity: low}}]\n",
        "feilds: {severity: {ordered: [low, high]}, vip: {}}\nsimilar: [vip]\n"
        "triggers: [{id: t, when: {severity: {gte: low}, vip: true}}]\n",
        "calender: office\nreview: 2 workdays\n",
        "calendars: {office: {hours: {mon: 9}}}\ncalendar: office\nreview: 2 workdays\n",
        "statuses: {opn: [new]}\ntriggers: [{id: t, when: {status: new}, set: {status: done}}]\n",
        "similr: [category]\ntriggers: [{id: t, when: {category: x}, once: problem}]\n",
        "actions: {survey: [csat]}\n"
        "triggers: [{id: t, when: {category: x}, do: [{action: survey, with: {x: 1}}]}]\n",
        "include: people\ntriggers: [{id: t, when: {is: c}, transfer: x}]\n",
        "owners: {a: {kind: team, authority: {refund: [1]}}, b: person}\n"
        "triggers: [{id: t, when: {authority.refund: {gte: 1}}}]\n",
    ],
)
def test_what_is_faulty_makes_no_other_findings(text):
    assert {code for code, _, _ in said(text)} <= OF_STRUCTURE


def test_a_faulty_level_is_no_unknown_level():
    text = HEAD.replace("{id: L2, owner: b}", "{id: L2, ownr: b}, {id: [L3], owner: b}")
    text += "triggers: [{id: t, at: [L1, L3], when: {level: L2}, escalate: L2}]\n"
    assert {d.code for d in load_text(text).diagnostics} == {"ESC201", "ESC203"}


def test_what_a_faulty_owner_may_decide_is_no_unknown_fact():
    text = HEAD.replace("a: team", "a: {kind: team, authority: {discount: [5]}}")
    text += "triggers: [{id: t, when: {authority.discount: {gte: 5}}, escalate: next}]\n"
    assert {d.code for d in load_text(text).diagnostics} <= OF_STRUCTURE


def test_a_name_near_a_faulty_definition_is_proposed():
    text = HEAD.replace("b: person}", "b: person, boss: persn}")
    text += "triggers: [{id: t, when: {category: x}, transfer: bos}]\n"
    helps = {d.code: d.help for d in load_text(text).diagnostics}
    assert helps["ESC302"] == "did you mean `boss`?"


def test_names_in_a_faulty_owner_are_looked_up_and_nothing_else_is_said_of_it():
    text = (
        "owners:\n"
        "  a: {kind: team, members: x, calendar: ofice, assign: on-duty}\n"
        "  b: {kind: group, of: [a, zed, [1]], channel: phone}\n"
        "  c: {kind: rotation, members: [x], starts: 2026-01-05, calendar: nights, to: {}}\n"
        "  d: {kind: tem, calendar: dawn}\n"
    )
    assert [(code, path) for code, _, path in said(text)] == [
        ("ESC203", "owners.a.members"),
        ("ESC304", "owners.a.calendar"),
        ("ESC302", "owners.b.of[1]"),
        ("ESC203", "owners.b.of[2]"),
        ("ESC201", "owners.b.channel"),
        ("ESC304", "owners.c.calendar"),
        ("ESC201", "owners.c.to"),
        ("ESC204", "owners.d.kind"),
    ]


def test_included_files_with_mistakes_make_no_other_findings(tmp_path):
    shared = "owners: {a: team, b: {kind: team, membrs: [x]}}\nclocks: {k: {from: created}}\n"
    (tmp_path / "people.escalation.yaml").write_text(shared)
    main = tmp_path / "main.escalation.yaml"
    main.write_text(
        "escalate: 1\nname: main\ninclude: [people.escalation.yaml, gone.escalation.yaml]\n"
        "levels: [{id: L1, owner: a}, {id: L2, owner: b}, {id: L3, owner: c}]\n"
        "triggers: [{id: t, when: {clock.k: breached}, escalate: L4}]\n"
    )
    found = {(d.code, d.file.rpartition("/")[2], d.line) for d in check(main)}
    assert found == {
        ("ESC220", "main.escalation.yaml", 3),
        ("ESC201", "people.escalation.yaml", 1),
        ("ESC202", "people.escalation.yaml", 2),
        ("ESC301", "main.escalation.yaml", 5),
    }


def test_where_nothing_remains_nothing_is_said():
    for text in ("5", "[]", "owners: &a x"):
        source = read_source(text)
        assert mended(Policy, source)[0] is None or source.diagnostics
    many = json.dumps({"escalate": 1, "name": "x", "levels": [5] * 2_000})
    assert mended(Policy, read_source(many))[0] is None
