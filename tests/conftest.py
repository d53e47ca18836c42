"""The tests draw the same examples every time; `HYPOTHESIS=explore` draws new ones."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("support.goldens")

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("explore" if os.environ.get("HYPOTHESIS") == "explore" else "same")

collect_ignore_glob = ["*.test.yaml"]
"""Tests of policies here are what is tested; where escalate is installed, its plugin for
pytest would run them."""
