"""What is wrong with comments that have findings ignored."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.checking.codes import is_code, may_be_ignored, near_code
from escalate.errors import Diagnostic, Fix, Severity, did_you_mean
from escalate.policy.ignoring import Ignore, Span

__all__ = ["faults", "unneeded"]


def faults(comment: Ignore) -> Iterator[Diagnostic]:
    """What is wrong with a comment whatever is found."""
    if comment.word != "ignore":
        near = did_you_mean(comment.word, ["ignore"])
        at = comment.comment.start + comment.comment.text.index(comment.word)
        place = comment.place((at, at + len(comment.word)))
        yield Diagnostic(
            "ESC814",
            f"`{comment.word}` is nothing that a comment can ask for",
            Severity.WARNING,
            place,
            "write `ignore`",
            fix=Fix(place, "ignore") if near else None,
        )
        return
    if not comment.codes:
        yield Diagnostic(
            "ESC814",
            "the comment does not say which findings are ignored",
            Severity.WARNING,
            comment.place(),
            "name their codes in brackets and say why, as in `ignore[ESC720] comes in May`",
        )
        return
    for code, span in comment.codes:
        yield from _wrong_code(comment, code, span)
    if not comment.reason:
        yield Diagnostic(
            "ESC810",
            "the comment does not say why the finding is ignored",
            Severity.WARNING,
            comment.place(),
            "write the reason behind the bracket",
        )


def _wrong_code(comment: Ignore, code: str, span: Span) -> Iterator[Diagnostic]:
    place = comment.place(span)
    if not is_code(code):
        near = near_code(code)
        yield Diagnostic(
            "ESC811",
            f"`{code}` is the code of no finding",
            Severity.WARNING,
            place,
            f"did you mean `{near}`?" if near else "`escalate rule --all` lists them",
            fix=Fix(place, near) if near else None,
        )
    elif not may_be_ignored(code):
        yield Diagnostic(
            "ESC813",
            f"`{code}` cannot be ignored",
            Severity.WARNING,
            place,
            "only warnings and hints of policies can; an error keeps a policy from being used",
        )


def unneeded(comment: Ignore, used: set[int], unclear: frozenset[str]) -> Iterator[Diagnostic]:
    """Which of its codes, by number, are not ``used``, but for those of which that is
    ``unclear``."""
    codes = comment.codes or ()
    idle = [
        i
        for i, (code, _) in enumerate(codes)
        if i not in used and code not in unclear and is_code(code) and may_be_ignored(code)
    ]
    if not idle:
        return
    names = "`, `".join(codes[i][0] for i in idle)
    kept = [code for i, (code, _) in enumerate(codes) if i not in idle]
    if kept:
        inside = comment.place((codes[0][1][0], codes[-1][1][1]))
        place = comment.place(codes[idle[0]][1])
        fix = Fix(inside, ", ".join(kept))
    else:
        place = comment.place()
        fix = Fix(comment.place(_with_blanks(comment)), "")
    yield Diagnostic(
        "ESC812",
        f"nothing is ignored: `{names}` {'is' if len(idle) == 1 else 'are'} not found here",
        Severity.WARNING,
        place,
        "remove it, or put it on the line of the finding or alone above the piece",
        fix=fix,
    )


def _with_blanks(comment: Ignore) -> Span:
    """The comment with the blanks before it, and its whole line if it stands alone there."""
    text, end = comment.text.content, comment.comment.end
    start = len(text[: comment.comment.start].rstrip(" \t"))
    if start and text[start - 1] not in "\r\n":
        return start, end
    while end < len(text) and text[end] in " \t":
        end += 1
    return start, end + (2 if text.startswith("\r\n", end) else end < len(text))
