#!/usr/bin/env python3
"""Joins the stand-off annotations of training/annotations with the texts that they were made on, for the learners.

usage: annotations.py DATA_DIRECTORY GOLD.jsonl ARTICLES.jsonl ANNOTATIONS.jsonl...

The annotations hold no text: an article is named by its corpus and id (CORPORA below, paths under DATA_DIRECTORY) and the SHA-256 of its text, a sentence,
mention or claim by code points into title or body. Articles that are absent or differ are counted and left out. GOLD receives annotated items as
fit_claims.py reads them, ARTICLES the input articles.
"""
import gzip, hashlib, json, os, sys

CORPORA = {"nw": "bench_newswire/bench-newswire.jsonl.gz", "pm": "bench_permissive/bench-permissive.jsonl.gz", "ce": "wikipedia_current_events/wpce-dev.jsonl.gz",
           "wh": "whitehouse_ceasefire/whitehouse-ceasefire.jsonl.gz", "r3": "re3d/re3d.jsonl", "wn": "wikinews_2019_2020/wikinews.jsonl.gz",
           "wp": "current_events_2012_2019.jsonl"}  # the last: id and text of Wikipedia's daily items; not at hand everywhere

def articles(directory):
    found = {}
    for corpus, path in CORPORA.items():
        path = os.path.join(directory, path)
        if not os.path.exists(path): continue
        with (gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")) as file:
            for line in file:
                item = json.loads(line); title = "" if corpus in ("ce", "wp") else item.get("title") or ""
                found[f"{corpus}:{item['id'].removeprefix(corpus + ':')}"] = (title, item.get("text") or "")
    return found

def main():
    known = articles(sys.argv[1]); joined = left = claims = 0
    with open(sys.argv[2], "w", encoding="utf-8") as gold, open(sys.argv[3], "w", encoding="utf-8") as out:
        for path in sys.argv[4:]:
            for line in open(path, encoding="utf-8"):
                item = json.loads(line); title, text = known.get(item["id"], ("", "")); text = text[:item["length"]]
                if hashlib.sha256((title + "\n" + text).encode()).hexdigest() != item["sha256"]: left += 1; continue
                slice_ = lambda span: (title if span[0] == "t" else text)[span[1]:span[2]]
                out.write(json.dumps(dict(id=item["id"], title=title, body=text, published_at=item.get("published_at", "2020-01-01") + "T00:00:00Z"), ensure_ascii=False) + "\n")
                if "runs" in item:  # runs of capitals, each a person's name or not; nothing is said of the rest of the text
                    named, others = ({slice_(run) for run in item["runs"] if run[3] == person} for person in (1, 0))
                    gold.write(json.dumps(dict(id=item["id"], partial=True, actors=[dict(name=n, type="person", surface=[n]) for n in sorted(named)], others=sorted(others)), ensure_ascii=False) + "\n")
                    joined += 1; continue
                sentences = [dict(s=s[3], field="title" if s[0] == "t" else "body", start=s[1], end=s[2]) for s in item["sentences"]]
                actors = [dict(name=a["name"], type=a["type"], surface=sorted({slice_(s) for s in a["spans"]})) for a in item["actors"]]
                for claim in item["claims"]: claim["text"] = slice_(claim.pop("span"))
                for claim in item["claims"]:
                    if claim.get("conf", 3) == 1: claim["optional"] = True
                gold.write(json.dumps(dict(id=item["id"], title=title, text=text, sentences=sentences, actors=actors, claims=item["claims"]), ensure_ascii=False) + "\n")
                joined += 1; claims += len(item["claims"])
    print(f"{joined} articles, {claims} claims; {left} whose text is absent or another were left out")

main()
