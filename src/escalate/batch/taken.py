"""A table taken as tickets: every column found, of a type that fits, or a mistake told.

Page: "Tickets in columns". Codes ESC981 to ESC983.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from escalate.batch.errors import TableError
from escalate.batch.fitted import UnfitColumnError, fitted, natural
from escalate.batch.reads import fields_read
from escalate.batch.schema import Column, columns_of
from escalate.errors import Diagnostic, did_you_mean
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

__all__ = ["Taken", "taken"]

_STANDING: Final = ("status", "level", "owner")
_ALWAYS: Final = ("id", "created_at")


@dataclass(frozen=True, slots=True)
class Taken:
    """Tickets in columns, each of its kind. Texts are Arrow texts or codes of a dictionary,
    instants microseconds in UTC."""

    count: int
    columns: dict[str, Column]
    arrays: dict[str, Any]

    def part(self, start: int, count: int) -> Taken:
        """So many rows from ``start`` on; nothing is copied."""
        arrays = {name: array.slice(start, count) for name, array in self.arrays.items()}
        return Taken(min(count, self.count - start), self.columns, arrays)


def taken(table: Any, policy: Policy | PolicySet | None) -> Taken:
    """The columns of a table that tickets of the policy may have.

    Others are passed over: a desk's table holds more than a policy reads.

    Raises:
        TableError: a column is missing, or of a type that cannot be what the column means.
    """
    policies = [] if policy is None else [policy] if isinstance(policy, Policy) else list(policy)
    known = columns_of(None)
    for one in policies:
        known.update({n: c for n, c in columns_of(one).items() if c.declared or n not in known})
    wrong = _missing(table.schema, known, policies)
    columns: dict[str, Column] = {}
    arrays: dict[str, Any] = {}
    for field in table.schema:
        column = known.get(field.name)
        if column is None and policy is None:
            column = Column(field.name, natural(field))
        if column is None:
            continue
        if table.schema.names.count(field.name) > 1:
            said = f"the table has several columns `{field.name}`"
            wrong.append(Diagnostic("ESC982", said, path=field.name, help="keep one of them"))
            continue
        try:
            columns[field.name], arrays[field.name] = fitted(column, field, table[field.name])
        except UnfitColumnError as error:
            wrong.append(error.diagnostic)
    if wrong:
        raise TableError(wrong)
    return Taken(table.num_rows, columns, arrays)


def _missing(schema: Any, known: Iterable[str], policies: Iterable[Policy]) -> list[Diagnostic]:
    """What the table lacks."""
    there = frozenset(schema.names)
    needed = dict.fromkeys(_ALWAYS, "every ticket has it")
    if "events" not in there:
        needed.update(dict.fromkeys(_STANDING, "without `events` it tells where a ticket stands"))
    for policy in policies:
        for name in fields_read(policy):
            if name not in _STANDING:
                needed.setdefault(name, f"the policy `{policy.name}` reads it")
    if not policies:
        needed = dict.fromkeys(_ALWAYS, "every ticket has it")
    strange = sorted(there - frozenset(known))
    found = []
    for name, why in needed.items():
        if name not in there:
            near = did_you_mean(name, strange)
            hint = f"is `{near}` meant?" if near else "add it, null where nothing is known"
            said = f"the table has no column `{name}`: {why}"
            found.append(Diagnostic("ESC981", said, path=name, help=hint))
    return found
