"""Does what came out fit what a case of ``tests/spec`` expects?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any


def _instant(raw: Any) -> datetime | None:
    if not isinstance(raw, str) or len(raw) < 19 or raw[4:5] != "-":
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _contains(wanted: Any, seen: Any) -> bool:
    return all(any(not mismatches(one, item) for item in seen or ()) for one in wanted)


def _lacks(wanted: Any, seen: Any) -> bool:
    return not any(not mismatches(one, item) for item in seen or () for one in wanted)


def _compared(test: Callable[[datetime, datetime], bool]) -> Callable[[Any, Any], bool]:
    def compare(wanted: Any, seen: Any) -> bool:
        left, right = _instant(seen), _instant(wanted)
        assert right is not None, f"{wanted} is no instant"
        return left is not None and test(left, right)

    return compare


_WORDS: dict[str, Callable[[Any, Any], bool]] = {
    "contains": _contains,
    "lacks": _lacks,
    "keys": lambda wanted, seen: isinstance(seen, Mapping) and set(seen) == set(wanted),
    "says": lambda wanted, seen: isinstance(seen, str) and wanted in seen,
    "not_after": _compared(lambda seen, wanted: seen <= wanted),
    "after": _compared(lambda seen, wanted: seen > wanted),
    "present": lambda wanted, seen: (seen is not None and seen != []) is wanted,
}


def mismatches(wanted: Any, seen: Any, at: str = "") -> list[str]:
    """Each difference, with where it is: mappings as subsets, lists item by item."""
    where = at or "it"
    if isinstance(wanted, Mapping):
        if wanted and set(wanted) <= set(_WORDS):
            failed = [word for word, value in wanted.items() if not _WORDS[word](value, seen)]
            return [f"{where}: expected {wanted}, got {seen!r}"] if failed else []
        if not isinstance(seen, Mapping):
            return [f"{where}: expected {wanted}, got {seen!r}"]
        inner = [mismatches(v, seen.get(k), f"{at}.{k}".lstrip(".")) for k, v in wanted.items()]
        return [found for part in inner for found in part]
    if isinstance(wanted, list):
        if not isinstance(seen, list | tuple) or len(wanted) != len(seen):
            return [f"{where}: expected {wanted}, got {_short(seen)}"]
        pairs = zip(wanted, seen, strict=True)
        return [m for i, (w, s) in enumerate(pairs) for m in mismatches(w, s, f"{at}[{i}]")]
    left, right = _instant(wanted), _instant(seen)
    same = left == right if left is not None and right is not None else wanted == seen
    same = same and isinstance(wanted, bool) == isinstance(seen, bool)
    return [] if same else [f"{where}: expected {wanted!r}, got {seen!r}"]


def _short(seen: Any) -> Any:
    """Decisions and actions by what tells them apart."""
    if not isinstance(seen, list):
        return seen
    keep = ("step", "key", "type", "action", "trigger", "to", "code", "path", "message", "fired")
    return [{k: s[k] for k in keep if k in s} if isinstance(s, Mapping) else s for s in seen]
