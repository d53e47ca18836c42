"""The actions of a decision, in order, each with its key.

Language: "Actions"; finer points 25, 27, 31. One notification an owner and decision;
the others join it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from escalate.decision import NOTHING, Action, instant_text
from escalate.evaluator.assigning import Given
from escalate.evaluator.compiled import Notice
from escalate.evaluator.conditions import CompiledCases
from escalate.evaluator.context import Context
from escalate.evaluator.dates import writer
from escalate.evaluator.firing import Cause
from escalate.evaluator.messages import Template
from escalate.evaluator.nudge import Nudge
from escalate.evaluator.quiet import delivery, is_urgent
from escalate.evaluator.words import Words
from escalate.policy.tags import parents
from escalate.worktime import ZoneError, find_zone

if TYPE_CHECKING:
    from escalate.evaluator.program import Program

__all__ = ["Actions", "winning_sets"]

V = TypeVar("V")


def winning_sets(causes: Sequence[Cause]) -> dict[str, tuple[str, Any]]:
    """What fields are set to, and by which cause's key: the first written wins."""
    won: dict[str, tuple[str, Any]] = {}
    for cause in causes:
        if not cause.spent:
            for name, value in cause.effects.set:
                won.setdefault(name, (cause.key, value))
    return won


class _Told:
    """A notification on its way to an owner."""

    __slots__ = ("because", "channels", "key", "message", "urgent")

    def __init__(self, key: str) -> None:
        self.key = key
        self.message: str | None = None
        self.channels: tuple[str, ...] = ()
        self.because: tuple[str, ...] = ()
        self.urgent = False


# Actions are made for many tickets; the constructor of a named tuple costs twice as much
# as ``tuple.__new__``, which takes the fields in the order in which `Action` has them.


def assigned(key: str, owner: str | None, given: Given) -> Action:
    """The action that makes the ticket somebody's."""
    what: Mapping[str, Any] = NOTHING
    if given.assignee is not None:
        what = {"assignee": given.assignee}
    elif given.assignees:
        what = {"assignees": list(given.assignees)}
    return tuple.__new__(Action, ("assign", f"{key}/assign", owner, None, None, None, (), (), what))


class Actions:
    """Builds the actions of one decision."""

    def __init__(
        self,
        program: Program,
        ctx: Context,
        words: Callable[[], Words],
    ) -> None:
        self.ctx = ctx
        self.program = program
        self.people = program.people
        self._words_after = words
        self._words: Words | None = None
        self.made: list[Action] = []
        self._told: dict[str, _Told] = {}

    def _choose(self, cases: CompiledCases[V] | None) -> V | None:
        if cases is None:
            return None
        if cases.plain is not None:
            return cases.plain.value
        chosen = cases.choose(self.ctx)
        self.ctx.note(self.ctx.horizon, chosen.missing)
        return chosen.value

    def notices(self, key: str, notices: Sequence[Notice]) -> None:
        """Those whom a cause or a level tells."""
        for i, notice in enumerate(notices):
            owner = self._choose(notice.owner)
            if owner is not None:
                self.notify(f"{key}/notify/{i}", owner, notice)

    def notify(self, key: str, owner: str, notice: Notice | None = None) -> None:
        """Tell an owner; a second word to the same owner joins the first. It goes by the
        channels of all, says the first message, and is as urgent as the most urgent."""
        told = self._told.get(owner)
        if told is None:
            told = self._told[owner] = _Told(key)
        else:
            told.because += (key,)
        channel = message = urgency = None
        if notice is not None:
            channel, message = self._choose(notice.channel), self._choose(notice.message)
            urgency = notice.urgency
        ways = (channel,) if channel is not None else self.people.channels(self.ctx, owner)
        told.channels += tuple(way for way in ways if way not in told.channels)
        told.urgent = is_urgent(self.program, self.ctx, urgency) or told.urgent
        if told.message is None:
            told.message = message

    def flush_notices(self) -> None:
        """The notifications gathered so far become actions, but for those that would be held
        while one that says the same is held already."""
        ctx = self.ctx
        for owner, told in self._told.items():
            when = delivery(self.program, ctx, owner, told.urgent)
            message = told.message
            if "hold_until" in when and ctx.hist.undelivered.get((owner, message), 0) > ctx.now:
                continue
            duty = self.people.duty(ctx, owner)
            language, text = (None, None) if message is None else self._for_staff(message)
            self.made.append(
                tuple.__new__(
                    Action,
                    (
                        "notify",
                        told.key,
                        owner,
                        message,
                        text,
                        language,
                        told.channels,
                        told.because,
                        {**when, **duty} if when and duty else when or duty,
                    ),
                )
            )

    def tell(self, key: str, cases: CompiledCases[str] | None) -> bool:
        """Tell the customer, if there is something to say."""
        message = self._choose(cases)
        if message is None:
            return False
        values = self.ctx.values
        wanted = values.get("language") or values.get("customer.language")
        language, template = self.program.messages[message].pick(wanted)
        text = self._render(template, self._customers_zone(), (wanted, language))
        promises = self._promises(template)
        what = {"promises": promises} if promises else NOTHING
        said = Action("tell_customer", f"{key}/tell", None, message, text, language, what=what)
        self.made.append(said)
        return True

    def _for_staff(self, message: str) -> tuple[str | None, str]:
        language, template = self.program.messages[message].pick(None)
        return language, self._render(template, self.program.zone, (language,))

    def _render(self, template: Template, zone: str, languages: Sequence[str | None]) -> str:
        """The text; dates in the form of the language wanted, where the text is in it."""
        words, dates = self._after, self.program.policy.dates
        *wanted, own = languages
        fitting = [tag for tag in wanted if own is not None and own.lower() in parents(tag)]
        forms = tuple(form for tag in (*fitting, own) for form in parents(tag))
        written = writer(dates, zone, forms)
        return template.render(lambda name: words.say(name, written))

    @property
    def _after(self) -> Words:
        if self._words is None:
            self._words = self._words_after()
        return self._words

    def _customers_zone(self) -> str:
        wanted = self.ctx.values.get("customer.timezone")
        if not isinstance(wanted, str):
            return self.program.zone
        try:
            find_zone(wanted)
        except ZoneError:
            self.ctx.warn("ESC949", f"there is no time zone `{wanted}`, in which the customer is")
            return self.program.zone
        return wanted

    def _promises(self, template: Template) -> list[dict[str, Any]]:
        """What the customer is promised by being told of it: instants to come that have
        not been promised already."""
        ctx, found = self.ctx, []
        for name in template.names:
            due = self._after.due(name)
            about = name.removeprefix("ticket.").removesuffix(".due")
            if due is not None and due > ctx.now and not ctx.has_promised(about, due):
                found.append({"about": about, "due": instant_text(due, self.program.zone)})
        return found

    def sets(self, causes: Sequence[Cause], won: Mapping[str, tuple[str, Any]]) -> None:
        """One action a cause, with the fields that it won."""
        for cause in causes:
            fields = {name: value for name, (key, value) in won.items() if key == cause.key}
            if fields:
                self.made.append(Action("set", f"{cause.key}/set", what={"fields": fields}))

    def do(self, cause: Cause) -> None:
        """Actions of the author's own."""
        for i, (action, arguments) in enumerate(cause.effects.do):
            given = {name: self._choose(cases) for name, cases in arguments}
            given = {name: value for name, value in given.items() if value is not None}
            what: dict[str, Any] = {"with": given} if given else {}
            self.made.append(Action(action, f"{cause.key}/do/{i}", what=what))

    def ask(self, key: str, owner: str | None, items: Sequence[str]) -> None:
        """Ask for what is lacking."""
        what = {"items": list(items), **self._when_told(owner)}
        self.made.append(Action("ask", key, owner, what=what))

    def nudge(self, nudge: Nudge, owner: str | None) -> None:
        """Remind or warn the owner."""
        what: dict[str, Any] = {"about": nudge.about}
        if nudge.items:
            what["items"] = list(nudge.items)
        what.update(self._when_told(owner))
        channels = () if owner is None else self.people.channels(self.ctx, owner)
        self.made.append(Action(nudge.action, nudge.key, owner, channels=channels, what=what))

    def _when_told(self, owner: str | None) -> Mapping[str, Any]:
        """When the present owner is told of it, and who of him has duty."""
        if owner is None:
            return NOTHING
        when = delivery(self.program, self.ctx, owner, is_urgent(self.program, self.ctx))
        return {**when, **self.people.duty(self.ctx, owner)}
