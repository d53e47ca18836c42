"""How text is written as a scalar, and which scalars other readers of YAML take otherwise.

Language: "The text". Policies follow YAML 1.2; editors, templates and other programs often
still read YAML 1.1, where `no` is false and `9:00` a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from escalate.policy.scalars import Scalar, resolve

__all__ = ["BOOLEANS", "as_scalar", "for_every_reader", "quoted"]

BOOLEANS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
}
"""What other dialects of YAML call true and false, without capitals."""

_PLAIN: Final = re.compile(r"[^\W_]\w*(?:[./ -]\w+)*")
"""Text that needs no quotes anywhere, or not as far as this can tell."""

_BOOLEAN_1_1: Final = re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)
_OTHER_1_1: Final = re.compile(
    r"""0b[01_]+
      | [-+]?0[0-7_]+
      | [-+]?[0-9][0-9_]*
      | [-+]?0x[0-9a-fA-F_]+
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      | [-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?
      | [-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
      | [0-9]{4}-[0-9]{2}-[0-9]{2}
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*
      | = | <<
    """,
    re.VERBOSE,
)
_INTEGER_1_1: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+")
_FLOAT_1_1: Final = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?")


def quoted(text: str) -> str:
    """The text in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def as_scalar(text: str) -> str:
    """The text as one writes it: plain where that is safe, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and resolve(text) == text and for_every_reader(text) == text
    return text if plain else quoted(text)


def for_every_reader(written: str) -> str:
    """A plain scalar so that readers of YAML 1.1 take it as we do: itself where they do."""
    value = resolve(written)
    if isinstance(value, str):
        otherwise = _BOOLEAN_1_1.fullmatch(written) or _OTHER_1_1.fullmatch(written)
        return quoted(written) if otherwise else written
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return written if _INTEGER_1_1.fullmatch(written) else str(value)
    if isinstance(value, float):
        return written if _FLOAT_1_1.fullmatch(written) else _float(value)
    return written


def _float(value: Scalar) -> str:
    mantissa, e, exponent = repr(value).partition("e")
    if not e:
        return mantissa
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}e{exponent}"
