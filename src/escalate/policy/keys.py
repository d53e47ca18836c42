"""Which keys a mapping of the policy may have, for "did you mean".

The answer is read off the JSON Schema, so that it is right wherever the schema is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

__all__ = ["keys_at"]

Schema = Mapping[str, Any]


@lru_cache(maxsize=8)
def _schema_of(model: type[BaseModel]) -> Schema:
    return model.model_json_schema(by_alias=True)


def keys_at(model: type[BaseModel], data: Any, path: tuple[str | int, ...]) -> set[str]:
    """The keys that may stand in the mapping at ``path`` of a ``model``'s data."""
    root = _schema_of(model)
    here = list(_forms(root, root, data))
    for part in path:
        data = _child(data, part)
        here = [form for node in here for form in _below(root, node, part, data)]
    return {key for node in here for key in node.get("properties", {})}


def _child(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _below(root: Schema, node: Schema, part: str | int, data: Any) -> Iterator[Schema]:
    if isinstance(part, int):
        inner = node.get("items")
    else:
        inner = node.get("properties", {}).get(part, node.get("additionalProperties"))
    if isinstance(inner, Mapping):
        yield from _forms(root, inner, data)


def _forms(root: Schema, node: Schema, data: Any) -> Iterator[Schema]:
    """The node and all that it may stand for, but those that the data contradicts."""
    reference = node.get("$ref")
    if reference is not None:
        target: Any = root
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        yield from _forms(root, target, data)
        return
    kind = node.get("properties", {}).get("kind", {}).get("const")
    if kind is None or not isinstance(data, Mapping) or data.get("kind") == kind:
        yield node
    for word in ("anyOf", "oneOf", "allOf"):
        for inner in node.get(word, ()):
            yield from _forms(root, inner, data)
