"""What means something is left alone; what is wrong is said once, where it is wrong."""

import pytest

from escalate.policy.loader import load_text, read_text
from escalate.policy.meaning.reads import circles

HEAD = """
escalate: 1
name: meaning
owners: {a: team, b: person, all: {kind: group, of: [a, b]}}
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}, night: {hours: {mon-sun: "20:00-06:00"}}}
fields: {severity: {ordered: [low, high]}, due_at: {type: string, format: date-time}, vip: {}}
"""
LEVELS = "levels: [{id: L1, owner: a}, {id: L2, owner: b}]\n"


def found(text):
    return [(d.code, str(d.place)) for d in load_text(HEAD + text).diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "review: never\n" + LEVELS,
        "review: [{when: {phase: waiting}, use: never}, {otherwise: 1h}]\n" + LEVELS,
        "levels: [{id: L1, owner: a, deadlines: {resolve: {target: 4h, paused: none}}}]\n",
        "levels: [{id: L1, owner: a, deadlines: {resolve: {target: {at: created_at}}}}]\n",
        "levels: [{id: L1, owner: a, deadlines: {resolve: {at: due_at}}, notify: [all]}]\n",
        # Workdays and `always`, each in its own case, and days where nothing closes.
        "levels: [{id: L1, owner: a, calendar: [{when: {severity: high}, use: always},"
        " {otherwise: office}], deadlines: {resolve: [{when: {severity: high}, use: 1d},"
        " {otherwise: 1 workday}]}}]\n",
        "levels: [{id: L1, owner: a, deadlines: {resolve: [{when: {severity: high},"
        " use: 2 workdays, calendar: office}, {otherwise: 2d}]}}]\n",
        LEVELS + "triggers: [{id: t, when: {requested: {to: anybody}}, transfer: requested}]\n",
        LEVELS
        + "triggers: [{id: t, when: {requested: {by: [bot, agent]}}, escalate: requested}]\n",
        LEVELS + "triggers: [{id: t, for: any, when: {vip: 1}, set: {vip: yes, status: closed}}]\n",
        LEVELS + "triggers: [{id: t, when: {created_at: {gte: 2026-01-01T09:00:00+02:00}}}]\n",
        LEVELS + "triggers: [{id: t, when: {subject: {contains: x}, tags: {mentions: x}}}]\n",
        LEVELS
        + "triggers: [{id: t, when: {since.created: {gte: 2 workdays, calendar: office}}}]\n",
        LEVELS + "triggers: [{id: t, when: {idle: {gte: 1 workday, calendar: night}}}]\n",
        LEVELS + 'messages: {m: "{{id}} {ticket.id} {id} {owner.name} {phase} {vip|}"}\n',
        LEVELS + 'messages: {m: {und: "{clock.k.due|soon} {deadline.resolve|-}"}}\n'
        "clocks: {k: {from: created, until: [agent-reply, resolved]}}\n",
        LEVELS
        + "conditions: {a: {is: b}, b: {is: c}, c: {vip: true}, d: {any: [{is: a}, {is: b}]}}\n",
        LEVELS + "derive: {severity: [{when: {priority: P1}, use: high}], priority: P2}\n",
    ],
)
def test_nothing_is_wrong(text):
    assert found(text) == []


def test_a_named_condition_is_judged_where_it_is_defined():
    text = LEVELS + "conditions: {c: {severity: hihg}}\n"
    uses = "".join(f"  - {{id: t{i}, when: {{is: c}}, escalate: next}}\n" for i in range(5))
    assert found(f"{text}triggers:\n{uses}") == [("ESC401", "<policy>:8:28")]


def test_what_a_name_reads_is_told_where_it_must_not_be_read():
    text = LEVELS + "conditions: {a: {is: b}, b: {idle: {gte: 1h}}}\n"
    path = "paths:\n  - {id: p, when: {is: a}, levels: [L1]}\n"
    assert found(text + path) == [("ESC506", "<policy>:10:24")]
    assert found(text + "triggers: [{id: t, when: {is: a}, escalate: next}]\n") == []


def test_workdays_in_conditions():
    def asked(said):
        return found(f"{LEVELS}triggers: [{{id: t, when: {{age: {said}}}, escalate: next}}]\n")

    assert asked("{gte: 2 workdays}") == [("ESC502", "<policy>:8:38")]
    assert asked("{gte: 2 workdays, calendar: office}") == []
    assert asked("{gte: 2d, calendar: office}") == [("ESC504", "<policy>:8:38")]
    assert asked("{gte: 48h, calendar: office}") == []


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, [["a", "b"]]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [["b", "c"]]),
        ({"a": ["x"]}, []),
    ],
)
def test_circles(edges, expected):
    assert circles(edges) == expected


def test_findings_that_are_not_shown_are_counted() -> None:
    triggers = "".join(f"  - {{id: t{i}, when: {{unheard-of-{i}: 1}}}}\n" for i in range(203))
    head = "escalate: 1\nname: x\nowners: {a: team}\nlevels: [{id: L1, owner: a}]\ntriggers:\n"
    found = read_text(head + triggers, "x.yaml").diagnostics
    assert len(found) == 201
    assert [d.message for d in found if d.code == "ESC218"] == ["3 more mistakes are not shown"]
