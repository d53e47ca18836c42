"""What authors are shown as the usual form of a piece is a form that it may have."""

import pytest

from escalate.policy.loader import read_text
from escalate.policy.usual import ASKED, ENTRIES, MAPPINGS

LEVEL = "{id: L1, owner: front-line, deadlines: {resolve: {target: 4h, %s}}}"
#: Where a piece stands that is no key of the whole policy.
WITHIN = {
    **dict.fromkeys(("layers", "overrides", "hands_over"), "owners: {a: {kind: rotation, %s}}"),
    **dict.fromkeys(("handles", "languages", "authority"), "owners: {a: {kind: team, %s}}"),
    **dict.fromkeys(("members", "channels"), "owners: {a: {kind: team, %s}}"),
    "of": "owners: {a: {kind: group, %s}}",
    "agreed": "owners: {a: {kind: vendor, %s}}",
    **dict.fromkeys(("deadlines", "remind", "requires"), "levels: [{id: L1, owner: a, %s}]"),
    **dict.fromkeys(("warn", "on_breach"), f"levels: [{LEVEL}]"),
    **dict.fromkeys(
        ("notify", "do", "at", "repeat", "set"), "triggers: [{id: t, when: {a: 1}, %s}]"
    ),
    "with": "triggers: [{id: t, when: {a: 1}, do: [{action: call, %s}]}]",
    **dict.fromkeys(("enum", "ordered"), "fields: {severity: {%s}}"),
    "holidays": 'calendars: {c: {hours: {mon: "09:00-17:00"}, %s}}',
}
#: What is not there is not meant: the example is about its own form.
FORMS = ("ESC201", "ESC203", "ESC204", "ESC205", "ESC208", "ESC209", "ESC210", "ESC216", "ESC217")
PIECES = [(key, f"[{one}]") for key, one in ENTRIES.items()] + list(MAPPINGS.items())


def wrong(text):
    found = read_text(f"escalate: 1\nname: desk\n{text}\n", "desk.escalation.yaml").diagnostics
    return [str(d) for d in found if d.code in FORMS or d.code < "ESC200"]


@pytest.mark.parametrize(("key", "written"), PIECES, ids=[key for key, _ in PIECES])
def test_the_usual_form_is_a_form(key, written):
    assert wrong(WITHIN.get(key, "%s") % f"{key}: {written}") == []


@pytest.mark.parametrize("key", ASKED)
def test_what_stands_behind_a_word_of_conditions(key):
    written = f"{key}: {ASKED[key]}"
    if key in ("all", "any", "is", "requested"):
        assert wrong("conditions: {x: {PIECE}}".replace("PIECE", written)) == []
    else:
        beside = ", gte: 2h" if key == "calendar" else ""
        compared = "conditions: {x: {idle: {PIECE}}}".replace("PIECE", written + beside)
        assert wrong(compared) == []
