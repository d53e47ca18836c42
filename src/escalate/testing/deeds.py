"""Expectations of what is done: steps, what fired, who is told what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from escalate.testing.difference import (
    KEPT,
    NONE,
    REMOVED,
    At,
    Difference,
    Seen,
    as_written,
    brief,
    same,
)
from escalate.testing.forms import Form
from escalate.testing.pen import Way
from escalate.testing.shapes import Some
from escalate.testing.standing import Expectation, about

__all__ = ["Deeds", "Entry"]

Entry = Mapping[str, Any]
"""Something that was done, as the decision's JSON tells of it."""

_LISTS: Final = frozenset({"channels", "items", "because", "requests"})
"""Keys of entries that hold lists, of which any part may be written."""


@dataclass(frozen=True)
class Deeds(Expectation):
    """Things of one kind that were done.

    ``one`` is the form of one of them, ``entries`` gives all, and a word alone is compared
    with the key ``word`` of an entry (or ``other``, where that key is absent).
    """

    one: Form
    entries: Callable[[Seen], Sequence[Entry]]
    word: str | None = None
    other: str | None = None
    absent: bool = True

    @property
    def form(self) -> Form:  # type: ignore[override]
        return Some(self.one, absent=self.absent)

    def differences(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        entries = self.entries(seen)
        if raw == NONE:
            if entries:
                yield self._too_much(way, entries)
        elif isinstance(raw, list):
            yield from self._each(raw, way, entries)
        elif isinstance(raw, Mapping) and "only" in raw:
            only = raw["only"]
            items = only if isinstance(only, list) else [only]
            yield from self._only(items, (*way, "only"), entries)
        elif not any(self._fits(raw, entry) for entry in entries):
            yield from self._lacking(raw, way, entries, entries, self._all(entries))

    def unwanted(self, raw: Any, way: Way, seen: Seen) -> Iterator[Difference]:
        entries = self.entries(seen)
        if raw == NONE or (isinstance(raw, Mapping) and "only" in raw):
            yield from super().unwanted(raw, way, seen)
            return
        items = [((*way, i), item) for i, item in enumerate(raw)] if isinstance(raw, list) else []
        for here, item in items or [(way, raw)]:
            if any(self._fits(item, entry) for entry in entries):
                key, said = about(here), as_written(item)
                message = f"`{key}` has `{brief(said)}`, which must not be"
                yield Difference(here, key, message, f"not {said}", self._said(entries))

    # What fits.

    def _fits(self, item: Any, entry: Entry) -> bool:
        if isinstance(item, Mapping):
            return all(self._part_fits(key, item[key], entry) for key in item)
        return self._word_fits(item, entry)

    def _word_fits(self, word: Any, entry: Entry) -> bool:
        for key in (self.word, self.other):
            value = None if key is None else entry.get(key)
            if isinstance(value, list) and word in value:
                return True
            if same(word, value):
                return True
        return False

    @staticmethod
    def _part_fits(key: str, written: Any, entry: Entry) -> bool:
        if key == "says":
            return written in (entry.get("text") or "")
        value = entry.get(key)
        if written == NONE and not isinstance(value, Mapping):
            return value in (None, [], NONE)
        if isinstance(value, At):
            return value.reads(written)
        if key == "text":
            return isinstance(value, str) and value.strip() == written.strip()
        if key in _LISTS:
            wanted = written if isinstance(written, list) else [written]
            return all(one in (value or ()) for one in wanted)
        if key == "about":
            return isinstance(value, str) and (value == written or value.endswith(f":{written}"))
        return same(written, value)

    # What is said where nothing fits.

    def _said(self, entries: Sequence[Entry]) -> str:
        shorts = [as_written(self._short(entry)) for entry in entries]
        return ", ".join(dict.fromkeys(shorts)) or NONE

    def _short(self, entry: Entry) -> Any:
        """An entry as an author would write it in short."""
        for key in (self.word, self.other):
            value = None if key is None else entry.get(key)
            if isinstance(value, list) and len(value) == 1:
                return value[0]
            if value is not None and not isinstance(value, list):
                return value
        left_out = ("key", "because", "on_duty", "action" if self.word else "")
        return {k: v for k, v in entry.items() if k not in left_out}

    def _all(self, entries: Sequence[Entry]) -> Any:
        """All entries as one value."""
        shorts = list({as_written(s): s for s in map(self._short, entries)}.values())
        return shorts[0] if len(shorts) == 1 else shorts or NONE

    def _too_much(self, way: Way, entries: Sequence[Entry]) -> Difference:
        key, said = about(way), self._said(entries)
        message = f"`{key}` is `{brief(said)}`, not none"
        return Difference(way, key, message, NONE, said, self._all(entries))

    def _each(
        self, items: list[Any], way: Way, entries: Sequence[Entry], *, rest: bool = False
    ) -> Iterator[Difference]:
        """Each item must be found; what was not asked for may take the place of what is not."""
        free = [e for e in entries if not any(self._fits(item, e) for item in items)]
        lost = [
            (i, item)
            for i, item in enumerate(items)
            if not any(self._fits(item, e) for e in entries)
        ]
        if lost and len(lost) == len(items) and not free:
            key = about(way)
            yield Difference(
                way, key, f"`{key}` is none", as_written(items), NONE, KEPT if rest else NONE
            )
            return
        for i, item in lost:
            becomes = self._short(free.pop(0)) if free else REMOVED
            yield from self._lacking(item, (*way, i), entries, free, becomes)

    def _only(self, items: list[Any], way: Way, entries: Sequence[Entry]) -> Iterator[Difference]:
        wrong = list(self._each(items, way, entries, rest=True))
        more = [e for e in entries if not any(self._fits(item, e) for item in items)]
        if wrong or more:
            key, said = about(way[:-1]), self._said(entries)
            message = (
                wrong[0].message
                if wrong
                else f"`{key}` also has `{brief(self._said(more))}`, which is not expected"
            )
            everything = self._all(entries)
            if everything == NONE:
                yield Difference(way[:-1], key, message, as_written(items), said, NONE)
            else:
                shorts = everything if isinstance(everything, list) else [everything]
                yield Difference(way, key, message, as_written(items), said, shorts)

    def _lacking(
        self,
        item: Any,
        way: Way,
        entries: Sequence[Entry],
        free: Sequence[Entry],
        becomes: Any,
    ) -> Iterator[Difference]:
        key = about(way)
        near = self._nearest(item, entries) if isinstance(item, Mapping) else None
        if near is not None:
            for part, written in item.items():
                if not self._part_fits(part, written, near):
                    source = "text" if part == "says" else part
                    got = near.get(source)
                    yield Difference(
                        (*way, part),
                        f"{key}.{part}",
                        _leaf(f"{key}.{part}", written, got),
                        as_written(written),
                        as_written(got),
                        REMOVED if got is None else got,
                    )
            return
        said = as_written(item)
        got = self._said(entries)
        if len(entries) <= 1 and not isinstance(item, Mapping):
            came = NONE if got == NONE else f"`{brief(got)}`"
            message = f"`{key}` is {came}, not `{brief(said)}`"
        else:
            message = f"`{key}` lacks `{brief(said)}`"
        yield Difference(way, key, message, said, got, becomes)

    def _nearest(self, item: Mapping[str, Any], entries: Sequence[Entry]) -> Entry | None:
        """The entry that has most of what is written: if it has anything of it, or is the
        only one."""

        def fitting(entry: Entry) -> int:
            return sum(self._part_fits(key, item[key], entry) for key in item)

        best = max(entries, key=fitting, default=None)
        return best if best is not None and (fitting(best) or len(entries) == 1) else None


def _leaf(key: str, written: Any, got: Any) -> str:
    """Of long texts a message says no more than that they differ."""
    left, right = as_written(written), as_written(got)
    if len(left) + len(right) > 60:
        return f"`{key}` is not as expected"
    return f"`{key}` is {right if got is None else f'`{right}`'}, not `{left}`"
