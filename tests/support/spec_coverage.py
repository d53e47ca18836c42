"""Which sentence of the language is held down by which case of ``tests/spec``.

``python -m support.spec_coverage`` (in ``tests``) writes ``tests/spec/coverage.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from support.spec_cases import SPEC, all_cases, read_file
from support.time_tables import tables

DOCS = SPEC.parent.parent / "docs"
COVERAGE = SPEC / "coverage.md"
POINT = re.compile(r"point (\d+)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a row of a table, with the heading above it."""

    section: str
    text: str

    @property
    def plain(self) -> str:
        return plain(self.text)


def plain(text: str) -> str:
    """Words only: what is bold, code or broken into lines reads the same."""
    return re.sub(r"\s+", " ", re.sub(r"[`*]", "", text)).strip()


_ENDS = re.compile(r"(?<=[.!?])(?:\*\*)?\s+(?=[A-Z`(*\"])")


def split(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def sentences() -> list[Sentence]:
    """All of the language page, but its examples."""
    found: list[Sentence] = []
    section, block, fenced = "", [], False

    def close() -> None:
        found.extend(Sentence(section, s) for s in split(" ".join(block)))
        block.clear()

    for line in (DOCS / "language.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            close()
            fenced = not fenced
        elif re.fullmatch(r"\| ?---.*", line):
            found.pop()  # the row above was the table's head
        elif fenced:
            continue
        elif line.startswith("#"):
            close()
            section = line.lstrip("# ")
        elif line.startswith("|"):
            close()
            found.append(Sentence(section, line.strip("| ")))
        elif not line.strip():
            close()
        else:
            begins = re.match(r"(- |\d+\. )", line)
            if begins:
                close()
                line = line[begins.end() :]
            block.append(line.strip())
    close()
    return found


def points() -> list[tuple[int, str]]:
    """The numbered finer points."""
    text = (DOCS / "finer-points.md").read_text(encoding="utf-8")
    return [(int(n), said) for n, said in re.findall(r"^(\d+)\. (.*)$", text, re.M)]


def _pieces(quote: str) -> Iterator[str]:
    yield from (piece.rstrip(".") for piece in split(plain(quote)))


def covered() -> tuple[dict[Sentence, list[str]], dict[int, list[str]], list[str]]:
    """Cases by sentence and by finer point; and what was quoted but stands nowhere."""
    by_sentence: dict[Sentence, list[str]] = {s: [] for s in sentences()}
    by_point: dict[int, list[str]] = {n: [] for n, _ in points()}
    lost: list[str] = []
    quotes = [(str(case), case.file, quote) for case in all_cases() for quote in case.sentences]
    quotes += [
        (f"{file}: {table['title']}", f"time/clocks/{file}.yaml", quote)
        for file, _, table in tables()
        for quote in table.get("sentence", ())
    ]
    for case, file, quote in quotes:
        point = POINT.match(quote)
        if point:
            number = int(point[1])
            if number not in by_point:
                lost.append(f"{case}: {quote}")
            elif file not in by_point[number]:
                by_point[number].append(file)
            continue
        for piece in _pieces(quote):
            near = [s for s in by_sentence if piece in s.plain]
            if len(near) != 1:
                lost.append(f"{case}: {piece} ({len(near)} sentences)")
            for sentence in near:
                if file not in by_sentence[sentence]:
                    by_sentence[sentence].append(file)
    for sentence, where in elsewhere().items():
        near = [s for s in by_sentence if s.plain.startswith(plain(sentence))]
        if len(near) != 1:
            lost.append(f"elsewhere.yaml: {sentence} ({len(near)} sentences)")
        for one in near:
            by_sentence[one].append(where)
    return by_sentence, by_point, lost


def elsewhere() -> dict[str, str]:
    """Sentences that are held down by other tests, or hold no rule."""
    return dict(read_file(SPEC / "elsewhere.yaml"))


def table() -> str:
    """The whole of ``coverage.md``."""
    by_sentence, by_point, _ = covered()
    lines = [
        "# What the cases hold down",
        "",
        "Written by `python -m support.spec_coverage` (in `tests`), kept honest by",
        "`tests/test_spec.py`. Each sentence and row of the [language page]"
        "(../../docs/language.md),",
        "each of the [finer points](../../docs/finer-points.md), and where it is tested.",
    ]
    section = None
    for sentence, files in by_sentence.items():
        if sentence.section != section:
            section = sentence.section
            lines += ["", f"## {section}", "", "| sentence | cases |", "| --- | --- |"]
        said = plain(sentence.text).replace("|", "\\|")
        lines.append(f"| {said} | {', '.join(files) or '**none**'} |")
    lines += ["", "## Finer points", "", "| point | cases |", "| --- | --- |"]
    for number, text in points():
        said = plain(text).replace("|", "\\|")
        said = said if len(said) < 160 else said[:157] + "..."
        lines.append(f"| {number}. {said} | {', '.join(by_point[number]) or '**none**'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    COVERAGE.write_text(table(), encoding="utf-8")
    by_sentence, by_point, lost = covered()
    print(*lost, sep="\n")
    print(sum(not files for files in by_sentence.values()), "sentences without a case")
    print([number for number, files in by_point.items() if not files])
