"""Forms of values with parts: mappings, lists, and one form or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalate.errors import did_you_mean
from escalate.policy.structure import shown
from escalate.testing.difference import NONE
from escalate.testing.forms import Definitions, Form, OfKinds, about, kind_of
from escalate.testing.names import KINDS
from escalate.testing.pen import Pen, Way

__all__ = ["Called", "Items", "Keyed", "Maybe", "OneOf", "Open", "Some"]


@dataclass(frozen=True)
class Keyed(OfKinds):
    """A mapping with keys of ours. ``called`` is what has the keys, in messages."""

    keys: Mapping[str, Form]
    required: tuple[str, ...] = ()
    called: str | None = None
    notes: Mapping[str, str] | None = None
    kinds = frozenset({"mapping"})
    takes = "a mapping"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not raw:
            pen.empty(way, about(way) if way else "the file")
        called = self.called or about(way)
        for key, value in raw.items():
            form = self.keys.get(key)
            if form is not None:
                form.check(value, (*way, key), pen)
                continue
            near = did_you_mean(key, self.keys)
            known = ", ".join(f"`{k}`" for k in self.keys)
            help_ = f"did you mean `{near}`?" if near else f"known here: {known}"
            message = f"there is no key {shown(key)} in {called}"
            pen.report("ESC201", message, (*way, key), help_, key=True)
        for key in self.required:
            if key not in raw:
                pen.report("ESC202", f"{called} needs the key `{key}`", way, f"add `{key}:`")

    def schema(self, named: Definitions) -> dict[str, Any]:
        notes = self.notes or {}
        properties = {}
        for key, form in self.keys.items():
            properties[key] = form.schema(named)
            if key in notes:
                properties[key] = {"description": notes[key], **properties[key]}
        said: dict[str, Any] = {"type": "object", "properties": properties}
        if self.required:
            said["required"] = list(self.required)
        return {**said, "minProperties": 1, "additionalProperties": False}


@dataclass(frozen=True)
class Open(OfKinds):
    """A mapping from names to values of one form; ``empty`` tells whether it may hold none."""

    inner: Form
    kind: str | None = None
    empty: bool = False
    kinds = frozenset({"mapping"})
    takes = "a mapping"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not raw and not self.empty:
            pen.empty(way, about(way))
        known = None if self.kind is None or pen.names is None else pen.names.of(self.kind)
        for key, value in raw.items():
            if known is not None and key not in known:
                pen.unknown("ESC968", KINDS[self.kind or ""], key, known, (*way, key), key=True)
            self.inner.check(value, (*way, key), pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        least = {} if self.empty else {"minProperties": 1}
        inner = self.inner.schema(named)
        return {"type": "object", **least, "additionalProperties": inner}


@dataclass(frozen=True)
class Items(OfKinds):
    """A list of values of one form; ``empty`` tells whether it may hold none."""

    inner: Form
    empty: bool = False
    kinds = frozenset({"list"})
    takes = "a list"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if not raw and not self.empty:
            pen.empty(way, about(way))
        for i, item in enumerate(raw):
            self.inner.check(item, (*way, i), pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        least = {} if self.empty else {"minItems": 1}
        return {"type": "array", **least, "items": self.inner.schema(named)}


@dataclass(frozen=True)
class Maybe(Form):
    """A form, or nothing: which takes away what was said elsewhere."""

    form: Form

    def check(self, raw: Any, way: Way, pen: Pen) -> None:
        if raw is not None:
            self.form.check(raw, way, pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"anyOf": [self.form.schema(named), {"type": "null"}]}


class OneOf(OfKinds):
    """One of several forms that take different kinds of values."""

    def __init__(self, *forms: Form) -> None:
        self.forms = forms
        self.kinds = frozenset(kind for form in forms for kind in form.kinds)
        *most, last = [form.takes for form in forms]
        self.takes = f"{', '.join(most)} or {last}" if most else last

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        kind = kind_of(raw)
        next(form for form in self.forms if kind in form.kinds).check(raw, way, pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        return {"anyOf": [form.schema(named) for form in self.forms]}


class Some(OfKinds):
    """One value, or a list of them, or `{only: [...]}`, or (``absent``) `none`."""

    def __init__(self, one: Form, *, absent: bool = True) -> None:
        self.one = one
        self.absent = absent
        self.many = Items(one)
        self.only = Keyed({"only": OneOf(one, self.many)}, ("only",))
        self.kinds = one.kinds | {"text", "list", "mapping"}
        none = f", `{{only: [...]}}` or `{NONE}`" if absent else " or `{only: [...]}`"
        self.takes = f"{one.takes}, a list{none}"

    def inside(self, raw: Any, way: Way, pen: Pen) -> None:
        if raw == NONE and self.absent:
            return
        if isinstance(raw, list):
            self.many.check(raw, way, pen)
        elif isinstance(raw, Mapping) and ("only" in raw or "mapping" not in self.one.kinds):
            self.only.check(raw, way, pen)
        else:
            self.one.check(raw, way, pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        forms = [self.one.schema(named), self.many.schema(named), self.only.schema(named)]
        if self.absent:
            forms.append({"const": NONE})
        return {"anyOf": forms}


@dataclass(frozen=True)
class Called(Form):
    """A form with a name of its own in the JSON Schema."""

    name: str
    form: Form

    @property
    def kinds(self) -> frozenset[str]:  # type: ignore[override]
        return self.form.kinds

    @property
    def takes(self) -> str:  # type: ignore[override]
        return self.form.takes

    def check(self, raw: Any, way: Way, pen: Pen) -> None:
        self.form.check(raw, way, pen)

    def schema(self, named: Definitions) -> dict[str, Any]:
        if self.name not in named:
            named[self.name] = {}  # a form may hold itself
            named[self.name] = self.form.schema(named)
        return {"$ref": f"#/definitions/{self.name}"}
