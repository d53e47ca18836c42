"""Which keys a mapping of the policy may have, for "did you mean".

The answer is read off the JSON Schema, so that it is right wherever the schema is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from escalate.modelling.words import BaseModel
from escalate.policy.schema import schema

__all__ = ["below", "child", "forms_of", "keys_at", "rivals_of"]

Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


def keys_at(model: type[BaseModel], data: Any, path: Path) -> frozenset[str]:
    """The keys that may stand in the mapping at ``path`` of a ``model``'s data."""
    if not path:
        return frozenset(field.alias or name for name, field in model.model_fields.items())
    return frozenset(key for node in _forms_at(data, path) for key in node.get("properties", {}))


def rivals_of(data: Any, path: Path) -> list[str]:
    """The keys that stand beside the key at ``path`` of a policy, in no form that it is in.

    Of the forms that have this key, that one counts which has most of the others.
    """
    *parent, key = path
    beside = data
    for part in parent:
        beside = child(beside, part)
    if not isinstance(beside, Mapping):
        return []
    strangers = [
        [str(other) for other in beside if other not in node["properties"]]
        for node in _forms_at(data, tuple(parent))
        if key in node.get("properties", {})
    ]
    return min(strangers, key=len, default=[])


def _forms_at(data: Any, path: Path) -> tuple[Schema, ...]:
    """What may stand at ``path`` of a whole policy."""
    here = forms_of(data)
    for part in path:
        data = child(data, part)
        here = below(here, part, data)
    return here


def forms_of(data: Any) -> tuple[Schema, ...]:
    """What a whole policy may be: the JSON Schema, and each part that it leads to."""
    root = schema("policy")
    return tuple(_forms(root, root, data))


def below(here: Iterable[Schema], part: str | int, data: Any) -> tuple[Schema, ...]:
    """What may stand behind a key or number of what ``here`` may be; ``data`` is what does."""
    root = schema("policy")
    return tuple(form for node in here for form in _below(root, node, part, data))


def child(data: Any, part: str | int) -> Any:
    """What stands behind a key or number of plain data; ``None`` where nothing does."""
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
        yield from _forms(root, root["definitions"][reference.rpartition("/")[2]], data)
        return
    kind = node.get("properties", {}).get("kind", {}).get("const")
    if kind is None or not isinstance(data, Mapping) or data.get("kind") == kind:
        yield node
    for word in ("anyOf", "oneOf", "allOf"):
        for inner in node.get(word, ()):
            yield from _forms(root, inner, data)
