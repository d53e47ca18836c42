"""Whether a ticket's fields are what the policy declares. Language: "Types are checked at load"."""

from __future__ import annotations

from typing import Any, Final

from escalate.errors import Diagnostic, did_you_mean
from escalate.policy.policy import Policy
from escalate.reading import kind_of, shown
from escalate.ticket import Ticket

__all__ = ["FieldChecker"]

_TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


class FieldChecker:
    """The declared fields of one policy, ready to check tickets."""

    def __init__(self, policy: Policy) -> None:
        from jsonschema import Draft7Validator

        self._validators: dict[str, Any] = {
            name: Draft7Validator(spec.json_schema()) for name, spec in policy.fields.items()
        }

    def check(self, ticket: Ticket) -> list[Diagnostic]:
        """Every field that is not what was declared."""
        found = []
        for name, validator in self._validators.items():
            value = ticket.values.get(name)
            if value is None:
                continue
            plain = list(value) if isinstance(value, tuple) else value
            if not validator.is_valid(plain):
                found += [_said(name, error) for error in validator.iter_errors(plain)]
        return found


def _said(name: str, error: Any) -> Diagnostic:
    """A finding of the JSON Schema in an author's words."""
    way = "".join(f"[{i}]" if isinstance(i, int) else f".{i}" for i in error.absolute_path)
    value, wanted = error.instance, error.validator_value
    hint = None
    match error.validator:
        case "enum":
            names = [shown(choice) for choice in wanted]
            near = did_you_mean(shown(value), names)
            said = f"is `{shown(value)}`, which is not among its values"
            hint = f"did you mean `{near}`?" if near else "one of: " + ", ".join(names)
        case "type":
            said = f"is {kind_of(value)}, not {_TYPES[wanted]}"
        case "minimum":
            said = f"is `{shown(value)}`, less than {wanted}"
        case _:
            said = f"is `{shown(value)}`, more than {wanted}"
    return Diagnostic("ESC919", f"`{name}{way}` {said}", path=f"{name}{way}", help=hint)
