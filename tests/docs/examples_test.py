"""What the claim scorers learn from holds together: whatever an annotation names stands in its item, and every label is one that the learners know."""

import ast
import json
import pathlib
import unittest

TRAINING = pathlib.Path(__file__).resolve().parents[2] / "training"


def labels():
    """The lists of labels in fit_claims.py, by name; read as text, for it needs libraries that a test does not."""
    tree = ast.parse((TRAINING / "fit_claims.py").read_text(encoding="utf-8"))
    split = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    return {node.targets[0].id: set(node.value.func.value.value.split()) for node in split}


KNOWN = labels()
LABELS = {"act": KNOWN["ACTS"], "stance": KNOWN["STANCES"], "status": KNOWN["STATUSES"]}
TERMS = KNOWN["TERMS"]
TYPES = KNOWN["TYPES"]


def faults(item):
    """What is wrong with an example, a line each."""
    places = {f"s{n}": sentence for n, sentence in enumerate(sentence for paragraph in item["paragraphs"] for sentence in paragraph)}
    if item.get("title"):
        places["t"] = item["title"]
    text = "\n".join(places.values())
    names = {actor["name"] for actor in item.get("actors", [])} | {"author", None}
    for actor in item.get("actors", []):
        if actor["type"] not in TYPES:
            yield f"type {actor['type']}"
        for surface in actor["surface"]:
            if surface not in text:
                yield f"{actor['name']}: {surface!r} is not in the text"
    for claim in item["claims"]:
        if claim["s"] not in places:
            yield f"no sentence {claim['s']}"
        elif claim.get("text", "") not in places[claim["s"]]:
            yield f"{claim['text']!r} is not in sentence {claim['s']}"
        for field, known in LABELS.items():
            if claim[field] not in known:
                yield f"{field} {claim[field]}"
        for term in set(claim.get("terms", [])) - TERMS:
            yield f"term {term}"
        for name in {claim.get("actor"), claim.get("source"), *claim.get("via", []), *claim.get("target", [])} - names:
            yield f"nobody is called {name!r}"


class Examples(unittest.TestCase):
    def test_labels_are_read(self):
        self.assertEqual([len(known) for known in (*LABELS.values(), TERMS, TYPES)], [13, 4, 6, 33, 12])

    def test_annotations_stand_on_their_text(self):
        files = sorted((TRAINING / "examples").glob("*.jsonl"))
        self.assertGreater(len(files), 20)
        for file in files:
            with self.subTest(file=file.name):
                items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
                self.assertEqual(len({item["id"] for item in items}), len(items), "an id stands twice")
                found = [f"{item['id']}: {fault}" for item in items for fault in faults(item)]
                self.assertEqual(found, [])

    def test_faults_are_seen(self):
        claim = {"s": "s0", "act": "call", "stance": "for", "status": "proposed", "actor": "A", "source": "A"}
        item = {"paragraphs": [["A calls for a truce."]], "actors": [{"name": "A", "type": "state", "surface": ["A"]}], "claims": [claim]}
        self.assertEqual(list(faults(item)), [])
        for wrong in ({"s": "s1"}, {"act": "sing"}, {"actor": "B"}, {"text": "no truce"}, {"terms": ["peace"]}):
            self.assertEqual(len(list(faults({**item, "claims": [{**claim, **wrong}]}))), 1, wrong)
        self.assertEqual(len(list(faults({**item, "actors": [{"name": "A", "type": "state", "surface": ["the A"]}]}))), 1)


if __name__ == "__main__":
    unittest.main()
