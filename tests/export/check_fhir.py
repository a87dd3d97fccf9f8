#!/usr/bin/env python3
"""Each resource of a bundle against FHIR R4's own JSON schema.

    check_fhir.py SCHEMA BUNDLE

Prints a line a complaint; exit status 1 if there is one. The schema's patterns for
text refuse the ideographic space, which R4 itself allows: they are left out.
"""
import json
import sys

import jsonschema

TEXT = "^[ \\r\\n\\t\\S]+$"


def without_text_pattern(node):
    """The schema repeats it in every element of type string."""
    if isinstance(node, dict):
        if node.get("pattern") == TEXT:
            del node["pattern"]
        for value in node.values():
            without_text_pattern(value)
    elif isinstance(node, list):
        for value in node:
            without_text_pattern(value)


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    bundle = json.load(open(sys.argv[2], encoding="utf-8"))
    without_text_pattern(schema)
    bad = 0
    kinds = {}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        kind = resource["resourceType"]
        kinds.setdefault(kind, []).append(resource)
    for kind, resources in sorted(kinds.items()):
        validator = jsonschema.Draft6Validator(
            {"$ref": "#/definitions/" + kind, "definitions": schema["definitions"]})
        for resource in resources[:200]:
            for error in validator.iter_errors(resource):
                print(kind, resource["id"], list(error.absolute_path), error.message[:200])
                bad = 1
                break
        print("#", kind, len(resources))
    return bad


sys.exit(main())
