"""cel-expr-python (C++): all triggers in one expression over typed variables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any

from cel_expr_python.cel import NewEnv, Type
from rules import AT_LEAST, CHOICES, HOURS, Rule
from tickets import Flat

from peers import Ask
from peers.expressions import expression, whole_hours

NAME = "cel-expr-python"
PACKAGE = "cel-expr-python"

VARIABLES = {
    **dict.fromkeys(("id", "request", *CHOICES), Type.STRING),
    **dict.fromkeys(AT_LEAST, Type.INT),
    **dict.fromkeys(HOURS, Type.INT),
    "tags": Type.List(Type.STRING),
}
_ENV = NewEnv(variables=VARIABLES)


def prepare(flat: Flat) -> Any:
    return _ENV.Activation(whole_hours(flat))


def ready(rules: Sequence[Rule]) -> Ask:
    names = [rule.name for rule in rules]
    whole = ", ".join(expression(rule.when) for rule in rules)
    evaluate = _ENV.compile(f"[{whole}]").eval

    def ask(ticket: Any) -> list[str]:
        return list(compress(names, evaluate(ticket).plain_value()))

    return ask
