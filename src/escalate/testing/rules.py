"""The policy, or the folder of policies, that a test file is about."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from escalate.errors import Diagnostic, PolicyError
from escalate.evaluator.choosing import engine_for
from escalate.policy.file_name import POLICY_SUFFIX
from escalate.policy.loader import load_policies, load_policy
from escalate.policy.policy import Policy
from escalate.testing.names import Names

if TYPE_CHECKING:
    from escalate.evaluator.choosing import SetEngine
    from escalate.evaluator.engine import Engine
    from escalate.policy.policy_set import PolicySet

__all__ = ["Rules", "load_rules"]


class Rules:
    """Policies ready to be asked. ``path`` is the file or folder that they stand in."""

    def __init__(self, path: str, loaded: Policy | PolicySet) -> None:
        self.path = path
        self.loaded = loaded
        self.policies = (loaded,) if isinstance(loaded, Policy) else loaded.policies
        self.names = Names(self.policies)

    @cached_property
    def engine(self) -> Engine | SetEngine:
        """The engine, made when it is first needed."""
        return engine_for(self.loaded)

    @property
    def zone(self) -> str:
        """The zone that all policies have; UTC where they differ."""
        zones = {policy.timezone for policy in self.policies}
        return zones.pop() if len(zones) == 1 else "UTC"

    @cached_property
    def instants(self) -> frozenset[str]:
        """Declared fields that hold an instant."""
        return frozenset(
            name
            for policy in self.policies
            for name, spec in policy.fields.items()
            if spec.format == "date-time"
        )

    def policy(self, name: str) -> Policy | None:
        """The policy of that name."""
        return next((policy for policy in self.policies if policy.name == name), None)

    def files(self) -> list[str]:
        """The files of the policies."""
        path = Path(self.path)
        if not path.is_dir():
            return [self.path]
        return sorted(
            str(each).replace("\\", "/")
            for each in path.iterdir()
            if each.name.endswith(POLICY_SUFFIX)
        )


def load_rules(path: str) -> Rules | tuple[Diagnostic, ...]:
    """The policies of a file or folder, or what is wrong with them."""
    try:
        folder = Path(path).is_dir()
        return Rules(path, load_policies(path) if folder else load_policy(path))
    except PolicyError as error:
        return error.diagnostics
