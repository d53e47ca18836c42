"""The same decision over columns: tables of tickets in, tables of decisions out.

Needs the extra `escalate[batch]`. Page: docs/batch.md.
"""

from __future__ import annotations

from escalate.batch.agenda import AgendaTable
from escalate.batch.decided import decision_schema
from escalate.batch.door import Decider, decide_columns
from escalate.batch.errors import TableError
from escalate.batch.flat import flatten
from escalate.batch.function import BatchFunction
from escalate.batch.rows import unflatten
from escalate.batch.schema import ticket_schema

__all__ = [
    "AgendaTable",
    "BatchFunction",
    "Decider",
    "TableError",
    "decide_columns",
    "decision_schema",
    "flatten",
    "ticket_schema",
    "unflatten",
]
