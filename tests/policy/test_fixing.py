"""What has one right answer is mended by the smallest edit; everything else stays."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.errors import Diagnostic, Fix, Place
from escalate.policy.edits import apply_fixes
from escalate.policy.fixing import fix_text
from escalate.policy.loader import read_text
from escalate.policy.source import read_source
from escalate.spelling import near_names, sure_name
from support.policy_data import EXAMPLES, examples

HEAD = """\
escalate: 1   # the language
name: fixing
owners: {front-line: team, head: person}
fields: {severity: {ordered: [low, normal, critical]}, vip: {type: boolean}}
levels:
  - {id: L1, owner: front-line}   # the first
"""


def fixed(text):
    return fix_text(text, "a.yaml", lambda one: read_text(one, "a.yaml").diagnostics)


BODIES = {
    "a key": ("triggers: [{id: t, wehn: {vip: true}}]", "triggers: [{id: t, when: {vip: true}}]"),
    "a word": (
        "clocks: {k: {from: creatd, until: resolved}}",
        "clocks: {k: {from: created, until: resolved}}",
    ),
    "a quoted word": (
        "clocks: {k: {from: 'creatd', until: \"resolvd\"}}",
        "clocks: {k: {from: 'created', until: \"resolved\"}}",
    ),
    "a type, as others call it": (
        "actions: {call: {a: {type: text}, b: {type: array, items: {type: int}}, c: {type: bool}}}",
        "actions: {call: {a: {type: string}, b: {type: array, items: {type: integer}}, "
        "c: {type: boolean}}}",
    ),
    "true and false, as others write them": (
        "clocks: {k: {from: created, until: agent-reply, resolved_counts: no}}",
        "clocks: {k: {from: created, until: agent-reply, resolved_counts: false}}",
    ),
    "exists": (
        "triggers: [{id: t, when: {vip: {exists: 'Yes'}}}]",
        "triggers: [{id: t, when: {vip: {exists: true}}}]",
    ),
    "a value that is true or false": (
        "triggers: [{id: t, when: {vip: on}, set: {vip: off}}]",
        "triggers: [{id: t, when: {vip: true}, set: {vip: false}}]",
    ),
    "a number as text": ("version: 2026.10 # ten", 'version: "2026.10" # ten'),
    "text in a condition": (
        "triggers: [{id: t, when: {category: 007}}]",
        'triggers: [{id: t, when: {category: "007"}}]',
    ),
    "a number in quotes": (
        "triggers: [{id: t, when: {transfers: {gte: '3'}}}]",
        "triggers: [{id: t, when: {transfers: {gte: 3}}}]",
    ),
    "a share without its sign": (
        "clocks: {k: {from: created, until: resolved, target: 4h}}\n"
        "triggers: [{id: t, when: {clock.k.percent: {gte: 80%}}}]",
        "clocks: {k: {from: created, until: resolved, target: 4h}}\n"
        "triggers: [{id: t, when: {clock.k.percent: {gte: 80}}}]",
    ),
    "times": (
        "calendars: {c: {hours: {Monday-Friday: 9:00 - 17.30, sat: [10:00-14:00, 15:00–16:00]}}}",
        'calendars: {c: {hours: {mon-fri: "09:00-17:30", sat: [10:00-14:00, "15:00-16:00"]}}}',
    ),
    "a duration": ("review: 4 hours", "review: 4h"),
    "one for a list": ("similar: category", "similar: [category]"),
    "a language": ("language: pt_BR", "language: pt-BR"),
    "an operator": (
        "triggers: [{id: t, when: {subject: {contians: x}}}]",
        "triggers: [{id: t, when: {subject: {contains: x}}}]",
    ),
    "a list that is compared": (
        "triggers: [{id: t, when: {tags: vip}}]",
        "triggers: [{id: t, when: {tags: {contains: vip}}}]",
    ),
    "an owner": (
        "triggers: [{id: t, when: {vip: true}, transfer: front-lin}]",
        "triggers: [{id: t, when: {vip: true}, transfer: front-line}]",
    ),
    "a fact": (
        "triggers: [{id: t, when: {severty: critical}}]",
        "triggers: [{id: t, when: {severity: critical}}]",
    ),
    "a value": (
        "triggers: [{id: t, when: {severity: critcal}, set: {severity: nromal}}]",
        "triggers: [{id: t, when: {severity: critical}, set: {severity: normal}}]",
    ),
    "a clock in a fact": (
        "clocks: {promise: {from: created, until: resolved}}\n"
        "triggers: [{id: t, when: {clock.promis.percent: {gte: 80}}}]",
        "clocks: {promise: {from: created, until: resolved}}\n"
        "triggers: [{id: t, when: {clock.promise.percent: {gte: 80}}}]",
    ),
    "a placeholder": (
        "messages:\n  m: >\n    Hello {custmer.name|there},\n    bye\n",
        "messages:\n  m: >\n    Hello {customer.name|there},\n    bye\n",
    ),
    "a space after the colon": ("review:4h", "review: 4h"),
    "the same twice": (
        "review: 4h\nprecedence: 1\nreview: 4h\nversion: x",
        "review: 4h\nprecedence: 1\nversion: x",
    ),
    "the same twice in braces": (
        "clocks: {k: {from: created, until: resolved, from: created}}",
        "clocks: {k: {from: created, until: resolved}}",
    ),
    "a key that is a number": (
        "messages: {1: {en: hello}}",
        'messages: {"1": {en: hello}}',
    ),
    "text that cannot begin so": ("description: @home # yes", 'description: "@home" # yes'),
    "invisible characters": ("description: a\u0007b\ufeffc", "description: abc"),
    "several at once": (
        "review: 4 hours\nlanguag: en\nsimilar: catgory\n",
        "review: 4h\nlanguage: en\nsimilar: [category]\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_the_one_right_answer(name):
    before, after = BODIES[name]
    result = fixed(HEAD + before)
    assert result.text == HEAD + after
    assert result.mended
    assert [str(d) for d in result.left] == []
    assert fixed(result.text).text == result.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: x\nlevels: [{id: L1, owner: a}]\nowners: {a: team}\n",
         "escalate: 1\nname: x\nlevels: [{id: L1, owner: a}]\nowners: {a: team}\n"),
        ("# on top\r\nname: x\r\nlevels: [{id: L1, owner: a}]\r\nowners: {a: team}\r\n",
         "# on top\r\nescalate: 1\r\nname: x\r\n"
         "levels: [{id: L1, owner: a}]\r\nowners: {a: team}\r\n"),
        ('{name: x, levels: [{id: L1, owner: a}], owners: {a: team}}',
         '{escalate: 1, name: x, levels: [{id: L1, owner: a}], owners: {a: team}}'),
        ('escalate: "1"\nname: x\nowners: {a: {kind: "persn"}}\nlevels: [{id: L1, owner: a}]\n',
         'escalate: 1\nname: x\nowners: {a: {kind: "person"}}\nlevels: [{id: L1, owner: a}]\n'),
        ("escalate: 1\nname: x\nowners:\n\ta: persn # who\nlevels:\n\t- id: L1\n\t  owner: a\n",
         "escalate: 1\nname: x\nowners:\n  a: person # who\nlevels:\n  - id: L1\n    owner: a\n"),
        ("escalate: 1\nname: x\nowners:\n  a:\n    kind: person\n    channels: #ops\n"
         "levels: [{id: L1, owner: a}]\n",
         "escalate: 1\nname: x\nowners:\n  a:\n    kind: person\n    channels: [\"#ops\"]\n"
         "levels: [{id: L1, owner: a}]\n"),
        ("escalate: 1\nname: x\nowners: {a: team}\nlevels: [{id: L1, owner:a}]\n",
         "escalate: 1\nname: x\nowners: {a: team}\nlevels: [{id: L1, owner: a}]\n"),
        ("escalate: 1\nname: x\nlevels: [{id: L1, owner: r}]\nowners:\n  r:\n    kind: rotation\n"
         "    members: [a]\n    starts: 2026-01-05 09:00\n    hands_over: {at: 9:00}\n",
         "escalate: 1\nname: x\nlevels: [{id: L1, owner: r}]\nowners:\n  r:\n    kind: rotation\n"
         "    members: [a]\n    starts: \"2026-01-05T09:00\"\n    hands_over: {at: \"09:00\"}\n"),
    ],
)  # fmt: skip
def test_whole_texts(before, after):
    result = fixed(before)
    assert result.text == after
    assert [str(d) for d in result.left] == []


@pytest.mark.parametrize(
    "body",
    [
        "triggers: [{id: t, when: {vip: true}, escalate: L3}]",  # L1 is no slip
        "triggers: [{id: t, when: {severity: lov}}]",  # low, or what?
        "owners: {desk-1: team, desk-2: team}\nlevels2: 1",
        "review: 30",  # minutes?
        "review: 4h\nreview: 5h",
        "similar: [category, product, categori-1]",
        "calendars: {c: {hours: {mon: 9-17}}}",
        "triggers: [{id: t, then: L1}]",  # a word of its own elsewhere, no slip in `when`
    ],
)
def test_what_could_be_meant_in_two_ways_is_left_alone(body):
    assert fixed(HEAD + body).text == HEAD + body


ROTATION = "owners: {r: {kind: rotation, starts: 2026-01-05, %s}}"


@pytest.mark.parametrize(
    "body",
    [
        "levels: front-line",
        "triggers: angry",
        "paths: fast",
        "triggers: [{id: t, when: {vip: true}, do: call-back}]",
        ROTATION % "layers: nights",
        ROTATION % "members: [a], overrides: dan",
        "calendars: {c: {hours: {mon: '09:00-17:00'}, holidays: christmas}}",
    ],
)
def test_one_text_is_no_list_of_mappings(body):
    found = read_text(f"escalate: 1\nname: fixing\n{body}\n", "a.yaml").diagnostics
    assert [d.code for d in found if d.fix is None and d.code in ("ESC203", "ESC216")]
    assert [d.fix for d in found if d.fix is not None] == []


def test_only_the_texts_own_findings_are_mended():
    other = Place("b.yaml", 1, 1, 1, 2)
    found = [Diagnostic("ESC201", "x", place=other, fix=Fix(other, "y"))]
    assert fix_text("a: 1\n", "a.yaml", lambda text: found).text == "a: 1\n"


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        ((1, 1, 1, 2), "b", "the finding stays"),
        ((1, 4, 1, 5), "{", "no YAML any more"),
        ((1, 4, 2, 3), "1", "two colons in a line"),
        ((1, 4, 1, 5), "1, b: {", "no YAML either"),
    ],
)
def test_an_edit_that_does_harm_is_not_made(place, text, why):
    at = Place("a.yaml", *place)
    before = "a: 1\nb: 2\n"

    def check(now):
        gone = now != before and "stays" not in why
        return [] if gone else [Diagnostic("ESC201", "x", place=at, fix=Fix(at, text))]

    assert fix_text(before, "a.yaml", check).text == before
    assert not fix_text(before, "a.yaml", check).mended


SLIPS = st.sampled_from(["drop", "double", "swap", "other"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(examples()), st.data())
def test_comments_and_every_other_byte_stay(name, drawn):
    """A slip in a word of an example: mended, it is the example again, or left as it is."""
    text = (EXAMPLES / name).read_bytes().decode()
    words = list(re.finditer(r"[a-z_-]{4,}(?=: )", text))
    word = drawn.draw(st.sampled_from(words))
    at = drawn.draw(st.integers(word.start() + 1, word.end() - 2))
    how = drawn.draw(SLIPS)
    cut = {"drop": "", "double": text[at] * 2, "swap": text[at + 1] + text[at], "other": "q"}[how]
    wrong = text[:at] + cut + text[at + (2 if how == "swap" else 1) :]
    file = str(EXAMPLES / name)
    result = fix_text(wrong, name, lambda one: read_text(one, file).diagnostics)
    lines = zip(wrong.splitlines(), result.text.splitlines(), strict=True)
    assert sum(a != b for a, b in lines) <= len(result.mended)
    if not result.mended:
        assert result.text == wrong


def test_edits_from_the_last_to_the_first():
    source = read_source("a: 1\r\nb: 2\n")
    fixes = [Fix(source.place(("b",)), "22"), Fix(source.place(("a",), key=True), "aaa")]
    assert apply_fixes(source.text, fixes) == "aaa: 1\r\nb: 22\n"


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("wehn", ["when", "with"], "when"),
        ("Front Line", ["front-line", "front-lines"], "front-line"),
        ("front_line", ["front-line"], "front-line"),
        ("tier-2", ["tier-1", "tier-3"], None),
        ("L3", ["L1", "L2"], None),
        ("desks", ["desk", "deska"], None),
        ("escalaton", ["escalations", "escalation"], None),
        ("acknowlege", ["acknowledge", "acknowledged"], None),
        ("xxxx", ["yyyy"], None),
    ],
)
def test_which_name_is_sure(written, known, meant):
    assert sure_name(written, near_names(written, known)) == meant
