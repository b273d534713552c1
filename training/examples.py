#!/usr/bin/env python3
"""Turns the examples of training/examples into what the learners read.

usage: examples.py GOLD.jsonl ARTICLES.jsonl EXAMPLES.jsonl...

An example is one line: id, published_at, title, paragraphs (lists of sentences), actors (name, type, surface: every string used), claims (s: "t" for the
title, "s0", "s1" ... for the body's sentences; text where a sentence carries several; fields that are empty are left out). GOLD receives annotated items
as fit_claims.py reads them, ARTICLES the input articles.
"""
import json, os, sys

def weights(file):
    """What an item weighs for `claim`, for acts, stances and terms, and for people. Those are thick with claims, as no stream of news is: they say less about what a claim is
    than about what a claim says. And one of them teaches less of real news than a real sentence does: cross-validated on real claims these were best."""
    if file.startswith("matrix"): return 0.1, 0.2, 1
    if file.startswith("report"): return 0.25, 0.1, 0.5
    if file.startswith("brief"): return 0.5, 0.3, 0.5
    return 0.25, 0.2, 1

with open(sys.argv[1], "w", encoding="utf-8") as gold, open(sys.argv[2], "w", encoding="utf-8") as articles:
    for path in sys.argv[3:]:
        for line in open(path, encoding="utf-8"):
            if not line.strip(): continue
            item = json.loads(line); title = item.get("title", ""); sentences = [dict(s="t", field="title", start=0, end=len(title))] if title else []; text = ""
            for paragraph in item["paragraphs"]:
                text += "\n" if text else ""
                for k, sentence in enumerate(paragraph):
                    text += " " if k else ""
                    sentences.append(dict(s=f"s{len(sentences) - bool(title)}", field="body", start=len(text), end=len(text) + len(sentence))); text += sentence
            place = {s["s"]: s for s in sentences}
            for claim in item["claims"]:
                for key, value in (("actor", None), ("source", "author"), ("via", []), ("target", []), ("terms", [])): claim.setdefault(key, value)
                if claim.get("conf", 3) == 1: claim["optional"] = True
                at = place[claim["s"]]; claim.setdefault("text", (title if at["field"] == "title" else text)[at["start"]:at["end"]])
            gate, weight, people = weights(os.path.basename(path))
            gold.write(json.dumps(dict(id=item["id"], title=title, text=text, sentences=sentences, actors=item.get("actors", []), claims=item["claims"], gate_weight=gate, weight=weight, people_weight=people), ensure_ascii=False) + "\n")
            articles.write(json.dumps(dict(id=item["id"], title=title, body=text, published_at=item["published_at"] + "T00:00:00Z"), ensure_ascii=False) + "\n")
