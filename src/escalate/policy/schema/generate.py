"""The schemas as text, from the models and tables that they describe."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from escalate.policy.condition_schema import condition_schema
from escalate.policy.policy import Policy, Shared
from escalate.policy.schema.decision import decision_schema
from escalate.policy.schema.descriptions import DESCRIPTIONS, FORMS, TITLES
from escalate.policy.schema.ticket import ticket_schema

__all__ = ["DRAFT", "generated"]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
CONDITION: Final = {"$comment": "Condition"}


def generated(name: str) -> str:
    """The text of one schema's file."""
    said = {"$schema": DRAFT, "title": TITLES[name], **_MAKERS[name]()}
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _policy() -> dict[str, Any]:
    return _of_model(Policy)


def _shared() -> dict[str, Any]:
    return _of_model(Shared)


def _of_model(model: type[Shared]) -> dict[str, Any]:
    said = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = said.pop("$defs")
    definitions["Condition"] = {
        "description": "Facts and what they should be; several in one mapping must all hold.",
        **condition_schema(CONDITION),
    }
    said["definitions"] = definitions
    _describe(said, model.__name__)
    for name, node in definitions.items():
        _describe(node, name)
        if name in FORMS:
            node["description"] = FORMS[name]
    named: dict[str, Any] = {}
    whole: dict[str, Any] = _draft7(said, named)
    whole["definitions"].update(named)
    return _sorted(whole)


def _describe(node: dict[str, Any], name: str) -> None:
    """What an editor shows beside a key."""
    for key, inner in node.get("properties", {}).items():
        text = DESCRIPTIONS.get(f"{name}.{key}") or DESCRIPTIONS.get(key)
        if text is not None:
            inner["description"] = text


def _draft7(node: Any, named: dict[str, Any], *, names: bool = False) -> Any:
    """The same in draft 7, with patterns that mean one thing in every dialect.

    What says its own name in a comment goes to ``named`` and is referred to. ``names``:
    the keys of ``node`` are names of the author's and not words of the schema.
    """
    if isinstance(node, list):
        return [_draft7(item, named) for item in node]
    if not isinstance(node, Mapping):
        return node
    said: dict[str, Any] = {}
    for key, value in node.items():
        if names:
            said[key] = _draft7(value, named)
        elif key == "oneOf":
            said["anyOf"] = _draft7(value, named)  # no value has two of our forms
        elif key == "pattern":
            said[key] = _at_the_very_end(value)
        elif key == "patternProperties":
            said[key] = {_at_the_very_end(p): _draft7(v, named) for p, v in value.items()}
        elif key not in ("default", "title", "discriminator"):
            said[key] = _draft7(value, named, names=key in ("properties", "definitions"))
    name = None if names else said.pop("$comment", None)
    if name is not None:
        description = said.pop("description", None)
        if name != "Condition":
            named[name] = said
        said = {"$ref": f"#/definitions/{name}"}
        if description is not None:
            said["description"] = description
    if "patternProperties" in said and "additionalProperties" not in said:
        # A mapping of names: no other key may stand there, and editors understand this form.
        ((pattern, inner),) = said.pop("patternProperties").items()
        said |= {"propertyNames": {"pattern": pattern}, "additionalProperties": inner}
    if "$ref" in said and len(said) > 1 and not names:
        # In draft 7 nothing beside a reference counts.
        return {"allOf": [{"$ref": said.pop("$ref")}], **said}
    return said


def _at_the_very_end(pattern: str) -> str:
    """In some dialects `$` also fits before a line break that ends the text."""
    return f"{pattern}(?!\\n)" if pattern.endswith("$") else pattern


_ORDER: Final = ("$ref", "title", "description", "type", "const", "enum", "required", "properties")


def _sorted(said: dict[str, Any]) -> dict[str, Any]:
    """What describes first, the definitions last, and those by name."""
    definitions = said.pop("definitions")
    return {
        **{key: said[key] for key in _ORDER if key in said},
        **{key: value for key, value in said.items() if key not in _ORDER},
        "definitions": {name: definitions[name] for name in sorted(definitions)},
    }


_MAKERS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "policy": _policy,
    "shared": _shared,
    "ticket": ticket_schema,
    "decision": decision_schema,
}
