"""A hand-over note as people read it: Markdown. Language: "Hand-over note"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from escalate.decision import minute_text
from escalate.evaluator.markdown import inline, quote, strong

if TYPE_CHECKING:
    from escalate.evaluator.handover import Handover, Held, Party, Pledge, Said

__all__ = ["markdown"]

LATEST: Final = 10
"""How many of what was said stand in a note; of more, the latest."""

_BY: Final = {"agent": "an answer", "bot": "the bot", "customer": "the customer"}
_STATES: Final = {
    "open": "it stands",
    "kept": "kept",
    "broken": "**broken**",
    "replaced": "a later one took its place",
}


def markdown(note: Handover) -> str:
    """The whole note."""
    lines = [f"# {inline(note.ticket)}" + (f": {inline(note.subject)}" if note.subject else "")]
    lines += ["", f"{_step(note)}, at {_at(note, note.now_us)} ({note.zone}).", ""]
    lines += [inline(note.reason)]
    for title, body in (
        ("Due", _due(note)),
        ("Promised to the customer", _promised(note)),
        ("Known", _known(note)),
        ("Tried", _tried(note)),
        ("Missing", _missing(note)),
    ):
        lines += ["", f"## {title}", "", *body]
    kept = [b for a, b in pairwise(["", *lines]) if a or b]
    return "\n".join(kept).rstrip("\n") + "\n"


def _at(note: Handover, us: int) -> str:
    return minute_text(us, note.zone)


def _step(note: Handover) -> str:
    to = _place(note.after)
    if not note.moves:
        return f"At {to}"
    if note.before.level is None:
        return f"To {to}"
    return f"From {_place(note.before)} to {to}"


def _place(party: Party) -> str:
    if party.level is None:
        return "no level"
    called = strong(party.level_name or party.level)
    if party.level_name != party.level:
        called += f" ({inline(party.level)})"
    names = [party.owner_name or "nobody"]
    if party.assignee not in (None, party.owner):
        names.append(str(party.assignee))
    if party.owner_name == party.level_name:
        names = names[1:]
    return ", ".join([called, *map(inline, names)])


def _due(note: Handover) -> Iterator[str]:
    due = [(name, us) for name, us in note.due.items()]
    due += [(f"clock {name}", us) for name, us in note.clocks.items()]
    if not due:
        yield "Nothing is due."
    for name, us in sorted(due, key=lambda pair: pair[1]):
        over = " (**over**)" if us <= note.now_us else ""
        yield f"- {_at(note, us)}: {inline(name)}{over}"


def _promised(note: Handover) -> Iterator[str]:
    if not note.promised:
        yield "Nothing was promised."
    for pledge in note.promised:
        yield f"- by {_at(note, pledge.due_us)}{_about(pledge)}, as was said at " + (
            f"{_at(note, pledge.made_us)}: {_STATES[pledge.state]}"
        )
        if pledge.text:
            yield from _quoted(pledge.text)


def _about(pledge: Pledge) -> str:
    kind, _, name = (pledge.about or "").partition(".")
    about = f" ({inline(name or kind)})" if kind else ""
    return about + (f", by {inline(pledge.by)}" if pledge.by else "")


def _known(note: Handover) -> Iterator[str]:
    customer = [
        inline(_text(value)) if name == "name" else f"{inline(name)} {inline(_text(value))}"
        for name, value in sorted(note.customer.items(), key=lambda pair: pair[0] != "name")
    ]
    if customer:
        there = "" if note.customer_zone is None else _there(note, note.customer_zone)
        yield f"- The customer: {', '.join(customer)}{there}"
    fields = [f"{inline(name)}: {inline(_text(value))}" for name, value in note.fields.items()]
    if fields:
        yield f"- {'; '.join(fields)}"
    yield f"- Here since {_at(note, note.created_us)}"
    if note.description and note.description.strip():
        yield "- What it is about:"
        yield from _quoted(note.description)
    for said in note.documented:
        yield f"- {strong(said.item or '')}, {_at(note, said.us)}" + (
            ":" if _has_text(said) else ""
        )
        yield from _quoted(said.text)
    yield from _conversation(note, note.heard)


def _has_text(said: Said) -> bool:
    return said.text is not None and bool(said.text.strip())


def _there(note: Handover, zone: str) -> str:
    return f", where it is {minute_text(note.now_us, zone)}"


def _conversation(note: Handover, entries: Sequence[Said]) -> Iterator[str]:
    """What was said, the latest of it; what has no text is counted."""
    for said in _latest(entries):
        if isinstance(said, str):
            yield said
            continue
        who = strong(said.item) if said.item else _BY.get(said.by, inline(said.by))
        if not said.public:
            who = "a note"
        if said.asked_for is not None:
            who += f" asked for {inline(said.asked_for) or 'somebody else'}"
        who = who[0].upper() + who[1:]
        yield f"- {who}, {_at(note, said.us)}" + (":" if _has_text(said) else "")
        yield from _quoted(said.text)


def _latest(entries: Sequence[Said]) -> Iterable[Said | str]:
    earlier = len(entries) - LATEST
    if earlier > 0:
        yield f"- {earlier} earlier {'message' if earlier == 1 else 'messages'}"
    yield from entries[max(earlier, 0) :]


def _tried(note: Handover) -> Iterator[str]:
    if not note.held and not note.tried:
        yield "Nothing yet."
    for held in note.held:
        yield f"- {_place(held.party)}: {_span(note, held)}"
    yield from _conversation(note, note.tried)


def _span(note: Handover, held: Held) -> str:
    until = "now" if held.until_us is None else _at(note, held.until_us)
    return f"{_at(note, held.from_us)} to {until}"


def _missing(note: Handover) -> Iterator[str]:
    if not note.missing and not note.unknown:
        yield "Nothing."
    for item in note.missing:
        yield f"- {inline(item)}: not documented"
    for name in note.unknown:
        known = "what happened to the ticket" if name == "events" else inline(name)
        yield f"- {known}: not known"


def _quoted(text: str | None) -> Iterator[str]:
    if text and text.strip():
        yield ""
        yield from quote(text, "  ")
        yield ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
