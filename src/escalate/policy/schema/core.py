"""The core schemas of the models as a module in Python, for their light form.

What is only for serialization and for JSON Schemas is left out. A piece that occurs more
than once is written once, with a name. See :mod:`escalate.modelling`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from escalate.modelling.words import BaseModel
from escalate.policy.policy import Policy, Shared

__all__ = ["core_schemas"]

_HEAD: Final = '''"""What pydantic makes of the models. Written by `make schema`; do not edit."""

# ruff: noqa
# fmt: off
# mypy: ignore-errors

'''
_LEFT_OUT: Final = frozenset(
    {"metadata", "serialization", "json_schema_input_schema", "post_init", "computed_fields"}
)
_ADDRESS: Final = re.compile(r":[0-9]+$")
"""Ends a reference: where the class happens to lie in memory."""
_WORTH_A_NAME: Final = 40
"""Shorter pieces are written again and again."""


def core_schemas() -> str:
    """The text of the module."""
    roots: dict[type[BaseModel], Any] = {}
    for outer in (Policy, Shared):
        outer.model_rebuild()
        for part in _parts(outer.__pydantic_core_schema__):
            if part.get("type") == "model":
                roots.setdefault(part["cls"])
    for model in roots:
        model.model_rebuild()
        roots[model] = _plain(model.__pydantic_core_schema__)
    writer = _Writer()
    for root in roots.values():
        writer.count(root)
    models = {writer.said(model): _entry(writer, model, root) for model, root in roots.items()}
    lines = [f"import {module} as {name}" for module, name in sorted(writer.modules.items())]
    lines += ["", *writer.lines, "", "MODELS = {"]
    lines += [f"    {name}: {entry}," for name, entry in sorted(models.items())]
    return _HEAD + "\n".join(lines) + "\n}\n"


def _entry(writer: _Writer, model: type[BaseModel], root: Any) -> str:
    """Schema, configuration and fields of a model."""
    own = next(p for p in _parts(root) if p.get("type") == "model" and p["cls"] is model)
    fields = next(p for p in _parts(own) if p.get("type") == "model-fields")["fields"]
    return f"({', '.join(map(writer.said, (root, own['config'], fields)))})"


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema, the outer ones first."""
    if isinstance(schema, dict):
        yield schema
    if isinstance(schema, dict | list | tuple):
        for inner in schema.values() if isinstance(schema, dict) else schema:
            yield from _parts(inner)


def _plain(schema: Any) -> Any:
    """What validation needs of it, the same in every process."""
    used = {p["schema_ref"] for p in _parts(schema) if p.get("type") == "definition-ref"}

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        kept = {}
        for key, inner in value.items():
            if key in ("ref", "schema_ref") and isinstance(inner, str):
                if inner in used:
                    kept[key] = _ADDRESS.sub("", inner)
            elif key not in _LEFT_OUT:
                kept[key] = inner if key == "default" else plain(inner)
        return kept

    return plain(schema)


class _Writer:
    """Values as Python writes them; functions and classes by the names of their modules."""

    def __init__(self) -> None:
        self.modules: dict[str, str] = {}
        self.lines: list[str] = []
        self._times: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def count(self, value: Any) -> str:
        """Written out in full, and counted."""
        return self._written(value, self.count, seen=True)

    def said(self, value: Any) -> str:
        """Written by name where it occurs more than once."""
        whole = self._written(value, self._whole)
        if self._times.get(whole, 0) < 2 or len(whole) < _WORTH_A_NAME:
            return self._written(value, self.said)
        if whole not in self._names:
            text = self._written(value, self.said)
            self._names[whole] = f"s{len(self._names)}"
            self.lines.append(f"{self._names[whole]} = {text}")
        return self._names[whole]

    def _whole(self, value: Any) -> str:
        return self._written(value, self._whole)

    def _written(self, value: Any, inside: Any, seen: bool = False) -> str:
        if isinstance(value, dict):
            text = ", ".join(f"{key!r}: {inside(inner)}" for key, inner in value.items())
            text = f"{{{text}}}"
        elif isinstance(value, list):
            text = f"[{', '.join(map(inside, value))}]"
        elif value is None or isinstance(value, str | int | float | tuple):
            return repr(value)
        else:
            return self._named(value)
        if seen:
            self._times[text] = self._times.get(text, 0) + 1
        return text

    def _named(self, value: Any) -> str:
        """A function, a class or a method of one."""
        owner = getattr(value, "__self__", None)
        name = f"{owner.__qualname__}.{value.__name__}" if owner else value.__qualname__
        module = (owner or value).__module__
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found != value:
            raise ValueError(f"`{module}` has no `{name}`")
        alias = module.removeprefix("escalate.").replace(".", "_")
        return f"{self.modules.setdefault(module, alias)}.{name}"
