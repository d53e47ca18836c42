"""Columns as codes, and lists as counts, say what the columns say."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.batch.coded import Coding, encoded
from escalate.batch.extra import np
from escalate.batch.sheet import Counts, Lists

MANY = 20_000
"""So many texts that the first of them are asked what the others may be."""
WORDS = ("", "a", "ab", "a\0", "naïve", "waiting-on-customer")


@pytest.mark.parametrize("late", [(), ("late",), ("late", "later", "late")])
@pytest.mark.parametrize("nothing", [False, True])
@pytest.mark.parametrize("words", [WORDS, tuple(map(str, range(100))), tuple(map(str, range(300)))])
def test_texts_are_numbered_as_they_come(
    words: tuple[str, ...], nothing: bool, late: tuple[str, ...]
) -> None:
    random = Random(len(words))
    texts: list[str | None] = [random.choice(words) for _ in range(MANY)]
    if nothing:
        texts[::7] = [None] * len(texts[::7])
    texts += late
    codes, values, null = encoded(pa.array(["before", *texts], pa.string()).slice(1))
    assert [[*values, None][code] for code in codes.tolist()] == texts
    assert values == [text for text in dict.fromkeys(texts) if text is not None]
    assert null == nothing


ITEMS = st.sampled_from([f"item {n}" for n in range(50)])


@given(st.lists(st.lists(ITEMS, max_size=20), max_size=10), st.lists(ITEMS, unique=True))
def test_lists_hold_what_they_hold(lists: list[list[str]], wanted: list[str]) -> None:
    array = pa.array([["before"], *lists], pa.list_(pa.string())).slice(1)
    codes, values, _ = encoded(array.values)
    counts = Counts(Lists(array.offsets.to_numpy(), codes, Coding(values, False), None), wanted)
    part = slice(0, len(lists))
    for item in wanted:
        held = np.broadcast_to(counts.holding(item, part), len(lists))
        assert held.tolist() == [item in one for one in lists]
    assert counts.holding("nothing", part) is False
