"""How long something may take: a duration, workdays, or an instant of the ticket.

Language: "Time", targets. ``none`` is no target at all and stands as ``None`` in cases.
"""

from __future__ import annotations

from typing import Annotated, Any

from escalate.modelling.words import Discriminator, Tag
from escalate.policy.base import FieldName, Model
from escalate.policy.cases import CaseKind
from escalate.worktime.duration import Duration

__all__ = ["At", "Target"]


class At(Model):
    """The target is an instant that the ticket itself holds."""

    at: FieldName


def _form(raw: Any) -> str:
    return "<at>" if isinstance(raw, dict | At) else "<duration>"


Target = Annotated[
    Annotated[At, Tag("<at>")] | Annotated[Duration, Tag("<duration>")],
    Discriminator(_form),
    CaseKind("Target", calendar=True),
]
