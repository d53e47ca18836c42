"""What became of a test, in words: what was expected, what came, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from escalate.errors import Diagnostic
from escalate.policy.excerpt import visible
from escalate.policy.render import excerpt_of, render
from escalate.testing.coverage import KINDS, Coverage
from escalate.testing.outcome import Failure, Outcome, Unmet
from escalate.wording import many

__all__ = ["as_json", "coverage_lines", "failure_lines", "summary", "test_text", "unmet_text"]

TextOf = Callable[[str], str | None]
"""From the name of a file to its text, where it is at hand."""

Told = tuple[int, str]
"""A line: how deep it stands, and what it says; nothing of it obeys or hides."""

_HOLDS: Final = {True: "yes ", False: "no  ", None: "?   "}


def test_text(outcome: Outcome, text_of: TextOf) -> str:
    """All that is to be said of a test that did not pass, without colours or folding."""
    parts = ["\n".join(render(d, text_of) for d in outcome.wrong)] if outcome.wrong else []
    for failure in outcome.failures:
        parts += [unmet_text(unmet, text_of) for unmet in failure.unmet]
        parts.append("\n".join("  " * depth + said for depth, said in failure_lines(failure)))
    return "\n\n".join(parts)


test_text.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's own


def unmet_text(unmet: Unmet, text_of: TextOf) -> str:
    """An expectation that was not met, with its line, what was expected and what came."""
    place = unmet.diagnostic.place
    gutter = " " * len(str(place.line if place else 1))
    out = [render(unmet.diagnostic, text_of)]
    if len(out[0].splitlines()) > 1:
        out.append(f"{gutter} |")
    for name, said in (("expected", unmet.expected), ("got", unmet.got)):
        first, *more = said.rstrip("\n").split("\n")
        out.append(visible(f"{gutter} = {name + ':':<10}{first}"))
        out += [visible(f"{gutter}   {'':<10}{line}") for line in more]
    return "\n".join(out)


def failure_lines(failure: Failure) -> Iterator[Told]:
    """What was decided at the moment, and why."""
    yield 0, visible(f"decided {failure.when}:")
    for line in failure.decided:
        yield 1, visible(line)
    if failure.why:
        yield 0, "because:"
        for depth, text, holds in failure.why:
            mark = "" if isinstance(holds, str) else _HOLDS[holds]
            yield depth + 1, mark + visible(text)


def summary(outcomes: tuple[Outcome, ...], files: int, wrong_files: int) -> str:
    """How many passed and how many did not."""
    count = dict.fromkeys(("passed", "failed", "wrong"), 0)
    for outcome in outcomes:
        count[outcome.status] += 1
    said = f"{many(files, 'file')}: {many(count['passed'], 'test')} passed"
    if count["failed"]:
        said += f", {count['failed']:,} failed"
    if count["wrong"]:
        said += f", {count['wrong']:,} with mistakes"
    if wrong_files:
        said += f"; {many(wrong_files, 'file')} could not be run"
    return said


def coverage_lines(coverage: Coverage, text_of: TextOf) -> Iterator[str]:
    """How much was reached, and every line that was not, marked."""
    counts = ", ".join(
        f"{done} of {total} {kind}{'' if total == 1 else 's'}"
        for kind, (done, total) in coverage.counts.items()
    )
    yield visible(f"{coverage.file}: {coverage.percent}% reached: {counts}")
    if not coverage.missed:
        return
    gutter = max(len(str(piece.place.line)) for piece in coverage.missed)
    file = coverage.file
    for piece in coverage.missed:
        label = f"{piece.kind} {KINDS[piece.kind]}"
        lines = excerpt_of(piece.place, text_of, "^", label)
        if piece.place.file != file:
            file = piece.place.file
            yield visible(f"{' ' * gutter}--> {file}")
        if lines:
            source, marks = lines
            yield f"{piece.place.line:>{gutter}} | {source}".rstrip()
            yield f"{' ' * gutter} | {marks}"
        else:
            yield visible(f"{piece.place}: {label}")


def as_json(outcome: Outcome, finding: Callable[[Diagnostic], dict[str, Any]]) -> dict[str, Any]:
    """What became of a test, for other programs; ``finding`` makes JSON of a diagnostic."""
    said: dict[str, Any] = {
        "name": outcome.name,
        "line": outcome.place.line,
        "status": outcome.status,
    }
    if outcome.wrong:
        said["wrong"] = [finding(d) for d in outcome.wrong]
    if outcome.failures:
        said["failures"] = [
            {
                "when": failure.when,
                "unmet": [
                    {
                        **finding(unmet.diagnostic),
                        "about": unmet.about,
                        "expected": unmet.expected,
                        "got": unmet.got,
                    }
                    for unmet in failure.unmet
                ],
                "decided": list(failure.decided),
                "because": ["  " * depth + text for depth, text, _ in failure.why],
            }
            for failure in outcome.failures
        ]
    return said
