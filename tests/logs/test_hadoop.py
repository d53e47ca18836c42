"""Hadoop's issues: what their text mentions, how long they lie there, when they were resolved.

The texts are as people wrote them. What is looked for in them is looked for here once more,
with regular expressions; the instants are taken from the rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from escalate import Decision
from support.logs import engine_of, probe, raw_tickets, rows_of, ticking, told

EXAMPLE = "logs/hadoop"
FILE = "apache_hadoop_jira/hadoop_issues.csv.gz"
STATUSES = {"Resolved": 862, "Open": 330, "Patch Available": 22, "In Progress": 9, "Reopened": 8}
PHASES = {"Resolved": "resolved", "Patch Available": "waiting"}
INSTANTS = [datetime(2020, 6, 1, tzinfo=UTC), datetime(2022, 1, 31, 12, tzinfo=UTC)]
END = datetime(2025, 6, 1, tzinfo=UTC)


class Issue(NamedTuple):
    """A row, with its instants, and its ticket."""

    row: dict[str, str]
    created: datetime
    resolved: datetime | None
    raw: dict[str, Any]


def issues() -> list[Issue]:
    written = rows_of(FILE, "Issue id")
    assert len(written) == 1_231
    found = []
    for raw in raw_tickets("hadoop", FILE):
        (row,) = written[raw["id"]]
        created, resolved = (
            at(row[name]) if row[name] else None for name in ("Created", "Resolved")
        )
        assert created is not None
        found.append(Issue(row, created, resolved, raw))
    return found


def at(text: str) -> datetime:
    day, month, year, hour, minute = re.split("[/ :]", text)
    number = "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1
    return datetime(2000 + int(year), number, int(day), int(hour), int(minute), tzinfo=UTC)


def judged(whens: dict[str, dict[str, Any]], now: datetime) -> Iterator[tuple[Issue, Decision]]:
    """What is decided of every issue, by triggers that only tell whether they hold."""
    triggers = [{"id": name, "for": "any", "when": when} for name, when in whens.items()]
    engine = probe(EXAMPLE, triggers=triggers)
    for one in issues():
        yield one, engine.decide(one.raw, now=now)


def test_every_status_has_its_phase() -> None:
    assert Counter(one.row["Status"] for one in issues()) == STATUSES
    phases = {phase: {"phase": phase} for phase in ("open", "waiting", "resolved", "closed")}
    for one, decision in judged(phases, END):
        assert told(decision) == {PHASES.get(one.row["Status"], "open")}, one.row["Issue id"]


@pytest.mark.parametrize("now", [*INSTANTS, END])
def test_what_is_still_open(now: datetime) -> None:
    """As of an earlier instant, what was resolved later is open; what is not there is not."""
    seen = Counter[str]()
    for one, decision in judged({"over": {"phase": "resolved"}}, now):
        if one.created > now:
            assert [warned.code for warned in decision.warnings] == ["ESC939"]
            assert decision.next_check_at == one.created
            continue
        over = one.resolved is not None and one.resolved <= now
        assert bool(told(decision)) == over, one.row["Issue id"]
        seen["over" if over else "open"] += 1
    assert min(seen.values()) > 10


def test_none_is_resolved_before_it_is_created() -> None:
    engine = ticking(EXAMPLE, "fix")
    for one in issues():
        decision = engine.decide(one.raw, now=END)
        reading = decision.clocks["fix"]
        end = END if one.resolved is None else one.resolved
        assert end >= one.created
        if one.row["Status"] == "Patch Available":
            assert reading.state == "paused"  # since it is there, as far as is known
            continue
        assert timedelta(microseconds=reading.elapsed_us or 0) == end - one.created
        assert reading.state == ("running" if one.resolved is None else "met")
        assert not {w.code for w in decision.warnings} & {"ESC931", "ESC932", "ESC936"}


def test_how_late_a_fix_was() -> None:
    """Against fourteen days for a blocker, sixty for what is critical, a year for the rest."""
    days = {"Blocker": 14, "Critical": 60, "Major": 365}
    engine, seen = engine_of(EXAMPLE), Counter[str]()
    for one in issues():
        state = engine.decide(one.raw, now=END).clocks["fix"].state
        target = days.get(one.row["Priority"])
        if target is None:
            assert state == ("running" if one.resolved is None else "met")
            continue
        took = (END if one.resolved is None else one.resolved) - one.created
        late = took > timedelta(days=target)
        assert state == ("breached" if late else "met" if one.resolved else "running")
        seen[state] += 1
    assert min(seen["met"], seen["breached"]) > 100


def plain(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


MENTIONS = {
    "CVE*": r"(?<!\w)cve\w*",
    "vulnerab*": r"(?<!\w)vulnerab\w*",
    "NullPointerException": r"(?<!\w)nullpointerexception(?!\w)",
    "NPE": r"(?<!\w)npe(?!\w)",
    "test": r"(?<!\w)test(?!\w)",
    "upgrade*": r"(?<!\w)upgrade\w*",
    "out of memory": r"(?<!\w)out\W+of\W+memory(?!\w)",
    "does not": r"(?<!\w)does\W+not(?!\w)",
    "should not be*": r"(?<!\w)should\W+not\W+be\w*",
    "org.apache.hadoop": r"(?<!\w)org\W+apache\W+hadoop(?!\w)",
    "{code}": r"(?<!\w)code(?!\w)",
}


def test_what_a_text_mentions() -> None:
    names = {f"mentions-{i}": phrase for i, phrase in enumerate(MENTIONS)}
    whens = {name: {"description": {"mentions": phrase}} for name, phrase in names.items()}
    found = Counter[str]()
    for one, decision in judged(whens, END):
        text = plain(one.row["Description"])
        wanted = {name for name, phrase in names.items() if re.search(MENTIONS[phrase], text)}
        assert told(decision) == wanted, one.row["Issue id"]
        assert ("description" in decision.missing) == (not text), one.row["Issue id"]
        found.update(wanted)
    assert found.keys() == names.keys()


LIKE = {
    "*{code*": r".*\{code.*",
    "*at org.apache.hadoop.*(*.java:*": r".*at org\.apache\.hadoop\..*\(.*\.java:.*",
    "*\r\n*": ".*\r\n.*",
    "*[*|http*]*": r".*\[.*\|http.*\].*",
    '*?xml version="1.0"*': r'.*.xml version="1\.0".*',
    "When*": "When.*",
    "*.": r".*\.",
}


def test_what_a_text_is_like() -> None:
    names = {f"like-{i}": pattern for i, pattern in enumerate(LIKE)}
    whens = {name: {"description": {"like": pattern}} for name, pattern in names.items()}
    found = Counter[str]()
    for one, decision in judged(whens, END):
        text = one.row["Description"]
        wanted = {
            name
            for name, pattern in names.items()
            if text and re.fullmatch(LIKE[pattern], text, re.DOTALL)
        }
        assert told(decision) == wanted, one.row["Issue id"]
        found.update(wanted)
    assert found.keys() == names.keys()


def test_what_has_gone_stale() -> None:
    """What has been open for a year, and may wait."""
    engine, counts = engine_of(EXAMPLE), []
    for now in (*INSTANTS, END):
        stale = [one for one in issues() if "stale" in told(engine.decide(one.raw, now=now))]
        assert stale == [
            one
            for one in issues()
            if now - one.created >= timedelta(days=365)
            and (one.resolved is None or one.resolved > now)
            and one.row["Priority"] not in ("Critical", "Blocker")
            and one.row["Status"] != "Patch Available"
        ]
        counts.append(len(stale))
    assert counts[0] == 0 < counts[1] < counts[2]
