"""What became of the rows: how many, by which way, and what was wrong with the first."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from escalate.batch.extra import pc

__all__ = ["Summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of rows. ``warned`` have warnings, ``errors`` could not be decided, and of those
    ``first_error`` tells the first. ``resumed`` were decided by an earlier run."""

    rows: int = 0
    errors: int = 0
    warned: int = 0
    by_columns: int = 0
    by_engine: int = 0
    first_error: str | None = None
    resumed: int = 0

    @classmethod
    def of(cls, decided: Any, file: str, first: int) -> Self:
        """What a table of decisions says, whose first row is row ``first`` of a file."""
        codes = decided["error_code"]
        errors = decided.num_rows - codes.null_count
        said = None
        if errors:
            row = pc.index(codes.is_valid(), True).as_py()
            code, why = codes[row].as_py(), decided["error"][row].as_py()
            said = f"{file}: row {first + row}: error[{code}]: {why}"
        warned = pc.sum(pc.greater(pc.list_value_length(decided["warnings"]), 0)).as_py() or 0
        counts = {
            way: int(decided.schema.metadata[f"escalate.{way}".encode()])
            for way in ("by_columns", "by_engine")
        }
        return cls(decided.num_rows, errors, warned, first_error=said, **counts)

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.rows + other.rows,
            self.errors + other.errors,
            self.warned + other.warned,
            self.by_columns + other.by_columns,
            self.by_engine + other.by_engine,
            self.first_error or other.first_error,
            self.resumed + other.resumed,
        )

    def metadata(self, now: str) -> dict[str, str]:
        """What a file of decisions says of itself, as :func:`decide_columns` does of a table."""
        said = {"escalate.now": now, "escalate.rows": str(self.rows)}
        said["escalate.by_columns"] = str(self.by_columns)
        said["escalate.by_engine"] = str(self.by_engine)
        return {**said, "escalate.errors": str(self.errors)}

    def to_text(self) -> str:
        """As JSON text; :meth:`from_text` reads it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str | bytes) -> Self:
        """What :meth:`to_text` wrote.

        Raises:
            ValueError: it is nothing of the kind.
        """
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(str(error)) from None
