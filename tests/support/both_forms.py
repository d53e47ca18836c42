"""What becomes of a policy's text, told in full: the same whatever form the models have."""

import base64
import json
import pickle
import sys

from escalate.analysis.check import examine
from escalate.modelling.words import BaseModel
from escalate.policy.cases import Cases
from escalate.policy.loader import read_text


def told(text, file="<policy>"):
    """The findings, and the policy with all that it holds; and the policy itself."""
    read = read_text(text, file)
    policy = read.policy
    doubtful = [] if policy is None else examine(policy, read.places)
    said = {
        "found": [repr(d) for d in (*read.diagnostics, *doubtful)],
        "policy": plain(policy),
        "repr": repr(policy),
        "digest": policy and policy.digest,
        "phases": policy and policy.status_phases(),
    }
    return said, policy


def plain(value):
    """A model as data, with the names of its class and of the fields that were written."""
    match value:
        case BaseModel():
            fields = {name: plain(getattr(value, name)) for name in type(value).model_fields}
            return [type(value).__name__, sorted(value.model_fields_set), fields]
        case Cases():
            return ["Cases", value.written, plain(value.cases)]
        case tuple() | list():
            return [type(value).__name__, *map(plain, value)]
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case _:
            return repr(value)


def main():
    """A line of JSON for each that comes: a text, and the name of its file."""
    for line in sys.stdin:
        said, policy = told(*json.loads(line))
        kept = base64.b64encode(pickle.dumps(policy)).decode()
        print(json.dumps({**said, "pickle": kept}), flush=True)
