"""Files of tickets into files of decisions, however long. Page: "Files of Parquet"."""

from __future__ import annotations

from escalate.batch.parquet.run import decide_parquet
from escalate.batch.parquet.summary import Summary
from escalate.batch.parquet.unfinished import begun_at

__all__ = ["Summary", "begun_at", "decide_parquet"]
