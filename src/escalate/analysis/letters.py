"""Letters of one script that look like those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from escalate.policy.condition import Compare
from escalate.policy.meaning.walk import Asked

if TYPE_CHECKING:
    from escalate.analysis.subject import Path, Subject

__all__ = ["mixed_words", "names_and_values", "sections", "skeleton", "spelt"]

Named = tuple[str, tuple["tuple[str | int, ...]", bool]]
"""A name with its path, and whether it stands there as a key."""

_LATIN, _LATER = "LATIN", ("CYRILLIC", "GREEK")

_WORD: Final = re.compile(r"[^\W\d_]+")

#: Greek and Cyrillic letters that are drawn like a Latin one.
_ALIKE: Final = str.maketrans(
    dict(
        zip(
            "АВЕЅІЈКМНОРСТХаеіјорсухѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρυ",
            "ABESIJKMHOPCTXaeijopcyxshdqwABEZHIKMNOPTYXoivpu",
            strict=True,
        )
    )
)


def skeleton(name: str) -> str:
    """What a name looks like."""
    return name.translate(_ALIKE)


def _script(letter: str) -> str:
    import unicodedata  # most policies have no such letter

    return unicodedata.name(letter, "").partition(" ")[0]


def mixed_words(text: str) -> Iterator[str]:
    """The words that have letters of Latin and of Greek or Cyrillic side by side."""
    if text.isascii():
        return
    for word in _WORD.findall(text):
        if not word.isascii():
            scripts = {_script(letter) for letter in word}
            if len(scripts.intersection((_LATIN, *_LATER))) > 1:
                yield word


def spelt(word: str) -> str:
    """Which of its letters are not Latin."""
    foreign = dict.fromkeys(c for c in word if not c.isascii() and _script(c) in _LATER)
    parts = [f"`{letter}` is {_script(letter).capitalize()}" for letter in foreign]
    return ", ".join(parts[:3]) + (" and so on" if len(parts) > 3 else "")


def sections(subject: Subject) -> Iterator[Sequence[Named]]:
    """The names that must be told apart, each with its place (a key's, or a value's)."""
    policy = subject.policy
    for section in ("fields", "calendars", "conditions", "clocks", "messages", "actions"):
        yield [(name, ((section, name), True)) for name in getattr(policy, section)]
    people: list[Named] = [(name, (("owners", name), True)) for name in policy.owners]
    for name, owner in policy.owners.items():
        members = getattr(owner, "members", ())
        people += [
            (who, (("owners", name, "members", i), False))
            for i, who in enumerate(members)
            if isinstance(who, str)
        ]
    yield people
    for section in ("levels", "paths", "triggers"):
        things = getattr(policy, section)
        yield [(thing.id, ((section, i, "id"), False)) for i, thing in enumerate(things)]
    for field, spec in policy.fields.items():
        word = "ordered" if spec.ordered is not None else "enum"
        yield [
            (choice, (("fields", field, word, i), False))
            for i, choice in enumerate(spec.choices or ())
            if isinstance(choice, str)
        ]
    if policy.statuses is not None:
        yield [
            (status, (("statuses", phase, i), False))
            for phase in type(policy.statuses).model_fields
            for i, status in enumerate(getattr(policy.statuses, phase))
        ]


def names_and_values(subject: Subject) -> Iterator[tuple[Path, str, bool]]:
    """Every name that the policy defines, and every text that a condition compares with."""
    for names in sections(subject):
        for name, (path, key) in names:
            yield path, name, key
    for asked, node in subject.comparisons:
        yield from _texts(asked, node)
    for asked, request in subject.requests:
        for part in request.parts:
            yield from _texts(asked, part)


def _texts(asked: Asked, node: Compare) -> Iterator[tuple[Path, str, bool]]:
    for test in node.tests:
        value = test.value
        if isinstance(value, str):
            yield (*asked.path, *test.path), value, False
        elif isinstance(value, tuple):
            for i, one in enumerate(value):
                if isinstance(one, str):
                    yield (*asked.path, *test.path, i), one, False
