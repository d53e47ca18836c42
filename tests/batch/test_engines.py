"""Spark, Ray and Dask give what one machine gives, row by row."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from table import plain_schema, ticket_table
from tickets import NOW
from workload import engine, helpdesk

from escalate.batch import BatchFunction, TableError

pytestmark = pytest.mark.slow

POLICY = engine(helpdesk(20)).policy
MANY = 1_000_000


def needed(package: str, there: bool = True) -> None:
    """Skip what is not installed; in the CI, where all is installed, that is a failure."""
    if find_spec(package) and there:
        return
    said = f"{package} or what it needs is not installed"
    (pytest.fail if os.environ.get("CI") else pytest.skip)(said)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    needed("pyspark", shutil.which("java") is not None)
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.session.timeZone", "Asia/Kathmandu")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", str(1 << 16))
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def tickets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some thousand tickets, in plain texts; one cannot be decided."""
    table = ticket_table(6_000, coded=False)
    created = table["created_at"].to_pylist()
    created = pa.array([None, *created[1:]], table["created_at"].type)
    table = table.set_column(table.schema.get_field_index("created_at"), "created_at", created)
    path = tmp_path_factory.mktemp("tickets") / "t.parquet"
    pq.write_table(table, path, row_group_size=1000)
    return path


def by_ticket(table: pa.Table) -> pa.Table:
    return table.sort_by("ticket")


def alone(path: Path) -> pa.Table:
    return BatchFunction(POLICY, NOW)(pq.read_table(path))


def same(found: pa.Table, expected: pa.Table) -> None:
    """Row by row, whatever the order and the widths of types."""
    found = by_ticket(found.select(expected.schema.names).cast(expected.schema))
    expected = by_ticket(expected)
    for name in expected.schema.names:
        assert found[name].combine_chunks() == expected[name].combine_chunks(), name


def test_spark_gives_the_same(spark: Any, tickets: Path) -> None:
    from escalate.batch.spark import decide

    frame = spark.read.parquet(str(tickets))
    decisions = decide(frame.repartition(3), POLICY, NOW)
    expected = alone(tickets)
    assert expected["error_code"].null_count == expected.num_rows - 1
    same(decisions.toArrow(), expected)
    acting = decisions.where("step <> 'hold'").groupBy("step").count().collect()
    steps = expected.group_by("step").aggregate([("step", "count")]).to_pylist()
    assert {row["step"]: row["count"] for row in acting} == {
        row["step"]: row["step_count"] for row in steps if row["step"] not in (None, "hold")
    }


def test_spark_says_at_once_what_is_wrong(spark: Any, tickets: Path) -> None:
    from escalate.batch.spark import decide

    frame = spark.read.parquet(str(tickets))
    with pytest.raises(TableError, match=r"ESC981.*`severity`"):
        decide(frame.drop("severity"), POLICY, NOW)
    naive = frame.withColumn("created_at", frame["created_at"].cast("timestamp_ntz"))
    with pytest.raises(TableError, match="ESC983"):
        decide(naive, POLICY, NOW)
    assert decide(frame.limit(0), POLICY, NOW).count() == 0
    empty = decide(frame.where("id = 'nobody'"), POLICY, NOW).toArrow()
    assert empty.num_rows == 0
    assert "next_check_at" in empty.schema.names


def test_a_million_tickets_through_spark(spark: Any, tmp_path: Path) -> None:
    from escalate.batch.parquet import decide_parquet
    from escalate.batch.spark import decide

    source = tmp_path / "t.parquet"
    table = ticket_table(MANY)
    plain = plain_schema(table.schema)
    with pq.ParquetWriter(source, plain) as out:
        for batch in table.to_batches():
            out.write_table(pa.Table.from_batches([batch]).cast(plain))
    del table
    frame = spark.read.parquet(str(source))
    decide(frame, POLICY, NOW).write.parquet(str(tmp_path / "spark"))
    found = decide_parquet(POLICY, source, f"{tmp_path}/alone/", NOW, jobs=2)
    assert (found.rows, found.errors) == (MANY, 0)
    rows = 0
    many, one = pq.read_table(tmp_path / "spark"), pq.read_table(tmp_path / "alone")
    names = [name for name in one.schema.names if name != "by"]
    many = many.select(names).cast(
        plain_schema(one.schema.remove_metadata()).empty_table().select(names).schema
    )
    one = one.select(names).cast(many.schema)
    many, one = (t.take(pc.sort_indices(t["ticket"])) for t in (many, one))
    assert pc.count_distinct(one["ticket"]).as_py() == MANY
    for name in names:
        assert many[name].combine_chunks() == one[name].combine_chunks(), name
        rows = len(one[name])
    assert rows == MANY


def test_ray_gives_the_same(tickets: Path) -> None:
    needed("ray")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        data = ray.data.read_parquet(str(tickets))
        decided = data.map_batches(BatchFunction(POLICY, NOW), batch_format="pyarrow")
        same(pa.concat_tables(ray.get(decided.to_arrow_refs())), alone(tickets))
    finally:
        ray.shutdown()


def test_dask_gives_the_same(tickets: Path) -> None:
    needed("dask")
    import dask.dataframe as dd
    import pandas as pd

    decides = BatchFunction(POLICY, NOW)

    def decided(frame: Any) -> Any:
        table = pa.Table.from_pandas(frame, preserve_index=False)
        return decides(table).to_pandas(types_mapper=pd.ArrowDtype)

    frame = dd.read_parquet(tickets, dtype_backend="pyarrow", split_row_groups=True)
    assert frame.npartitions > 1
    meta = decides.schema.empty_table().to_pandas(types_mapper=pd.ArrowDtype)
    found = frame.map_partitions(decided, meta=meta).compute()
    same(pa.Table.from_pandas(found, preserve_index=False), alone(tickets))
