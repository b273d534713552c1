"""The schemas against what the program really writes, and against broken copies of it.

The first argument is the program, the others are unittest's. Golden cases and the demo's feed give the instances; beside the schema, each
record is checked for what a schema cannot say: that indices point to actors and that `exact` is the slice that the offsets name.
"""

import copy
import json
import os
import pathlib
import subprocess
import sys
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else str(ROOT / "build/dev/ceasewire")


def schema(name):
    return json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text())


def validator(document):
    return jsonschema.Draft202012Validator(document)


RECORD = validator(schema("record"))
ARTICLE = validator(schema("article"))
REJECTED = validator(schema("rejected"))
REJECTION = validator({"$ref": "#/$defs/rejection", "$defs": schema("rejected")["$defs"]})
DEAD_LETTER = validator(schema("dead_letter_headers"))


def errors(check, instance):
    return [f"{error.json_path}: {error.message}" for error in check.iter_errors(instance)]


def golden(name):
    for path in sorted(ROOT.glob(f"tests/golden/*/{name}")):
        yield path.parent.name, json.loads(path.read_text()), path.parent / "article.json"


def feeds():
    return sorted(ROOT.glob("src/app/*feed*.jsonl"))


def tag(*arguments, stdin=b""):
    return subprocess.run([PROGRAM, "tag", *map(str, arguments)], input=stdin, capture_output=True, timeout=120)


def everything_in(record):
    """Every part of a record that names a slice, and every index into its actors."""
    slices, indices = [], []
    for actor in record["actors"]:
        slices += actor["mentions"]
    for claim in record["claims"]:
        slices.append(claim)
        if claim["cue"]:
            slices.append({"field": claim["field"], **claim["cue"]})
        for key in ("actors", "sources", "via", "targets"):
            indices += claim[key]
    return slices, indices


def mistakes(record, article):
    """What a schema cannot see. `article` is the message, or None where its fields have other names."""
    slices, indices = everything_in(record)
    found = [f"index {index} points to no actor" for index in indices if index >= len(record["actors"])]
    texts = {"title": record["article"]["title"], "body": record["article"].get("body")}
    if texts["body"] is None and article is not None and record["article"]["format"] == "native":
        texts["body"] = article.get("body")
    for each in slices:
        text = texts[each["field"]]
        if text is not None and text[each["start"]:each["end"]] != each["exact"]:
            found.append(f"{each['field']}[{each['start']}:{each['end']}] is not {each['exact']!r}")
    return found


# One that has everything, so that every part of the schema can be broken. The texts are made up.
FULL = {
    "schema_version": "1.0",
    "article": {"id": "a", "title": "T", "url": "u", "source": "s", "published_at": "2024-06-11T08:00:00Z", "language": "en", "format": "native", "body": "b"},
    "relevant": True,
    "actors": [{
        "id": "egypt", "name": "Egypt", "type": "state", "wikidata": "Q79", "country": "EGY",
        "codes": {"cameo": "EGYGOV", "plover": {"country": "EGY", "sector": ["GOV"]}}, "number": 2, "roles": ["mediator"], "aliases": ["Arab Republic of Egypt"],
        "mentions": [{"field": "body", "start": 0, "end": 5, "exact": "Egypt", "form": "name", "why": "actors:egypt"}],
        "confidence": 0.9,
    }],
    "claims": [{
        "id": "c0", "field": "body", "start": 0, "end": 9, "exact": "Egypt ...", "act": "call", "actors": [0], "sources": [0], "via": [0], "targets": [0],
        "stance": "for", "status": "proposed", "terms": ["ceasefire"], "quantities": [{"exact": "six weeks", "value": 6, "unit": "week"}],
        "when": [{"exact": "Friday", "from": "2024-06-14", "to": None}], "quote": "indirect", "cue": {"start": 6, "end": 10, "exact": "said"},
        "cameo": "112", "plover": {"event": "REQUEST", "mode": "assist"}, "confidence": 0.5, "why": ["cue"],
    }],
    "warnings": [{"code": "duplicate_key", "field": "body"}],
    "lexicon": "2026.11",
    "ceasewire": "0.1.0",
    "layers": {
        "sentences": [{"field": "body", "start": 0, "end": 9}],
        "tokens": [{"field": "body", "start": 0, "end": 5, "upos": "PROPN", "head": -1, "deprel": "root"}],
        "attributions": [{"field": "body", "source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 20]], "quote": "indirect"}],
    },
}
REJECTED_FULL = {"rejected": {"file": "f", "line": 1, "reason": "wrong_type", "field": "/body", "byte": 3, "message": "body must be a string"}}
DEAD_LETTER_FULL = {
    "traceparent": "00-1-2-00", "nothing": None,
    "ceasewire-source": "articles/0/17", "ceasewire.reason": "too_large", "ceasewire.field": "/body", "ceasewire.byte": "9",
    "ceasewire.truncated": "1", "ceasewire.original_bytes": "9000000", "ceasewire.sha256": "0" * 64,
    "ceasewire.original_headers": "2", "ceasewire.original_key_bytes": "5",
    "__connect.errors.topic": "articles", "__connect.errors.partition": "0", "__connect.errors.offset": "17", "__connect.errors.connector.name": "ceasewire",
    "__connect.errors.task.id": "0", "__connect.errors.stage": "VALUE_CONVERTER", "__connect.errors.class.name": "ceasewire",
    "__connect.errors.exception.class.name": "ceasewire.too_large", "__connect.errors.exception.message": "too long",
}
OPTIONAL = {"$.article.body", "$.actors[0].aliases", "$.actors[0].number", "$.actors[0].mentions[0].why", "$.warnings", "$.layers", "$.layers.sentences", "$.layers.tokens",
            "$.layers.attributions", "$.rejected.file", "$.nothing", "$.traceparent", "$.ceasewire.field", "$.ceasewire.byte",
            "$.ceasewire.original_headers", "$.ceasewire.original_key_bytes"}


def places(value, path="$"):
    """Every part of a value: its path, and how to get at its parent in a copy."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        here = f"{path}.{key}" if isinstance(value, dict) else f"{path}[{key}]"
        yield here, (key,)
        for inner, keys in places(child, here):
            yield inner, (key, *keys)


def changed(instance, keys, change):
    broken = copy.deepcopy(instance)
    parent = broken
    for key in keys[:-1]:
        parent = parent[key]
    change(parent, keys[-1])
    return broken


class Schemas(unittest.TestCase):
    def assertValid(self, check, instance, name):
        self.assertEqual(errors(check, instance), [], name)

    def assertEveryBreakIsSeen(self, check, instance):
        self.assertValid(check, instance, "the whole one")
        accepted = []
        for path, keys in places(instance):
            parent = instance
            for key in keys[:-1]:
                parent = parent[key]
            breaks = {"another type": lambda at, key: at.__setitem__(key, {"x": 1} if not isinstance(at[key], dict) else [1])}
            if isinstance(parent, dict) and path not in OPTIONAL:
                breaks["missing"] = lambda at, key: at.__delitem__(key)
            if isinstance(parent[keys[-1]], dict):
                breaks["an unknown key"] = lambda at, key: at[key].__setitem__("unheard", 1)
            if isinstance(parent[keys[-1]], bool):
                breaks["a number"] = lambda at, key: at.__setitem__(key, 1)
            elif isinstance(parent[keys[-1]], (int, float)):
                breaks["minus two"] = lambda at, key: at.__setitem__(key, -2)
                breaks["a text"] = lambda at, key: at.__setitem__(key, "1")
            for what, change in breaks.items():
                if "quantities[0].value" in path and what == "minus two":
                    continue
                if not errors(check, changed(instance, keys, change)):
                    accepted.append(f"{path}: {what}")
        self.assertEqual(accepted, [])

    def test_schemas_are_schemas(self):
        names = sorted(path.name for path in (ROOT / "schemas").iterdir())
        self.assertEqual(names, ["article.schema.json", "dead_letter_headers.schema.json", "record.schema.json", "rejected.schema.json"])
        for name in names:
            document = json.loads((ROOT / "schemas" / name).read_text())
            jsonschema.Draft202012Validator.check_schema(document)
            self.assertRegex(document["$id"], r"^urn:ceasewire:schema:[a-z-]+:1\.0$")

    def test_the_record_schema_sees_every_break(self):
        self.assertEveryBreakIsSeen(RECORD, FULL)
        for path, value in (("act", "shout"), ("stance", "unsure"), ("status", "done"), ("quote", "said"), ("terms", ["peace"]), ("terms", ["ceasefire"] * 2),
                            ("actors", [0, 0]), ("confidence", 1.1), ("cameo", "12a"), ("exact", ""), ("field", "summary"), ("end", 0)):
            broken = copy.deepcopy(FULL)
            broken["claims"][0][path] = value
            self.assertTrue(errors(RECORD, broken), (path, value))
        for path, value in (("type", "human"), ("wikidata", "79"), ("country", "Egypt"), ("id", "Egypt"), ("mentions", []), ("name", "")):
            broken = copy.deepcopy(FULL)
            broken["actors"][0][path] = value
            self.assertTrue(errors(RECORD, broken), (path, value))
        for path, value in (("published_at", "2024-06-11"), ("language", "English"), ("format", "xml"), ("id", "")):
            broken = copy.deepcopy(FULL)
            broken["article"][path] = value
            self.assertTrue(errors(RECORD, broken), (path, value))
        self.assertTrue(errors(RECORD, {**FULL, "relevant": False}), "claims and yet not relevant")
        self.assertTrue(errors(RECORD, {**FULL, "claims": []}), "relevant without a claim")
        self.assertTrue(errors(RECORD, {**FULL, "schema_version": "2.0"}))

    def test_the_rejected_schema_sees_every_break(self):
        self.assertEveryBreakIsSeen(REJECTED, REJECTED_FULL)
        for key, value in (("reason", "odd"), ("reason", "publish_refused"), ("field", "body"), ("line", 0), ("message", "two\nlines"), ("message", "x" * 1025)):
            self.assertTrue(errors(REJECTED, {"rejected": {**REJECTED_FULL["rejected"], key: value}}), (key, value))

    def test_the_dead_letter_schema_sees_every_break(self):
        self.assertEveryBreakIsSeen(DEAD_LETTER, DEAD_LETTER_FULL)
        for key, value in (("ceasewire-source", "articles/0"), ("ceasewire.reason", "odd"), ("ceasewire.byte", "-1"), ("ceasewire.sha256", "00"),
                           ("ceasewire.unheard", "1"), ("__connect.errors.unheard", "1"), ("__connect.errors.offset", 17)):
            self.assertTrue(errors(DEAD_LETTER, {**DEAD_LETTER_FULL, key: value}), (key, value))

    def test_the_article_schema_takes_what_the_program_takes(self):
        good = [{"title": "T"}, {"body": "B"}, {"title": None, "body": "B", "id": 7, "extra": [1]}, {"title": "T", "body": None, "language": "en"}]
        bad = [{}, [], "text", {"title": ""}, {"title": " \n", "body": None}, {"title": 1, "body": "B"}, {"body": ["B"]}, {"url": "u"}]
        good += ARTICLE.schema["examples"]
        for each in good + bad:
            accepted = tag(stdin=json.dumps(each).encode()).returncode == 0
            self.assertEqual(accepted, each in good, each)
            self.assertEqual(errors(ARTICLE, each) == [], each in good, each)
        for key in ("id", "url", "source", "published_at", "language"):
            self.assertTrue(errors(ARTICLE, {"title": "T", key: {}}), key)

    def test_golden_records_and_rejections_fit(self):
        records = list(golden("record.json"))
        rejections = list(golden("rejection.json"))
        self.assertGreater(len(rejections), 10)
        for name, record, article in records:
            self.assertValid(RECORD, record, name)
            message = json.loads(article.read_text("utf-8-sig"))
            self.assertEqual(mistakes(record, message), [], name)
            if record["article"]["format"] == "native":
                self.assertValid(ARTICLE, message, name)
        for name, rejection, article in rejections:
            self.assertValid(REJECTION, rejection, name)

    def test_what_tag_writes_of_the_feeds_fits(self):
        for feed in feeds():
            done = tag("-j2", feed)
            self.assertIn(done.returncode, (0, 3), done.stderr)
            lines = [line for line in feed.read_bytes().split(b"\n")]
            rejected = [json.loads(line) for line in done.stderr.splitlines()]
            for each in rejected:
                self.assertValid(REJECTED, each, each)
            gone = {each["rejected"]["line"] for each in rejected}
            kept = [line for number, line in enumerate(lines, 1) if number not in gone and line]
            records = [json.loads(line) for line in done.stdout.split(b"\n") if line]
            self.assertEqual(len(records), len(kept))
            for record, line in zip(records, kept):
                self.assertValid(RECORD, record, record["article"]["id"])
                self.assertEqual(mistakes(record, json.loads(line.decode("utf-8-sig"))), [], record["article"]["id"])

    def test_layers_fit(self):
        for feed in feeds():
            done = tag("-j2", "--layers", "syntax,attributions", feed)
            for line in done.stdout.splitlines():
                record = json.loads(line)
                self.assertValid(RECORD, record, record["article"]["id"])
                self.assertTrue(record["layers"]["tokens"])
                for token in record["layers"]["tokens"]:
                    self.assertLess(token["head"], len(record["layers"]["tokens"]))

    def test_what_tag_writes_of_bad_lines_fits(self):
        bad = [b"", b"{", b"[1]", b'{"title": 7}', b'{"title": " "}', b'"\xff"', b'{"title": "\\ud800"}', b"[" * 2000, b'{"title": "' + b"x" * 2000 + b'"}', b"x"]
        done = tag("--message-bytes-max", "1 KiB", stdin=b"\n".join(bad))
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual(len(lines), len(bad))
        for line in lines:
            self.assertValid(REJECTED, line, line)
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        del sys.argv[1]
    unittest.main()
