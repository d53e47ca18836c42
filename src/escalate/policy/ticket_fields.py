"""Whether a ticket's fields are what the policy declares. Language: "Types are checked at load"."""

from __future__ import annotations

from typing import Any

from escalate.errors import Diagnostic
from escalate.policy.policy import Policy
from escalate.ticket import Ticket

__all__ = ["FieldChecker"]


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
            for error in validator.iter_errors(plain):
                found.append(Diagnostic("ESC919", f"`{name}`: {error.message}", path=name))
        return found
