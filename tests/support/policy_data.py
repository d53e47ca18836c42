"""Policies as plain data, and mutations of them: real ones, a little wrong."""

import copy
import json
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from escalate.policy.source import read_source

EXAMPLES = Path(__file__).parents[2] / "examples" / "policies"

#: Values that may stand anywhere, and mostly must not: of every kind, and nearly right.
POOL = (
    None, True, False, 0, 1, -1, 5, 1.0, 5.5, 10**30,
    "", "5", "none", "none\n", "never", "always", "skip", "L1", "L1\n", "a b", "ana", "ăî", "x.y",
    "a:b", "true", "4h", "4h\n", "2 workdays", "80%", "80%\n", "101%", "mon", "09:00", "9:00",
    "09:00\n", "09:00-17:00", "2026-01-01", "2026-01-01T09:00", "12-25", "created", "waiting",
    "person", "rotation", "group", "en", "en\n", "pt-BR", "critical",
    [], {}, [[]], [{}], ["a"], ["a", "a"], [1, "b", True], [None], ["a", {}], {"a": 1},
    {"at": "due_at"}, {"kind": "team"}, {"owner": "ana"}, {"fallback": "ana"}, {"days": 2},
    {"weeks": 0}, {"when": {"severity": "low"}, "use": "ana"}, {"otherwise": "none"},
    [{"when": {"severity": "low"}, "use": "4h", "calendar": "always"}, {"otherwise": "4h"}],
    [{"use": "ana"}], [{"when": {}, "use": "ana"}], [{"otherwise": "ana", "calendar": "always"}],
    {"gte": 5}, {"calendar": "always"}, {"gte": [1]}, {"in": "a"}, {"exists": 1}, {"like": 5},
    {"all": []}, {"any": [{"a": 1}]}, {"not": {"not": {"a": {"lt": 5}}}}, {"is": "a b"},
    {"is": "a"}, {"requested": {}}, {"requested": {"by": "bot", "at": 1}}, {"mentions": ["a"]},
    {"mentions": []}, {"a b": 1}, {"": 1}, {"a.b": 1}, {"a..b": 1},
    {"enum": ["a"], "ordered": ["a"]},
    {"type": "text"}, {"type": "array", "items": {"enum": [1]}}, {"minimum": "1"},
    {"minimum": True},
    {"every": "2h", "times": 0}, {"every": "2h", "times": 2.0}, {"every": "day"},
    {"hours": "always"}, {"hours": {"mon": []}}, {"hours": {"mon-fri": "09:00-17:00"}},
    {"hours": {"mon-fry": "09:00-17:00"}}, {"hours": {"mon": ["9:00 - 17:00", 5]}},
    {"date": "12-25"}, {"from": "2026-01-01", "to": "2026-01-02"},
    {"from": "2026-01-01", "last": "2026-01-02"}, {"easter": "western", "offset": "1"},
    {"easter": "western", "offset": True}, {"date": "12-25", "easter": "western"},
)  # fmt: skip
KEYS = ("a", "kind", "name", "use", "when", "otherwise", "id", "x-note", "first", "a b", "", "en")


@cache
def _example(name):
    return read_source((EXAMPLES / name).read_bytes(), name).data


def examples():
    """The names of the example policies."""
    return sorted(path.name for path in EXAMPLES.glob("*.escalation.yaml"))


def example(name):
    """An example policy's data, to be changed at will."""
    return copy.deepcopy(_example(name))


def places(data, path=()):
    """Every path of the data."""
    yield path
    if isinstance(data, dict | list):
        children = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in children:
            yield from places(value, (*path, key))


def at(data, path):
    for part in path:
        data = data[part]
    return data


@st.composite
def mutated(draw, most=2):
    """An example with up to so many mistakes."""
    data = example(draw(st.sampled_from(examples())))
    for _ in range(draw(st.integers(1, most))):
        path = draw(st.sampled_from(sorted(places(data), key=repr)))
        here = at(data, path)
        how = draw(
            st.sampled_from(("replace", "delete", "add", "rename", "wrap", "unwrap", "swap"))
        )
        if how == "add" and isinstance(here, dict):
            here[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(POOL)))
        elif how == "add" and isinstance(here, list):
            here.append(copy.deepcopy(draw(st.sampled_from(POOL))))
        elif path:
            parent, key = at(data, path[:-1]), path[-1]
            _change(draw, how, data, parent, key, here)
    return json.loads(json.dumps(data))


def _change(draw, how, data, parent, key, here):
    if how == "delete":
        del parent[key]
    elif how == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(KEYS))] = parent.pop(key)
    elif how == "wrap":
        parent[key] = [here]
    elif how == "unwrap" and isinstance(here, list) and here:
        parent[key] = here[0]
    elif how == "swap":
        other = draw(st.sampled_from(sorted(places(data), key=repr)))
        parent[key] = copy.deepcopy(at(data, other))
    else:
        parent[key] = copy.deepcopy(draw(st.sampled_from(POOL)))
