#!/usr/bin/env python3
"""Plain sentences, one a line, from the public-domain and CC BY parts of the permissive benchmark corpus.

usage: news_text.py bench-permissive.jsonl.gz > news.txt

Takes the sources "whitehouse/*" (US government works) and "wikinews" (CC BY 2.5) and nothing else. The cut into sentences is rough: what is
learnt from it is how words are used, and trees that a parser made.
"""
import gzip, json, re, sys

ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Sgt|Capt|No|vs|Jr|Sr|Inc|Co|Corp|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)|\b[A-Z]|\.[A-Za-z])\.$")
END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


def sentences(paragraph):
    start = 0
    for end in END.finditer(paragraph):
        piece = paragraph[start:end.end()].strip()
        if ABBREVIATION.search(piece.rstrip("\"'”’)]")):
            continue
        yield piece
        start = end.end()
    yield paragraph[start:].strip()


seen = set()
with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
    for line in file:
        article = json.loads(line)
        if article["source"] != "wikinews" and not article["source"].startswith("whitehouse/"):
            continue
        for paragraph in article["text"].splitlines():
            for sentence in sentences(paragraph):
                sentence = " ".join(sentence.split())
                if 10 <= len(sentence) <= 600 and sentence not in seen:
                    seen.add(sentence)
                    print(sentence)
