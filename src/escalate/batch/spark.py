"""Decisions of a data frame of Spark. Page: "On an engine of yours"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from escalate.batch.door import Full
from escalate.batch.extra import pa
from escalate.batch.function import BatchFunction
from escalate.batch.taken import taken
from escalate.desk import Desk
from escalate.errors import MissingExtraError
from escalate.policy.policy import Policy
from escalate.policy.policy_set import PolicySet

try:
    from pyspark.sql import types
    from pyspark.sql.pandas.types import to_arrow_schema
except ImportError as error:
    raise MissingExtraError("deciding in Spark", "spark") from error

__all__ = ["decide"]


def decide(
    frame: Any,
    policy: Policy | PolicySet,
    now: datetime | str,
    *,
    desk: Desk | Mapping[str, Any] | None = None,
    full: Full = "none",
) -> Any:
    """The decisions of a data frame of tickets, as a data frame, row by row in each partition.

    Nothing is decided before the result is asked for. Only the columns that tickets of the
    policy may have are read. ``escalate[batch]`` has to be installed where Spark runs Python.
    Page: "On an engine of yours".

    Raises:
        TableError: the frame is no table of tickets of this policy.
        TicketError: the desk or ``now`` cannot be read.
    """
    function = BatchFunction(policy, now, desk=desk, full=full)
    arrow = to_arrow_schema(frame.schema, timezone="UTC")
    names = list(taken(arrow.empty_table(), policy).columns)
    # `mapInArrow` takes a dot in a name for a way into a struct; here it is part of the name.
    read = frame.select(*(f"`{name}`" for name in names)).toDF(*map(str, range(len(names))))
    return read.mapInArrow(partial(_decided, function, names), _frame_schema(function.schema))


def _decided(function: BatchFunction, names: list[str], batches: Iterable[Any]) -> Iterator[Any]:
    return function.each(batch.rename_columns(names) for batch in batches)


def _frame_schema(schema: Any) -> Any:
    return types.StructType([types.StructField(f.name, _type(f.type)) for f in schema])


def _type(type_: Any) -> Any:
    if pa.types.is_list(type_):
        return types.ArrayType(_type(type_.value_type))
    return types.TimestampType() if pa.types.is_timestamp(type_) else types.StringType()
