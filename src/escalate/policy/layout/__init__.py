"""The one layout of policies: `escalate fmt`.

Order of keys, indentation, and quotes where readers of YAML 1.1 would take a text for
something else. Comments stay with what they are about. A text that is laid out stays as it
is, and what it says is compared before and after.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from escalate.errors import Diagnostic, Severity
from escalate.policy.keys import below, forms_of
from escalate.policy.layout.order import Forms, in_order
from escalate.policy.layout.printing import print_tree
from escalate.policy.layout.tree import read_tree
from escalate.policy.source import Source, read_source

__all__ = ["Formatted", "format_text"]


class Formatted(NamedTuple):
    """The text as it should be, or why it cannot be laid out."""

    text: str
    wrong: tuple[Diagnostic, ...] = ()


def format_text(text: str, file: str = "<policy>", *, ordered: bool = True) -> Formatted:
    """Lay out a policy's text; without ``ordered``, keys stay in the order that they have.

    A text that cannot be read stays as it is; so does one whose comments or content would
    not come out the same, which nothing known brings about, and one in which a comment would
    have other findings ignored (``ESC859``).
    """
    source = read_source(text, file)
    wrong = tuple(d for d in source.diagnostics if d.severity is Severity.ERROR)
    if wrong:
        return Formatted(text, wrong)
    forms = forms_of(source.data) if ordered else ()
    laid_out = print_tree(read_tree(source.text), source.data, forms)
    if source.line_end == "\r\n":
        laid_out = laid_out.replace("\n", "\r\n")
    after = read_source(laid_out, file)
    if not _says_the_same(source, after, forms):
        message = "laid out, this file would not say the same, so it stays as it is"
        return Formatted(text, (Diagnostic("ESC859", message, place=source.place()),))
    if (moved := _other_ignored(source, after)) is not None:
        return Formatted(text, (moved,))
    return Formatted(laid_out)


def _other_ignored(before: Source, after: Source) -> Diagnostic | None:
    """A comment that would have other findings ignored where it comes to stand."""
    from escalate.policy.ignoring import ignores_in, leaves_covered

    left = leaves_covered(before)
    for covered in leaves_covered(after):
        if covered in left:
            left.remove(covered)
    if not left:
        return None
    one = next(one for one in ignores_in(before) if one.comment.text == left[0][0])
    return Diagnostic(
        "ESC859",
        "laid out, this comment would stand with something else, so the file stays as it is",
        place=one.place(),
        help="put it on a line of its own, above what it is about",
    )


def _says_the_same(before: Source, after: Source, forms: Forms) -> bool:
    from escalate.policy.layout.gaps import comments_in

    if after.diagnostics != () and len(after.diagnostics) != len(before.diagnostics):
        return False
    if repr(_canonical(before.data, forms)) != repr(_canonical(after.data, forms)):
        return False
    told = [sorted(one.text for one in comments_in(text.text)) for text in (before, after)]
    return told[0] == told[1]


def _canonical(data: Any, forms: Forms) -> Any:
    """The data with the keys of the language in their order."""
    if isinstance(data, dict):
        keys = in_order(forms, list(data)) if forms else list(data)
        return {key: _canonical(data[key], below(forms, key, data[key])) for key in keys}
    if isinstance(data, list):
        return [_canonical(item, below(forms, i, item)) for i, item in enumerate(data)]
    return data
