"""All benchmarks, one process each; what is given is passed on. Ends with 1 if a goal is missed.

``python -m benchmarks [--write]``
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUNS = (
    ("decide.py", "--triggers", "20"),
    ("decide.py", "--triggers", "1000", "--tickets", "2000", "--rounds", "3"),
    ("parts.py",),
    ("agenda.py",),
    ("columns.py",),
    ("columns.py", "--triggers", "1000"),
    ("worktime.py",),
    ("clocks.py",),
    ("load.py",),
    ("startup.py",),
    ("check_many.py",),
    ("stream.py",),
    ("parquet.py",),
    ("spark.py",),
)

missed = False
for script, *words in RUNS:
    path = Path(__file__).with_name(script)
    done = subprocess.run([sys.executable, str(path), *words, *sys.argv[1:]], check=False)
    missed = missed or done.returncode != 0
sys.exit(int(missed))
