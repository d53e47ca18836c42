"""Several policies, of which a ticket follows one. Language: "The text"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalate.policy.policy import Policy

__all__ = ["PolicySet"]


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies of a folder, in the order in which they are asked for a ticket:
    highest ``precedence`` first, then by name. Language: "The text"."""

    policies: tuple[Policy, ...]

    def __iter__(self) -> Iterator[Policy]:
        return iter(self.policies)

    def __len__(self) -> int:
        return len(self.policies)

    def __getitem__(self, name: str) -> Policy:
        for policy in self.policies:
            if policy.name == name:
                return policy
        raise KeyError(name)

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> PolicySet:
        """Policies in their order."""
        return cls(tuple(sorted(policies, key=lambda p: (-p.precedence, p.name))))
