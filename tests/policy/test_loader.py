"""Text, files and folders to policies."""

import json
import os

import pytest

from escalate import PolicyError, load_policies, load_policy
from escalate.policy.limits import Limits
from escalate.policy.loader import check, load_text, read_text
from escalate.policy.policy import Policy
from support.policy_data import EXAMPLES, example, examples

SMALL = """
escalate: 1
name: small-desk
owners: {front-line: team, manager: person}
levels:
  - {id: L1, owner: front-line, deadlines: {resolve: 4h}}
  - {id: L2, owner: manager}
"""


def codes(found):
    return [d.code for d in found]


def named(name, more=""):
    return SMALL.replace("small-desk", name) + more


@pytest.mark.parametrize("name", examples())
def test_examples_are_clean(name):
    assert check(EXAMPLES / name) == []
    assert load_policy(EXAMPLES / name).digest == load_policy(str(EXAMPLES / name)).digest


def test_a_text():
    loaded = load_text(SMALL)
    assert loaded.diagnostics == ()
    assert loaded.policy.name == "small-desk"
    assert str(loaded.places.place(("levels", 1, "owner"))) == "<policy>:7:21"
    assert load_text(SMALL.encode()).policy == loaded.policy


def test_a_text_with_mistakes_gives_no_policy_and_keeps_its_order():
    loaded = load_text(SMALL + "calendar: offise\ntimezone: Europe/Bucarest\nx: 1\n")
    assert loaded.policy is None
    assert codes(loaded.diagnostics) == ["ESC304", "ESC501", "ESC201"]
    loaded = load_text(SMALL + "calendar: offise\ntimezone: Europe/Bucarest\n")
    assert codes(loaded.diagnostics) == ["ESC304", "ESC501"]


def test_a_warning_leaves_the_policy():
    office = 'calendar: office\ncalendars: {office: {hours: {mon-fri: "09:00-17:00"}}}\n'
    loaded = load_text(SMALL.replace("4h", "2d") + office)
    assert codes(loaded.diagnostics) == ["ESC504"]
    assert loaded.policy is not None


def test_limits_are_the_callers():
    assert codes(load_text(SMALL, limits=Limits(bytes=20)).diagnostics) == ["ESC104"]
    assert codes(load_text(SMALL, limits=Limits(depth=2)).diagnostics) == ["ESC105"]


# Files.


def test_a_file(tmp_path):
    file = tmp_path / "a.escalation.yaml"
    file.write_text(SMALL)
    assert load_policy(file).name == "small-desk"
    file.write_text(SMALL + "calendar: offise\n")
    with pytest.raises(PolicyError) as caught:
        load_policy(file)
    (found,) = caught.value.diagnostics
    assert (found.code, found.file, found.line) == ("ESC304", str(file), 8)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    (tmp_path / "support.escalation.yaml").write_text(SMALL)
    for name, told in (
        ("suport.escalation.yaml", "did you mean `support.escalation.yaml`?"),
        ("x", None),
        ("a\0b", None),
    ):
        with pytest.raises(PolicyError) as caught:
            load_policy(tmp_path / name)
        (found,) = caught.value.diagnostics
        assert (found.code, found.help) == ("ESC134", told)
    with pytest.raises(PolicyError, match="ESC134"):
        load_policy(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    file = tmp_path / "a.escalation.yaml"
    file.write_text(SMALL)
    file.chmod(0)
    assert codes(check(file)) == ["ESC134"]


# Folders.


def test_a_folder_is_a_set(tmp_path):
    (tmp_path / "b.escalation.yaml").write_text(named("beta", "precedence: 1\n"))
    (tmp_path / "a.escalation.yaml").write_text(named("zeta", "applies_to: {category: x}\n"))
    (tmp_path / "c.escalation.yaml").write_text(named("alpha"))
    (tmp_path / "shared.escalation.yaml").write_text("owners: {x: team}\n")
    (tmp_path / "notes.yaml").write_text("no policy at all: [")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.escalation.yaml").write_text("neither: is this")
    found = load_policies(tmp_path)
    assert [p.name for p in found] == ["beta", "alpha", "zeta"]
    assert len(found) == 3
    assert found["zeta"].applies_to is not None
    with pytest.raises(KeyError):
        found["gamma"]
    assert check(tmp_path) == []


def test_a_folder_tells_of_every_file(tmp_path):
    (tmp_path / "a.escalation.yaml").write_text(SMALL + "calendar: offise\n")
    (tmp_path / "b.escalation.yaml").write_text("escalate: 1\nname: no-levels\n")
    (tmp_path / "shared.escalation.yaml").write_text("owners: {x: teem}\n")
    with pytest.raises(PolicyError) as caught:
        load_policies(tmp_path)
    assert codes(caught.value.diagnostics) == ["ESC304", "ESC202"]
    assert codes(check(tmp_path)) == ["ESC304", "ESC202", "ESC204"]


def test_two_policies_of_one_name(tmp_path):
    for file in ("a", "b"):
        (tmp_path / f"{file}.escalation.yaml").write_text(SMALL)
    (found,) = check(tmp_path)
    assert (found.code, found.line) == ("ESC225", 3)
    assert found.related[0].place.file.endswith("a.escalation.yaml")


def test_a_folder_without_policies(tmp_path):
    assert codes(check(tmp_path)) == ["ESC135"]
    with pytest.raises(PolicyError, match="ESC135"):
        load_policies(tmp_path)
    with pytest.raises(PolicyError, match="ESC134"):
        load_policies(tmp_path / "x")


def test_checks_of_several_paths_are_one(tmp_path):
    file = tmp_path / "a.escalation.yaml"
    file.write_text(SMALL + "calendar: offise\n")
    assert check(file, tmp_path, file) == check(file)


def test_definitions_alone_are_checked_as_such():
    assert read_text("owners: {x: team}\nclocks: {}\n").diagnostics == ()
    assert codes(read_text("owners: {x: teem}\n").diagnostics) == ["ESC204"]
    assert codes(read_text("name: x\nowners: {x: team}\n").diagnostics) == ["ESC202", "ESC202"]


# Digest.


def test_the_digest_is_that_of_the_content():
    digest = load_text(SMALL).policy.digest
    assert len(digest) == 16
    assert set(digest) <= set("0123456789abcdef")
    data = load_text(SMALL).source.data
    turned = dict(reversed(data.items()))
    for text in (SMALL + "# a comment\n", json.dumps(data), json.dumps(turned, indent=3)):
        assert load_text(text).policy.digest == digest
    assert Policy.model_validate(data).digest == digest
    assert load_text(SMALL.replace("4h", "5h")).policy.digest != digest
    other = SMALL.replace("L2, owner: manager", "L2, owner: front-line")
    assert load_text(other).policy.digest != digest


def test_the_order_of_languages_counts_and_that_of_owners_does_not():
    def digest(text):
        return load_text(SMALL + text).policy.digest

    assert digest("messages: {m: {en: a, ro: b}}") != digest("messages: {m: {ro: b, en: a}}")
    assert digest("fields: {a: {type: string}, b: {}}") == digest(
        "fields: {b: {}, a: {type: string}}"
    )


def test_examples_digest_differ():
    found = {Policy.model_validate(example(name)).digest for name in examples()}
    assert len(found) == len(examples())
