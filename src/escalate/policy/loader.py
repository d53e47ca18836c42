"""Text to a checked policy: reading, structure, includes, meaning.

Language: "The text". Everything wrong is found in one run where that can be; only
:func:`load_policy` and :func:`load_policies` raise.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from escalate.errors import (
    Diagnostic,
    Place,
    PolicyError,
    Related,
    Severity,
    sort_diagnostics,
)
from escalate.policy.collector import collector_paused
from escalate.policy.doubts import NO_DOUBTS, Doubts
from escalate.policy.excess import check_excess
from escalate.policy.file import read_file
from escalate.policy.file_name import POLICY_SUFFIX, named
from escalate.policy.limits import Limits
from escalate.policy.meaning import check_meaning
from escalate.policy.places import Places
from escalate.policy.policy import Policy, Shared
from escalate.policy.source import Source, read_source
from escalate.policy.structure import read_model

if TYPE_CHECKING:
    from escalate.policy.include import Includes
    from escalate.policy.policy_set import PolicySet

__all__ = [
    "Loaded",
    "check",
    "load_policies",
    "load_policy",
    "load_text",
    "read_all",
    "read_text",
    "same_name",
]


class Loaded(NamedTuple):
    """What became of a text.

    ``policy`` is ``None`` where ``diagnostics`` (sorted, each once) holds an error.
    ``places`` tells where each piece of the policy stands.
    """

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source
    places: Places


def load_text(content: str | bytes, file: str = "<policy>", limits: Limits | None = None) -> Loaded:
    """A policy from its text; ``file`` is what places are named by, and what
    ``include`` is relative to. Raises nothing for any text."""
    return _load(read_source(content, file, limits), limits)


def read_text(content: str | bytes, file: str = "<policy>") -> Loaded:
    """What became of a text: a policy's, or one that only defines what policies include,
    which is no policy and may have no mistake all the same."""
    return _read(read_source(content, file))


def _read(source: Source) -> Loaded:
    if _is_policy(source):
        return _load(source)
    return Loaded(None, tuple(_check_shared(source)), source, Places(source))


def load_policy(path: str | os.PathLike[str], limits: Limits | None = None) -> Policy:
    """The policy in a file.

    Raises:
        PolicyError: with every diagnostic, if one of them is an error.
    """
    source = read_file(path, named(path), limits)
    if isinstance(source, Diagnostic):
        raise PolicyError([source])
    loaded = _load(source, limits)
    if loaded.policy is None:
        raise PolicyError(loaded.diagnostics)
    return loaded.policy


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


@collector_paused()
def _load(source: Source, limits: Limits | None = None) -> Loaded:
    found = list(source.diagnostics)
    places = Places(source)

    def done(policy: Policy | None) -> Loaded:
        whole = None if any(map(_is_error, found)) else policy
        return Loaded(whole, tuple(sort_diagnostics(found)), source, places)

    found += check_excess(source)
    if any(map(_is_error, found)):
        return done(None)
    policy, wrong = read_model(Policy, source)
    found += wrong
    includes = _included(source, limits)
    if policy is not None:
        policy, places, wrong = _meaning(policy, source, NO_DOUBTS, includes)
        found += wrong
    else:
        places, wrong = _beside(source, includes)
        found += wrong
    found += [] if includes is None else includes.found
    return done(policy)


def _meaning(
    policy: Policy, source: Source, doubts: Doubts, includes: Includes | None
) -> tuple[Policy, Places, list[Diagnostic]]:
    """The policy with what it includes, where its pieces stand, and what is wrong in
    meaning."""
    places = Places(source)
    if includes is not None:
        policy, places = includes.merge(source, policy)
        doubts |= includes.doubts
    return policy, places, check_meaning(policy, places, doubts)


def _beside(source: Source, includes: Includes | None) -> tuple[Places, list[Diagnostic]]:
    """Where the pieces stand, and what is wrong in meaning beside the structure."""
    from escalate.policy.mending import mended, of_owners, with_faulty_owners

    rest, sound, doubts = mended(Policy, source)
    if rest is None:
        return Places(sound), []
    _, places, found = _meaning(rest, sound, doubts, includes)
    more, sound, doubts = with_faulty_owners(Policy, source, doubts)
    if more is not None:
        found += of_owners(_meaning(more, sound, doubts, includes)[2], doubts)
    return places, found


def _included(source: Source, limits: Limits | None = None) -> Includes | None:
    """What a text includes, if it includes anything."""
    if not isinstance(source.data, Mapping) or "include" not in source.data:
        return None
    from escalate.policy.include import Includes

    includes = Includes(limits)
    includes.read(source)
    return includes


def _is_policy(source: Source) -> bool:
    """Whether a text is a policy by itself, or only defines what policies include."""
    data = source.data
    if not isinstance(data, Mapping) or not data:
        return True
    return any(key not in Shared.model_fields for key in data)


def _check_shared(source: Source) -> list[Diagnostic]:
    """What can be said of definitions alone: structure, and the files they include."""
    found = [*source.diagnostics, *check_excess(source)]
    if not any(map(_is_error, found)):
        found += read_model(Shared, source)[1]
        includes = _included(source)
        found += [] if includes is None else includes.found
    return sort_diagnostics(found)


def load_policies(folder: str | os.PathLike[str]) -> PolicySet:
    """Every policy directly in a folder; files that only define what others include are
    read where they are included.

    Raises:
        PolicyError: with every diagnostic of all files, if one of them is an error.
    """
    from escalate.policy.policy_set import PolicySet

    read, found = _read_folder(folder)
    if any(map(_is_error, found)):
        raise PolicyError(sort_diagnostics(found))
    return PolicySet.of(loaded.policy for loaded in read if loaded.policy is not None)


def check(*paths: str | os.PathLike[str]) -> list[Diagnostic]:
    """Everything that is wrong with files, and with the policies and definitions
    directly in folders; sorted, each finding once."""
    return sort_diagnostics(read_all(*paths)[0])


def read_all(*paths: str | os.PathLike[str]) -> tuple[list[Diagnostic], list[Loaded]]:
    """What :func:`check` finds, and what became of each text."""
    found: list[Diagnostic] = []
    read: list[Loaded] = []
    for given in paths:
        if os.path.isdir(given):
            policies, wrong = _read_folder(given, shared=True)
            read += policies
            found += wrong
            continue
        source = read_file(given, named(given))
        if isinstance(source, Diagnostic):
            found.append(source)
        else:
            loaded = _read(source)
            read.append(loaded)
            found += loaded.diagnostics
    return found, read


def _read_folder(
    folder: str | os.PathLike[str], shared: bool = False
) -> tuple[list[Loaded], list[Diagnostic]]:
    file = named(folder)
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(POLICY_SUFFIX))
    except (OSError, ValueError):
        return [], [Diagnostic("ESC134", f"`{file}`: there is no such folder", path=file)]
    read: list[Loaded] = []
    found: list[Diagnostic] = []
    first: dict[str, Source] = {}
    seen = False
    for name in names:
        path = os.path.join(folder, name)
        source = read_file(path, named(path))
        if isinstance(source, Diagnostic):
            found.append(source)
        elif shared or _is_policy(source):
            seen = True
            loaded = _read(source)
            found += loaded.diagnostics
            read.append(loaded)
            if loaded.policy is not None:
                found += _same_name(loaded, first)
    if not seen and not found:
        found.append(
            Diagnostic(
                "ESC135",
                f"`{file}` holds no policy",
                path=file,
                help=f"names of policy files end in `{POLICY_SUFFIX}`",
            )
        )
    return read, found


def _same_name(loaded: Loaded, known: dict[str, Source]) -> list[Diagnostic]:
    """Two policies of one folder cannot be told apart by their name."""
    name = loaded.policy.name if loaded.policy else ""
    first = known.setdefault(name, loaded.source)
    if first is loaded.source:
        return []
    return [same_name(name, first.place(("name",)), loaded.source.place(("name",)))]


def same_name(name: str, first: Place, place: Place) -> Diagnostic:
    """What is said of the second of two policies in a folder that have one name."""
    return Diagnostic(
        "ESC225",
        f"two policies of this folder are called `{name}`",
        place=place,
        help="give one of them another name",
        path="name",
        related=(Related(first, "the other policy of this name"),),
    )
