"""Owners chosen by topic and language, wherever an owner may be named.

Language: "Owners", choice by topic and language.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from escalate.evaluator.conditions import Chosen, CompiledCases, Compiler
from escalate.evaluator.context import Context
from escalate.evaluator.directory import Directory, Entry, topic_of
from escalate.policy.cases import Cases
from escalate.policy.choice import Choice
from escalate.worktime.timeline import NEVER

__all__ = ["owner_cases"]


def owner_cases(cases: Cases[Any], compiler: Compiler) -> CompiledCases[str]:
    """Cases that give the name of an owner, whatever is written in them."""
    if not any(isinstance(case.use, Choice) for case in cases.cases):
        return compiler.cases(cases, lambda name: name)
    directory = compiler.directory

    def ready(value: Any) -> Any:
        return _Picker(value, directory) if isinstance(value, Choice) else value

    return _OwnerCases(compiler.cases(cases, ready))


class Picked(NamedTuple):
    """Who it is, until when at least, and which fields would have helped to tell."""

    owner: str | None
    horizon: int = NEVER
    missing: tuple[str, ...] = ()


class _Picker:
    """A choice made ready."""

    def __init__(self, choice: Choice, directory: Directory) -> None:
        self._directory = directory
        self._topic, self._language = choice.topic, choice.language
        self._otherwise = choice.otherwise
        self._candidates = directory.candidates(choice)

    def pick(self, ctx: Context) -> Picked:
        """Who it is for this ticket on this desk."""
        fit, missing = self._candidates, tuple[str, ...]()
        if self._topic is not None:
            fit, missing = self._experts(ctx, self._topic)
        if self._language is not None and fit:
            language, lacking = self._directory.ticket_language(ctx, self._language)
            missing += lacking
            fit = self._speakers(fit, language)
        if not fit:
            return Picked(self._otherwise, NEVER, missing)
        return self._first(ctx, fit, missing)

    def _experts(self, ctx: Context, field: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        value = ctx.values.get(field)
        if value is None:
            return (), (field,)
        topics = value if isinstance(value, list | tuple) else (value,)
        wanted = {topic_of(topic) for topic in topics}
        return tuple(c for c in self._candidates if not wanted.isdisjoint(c.handles)), ()

    def _speakers(self, fit: tuple[Entry, ...], language: str | None) -> tuple[Entry, ...]:
        speakers = tuple(c for c in fit if language is not None and c.speaks(language))
        if self._topic is None:
            return speakers
        # An expert who does not speak the language is still an expert.
        return speakers + tuple(c for c in fit if c not in speakers)

    def _first(self, ctx: Context, fit: tuple[Entry, ...], missing: tuple[str, ...]) -> Picked:
        """The first who is there and has room, else who is there, else who is back first."""
        directory, horizon = self._directory, NEVER
        there = []
        for candidate in fit:
            until = directory.away_until(ctx, candidate.id)
            if until is None:
                there.append(candidate)
            else:
                horizon = min(horizon, until)
        free = (c for c in there if c.kind != "person" or directory.has_room(ctx, c.id))
        found = next(free, None) or (there[0] if there else None)
        if found is None:
            found = min(fit, key=lambda candidate: directory.back_at(ctx, candidate.id))
        return Picked(found.id, horizon, missing)


class _OwnerCases(CompiledCases[str]):
    """Cases of which some give a choice."""

    __slots__ = ("_written",)

    def __init__(self, written: CompiledCases[Any]) -> None:
        super().__init__(written.cases)
        self._written = written
        self.plain = None

    def choose(self, ctx: Context) -> Chosen[str]:
        chosen = self._written.choose(ctx)
        if not isinstance(chosen.value, _Picker):
            return chosen
        picked = chosen.value.pick(ctx)
        return Chosen(
            picked.owner,
            chosen.calendar,
            chosen.case,
            min(chosen.horizon, picked.horizon),
            chosen.missing + picked.missing,
        )
