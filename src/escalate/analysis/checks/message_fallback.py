"""Messages of which nobody says in what language the rest read them. Language: "Actions"."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.analysis.subject import Finding, Subject
from escalate.policy.meaning.context import quoted
from escalate.policy.tags import parents

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Texts in several languages, none of which is the policy's."""
    language = subject.policy.language
    for name, texts in subject.policy.messages.items():
        tags = [tag.lower() for tag in texts]
        if len(tags) < 2 or "und" in tags or not subject.own("messages", name):
            continue
        first = next(iter(texts))
        if language is None:
            yield Finding(
                f"the policy names no language, so who reads none of {quoted(texts)} gets"
                f" `{first}`, which happens to be first",
                ("messages", name),
                "say which is the usual one, as with `language: en` at the top",
                key=True,
            )
        elif not any(tag in tags for tag in parents(language)):
            yield Finding(
                f"`{name}` has no text in `{language}`, the policy's language, so who reads none"
                f" of {quoted(texts)} gets `{first}`, which happens to be first",
                ("messages", name),
                f"add a text in `{language}`",
                key=True,
            )
