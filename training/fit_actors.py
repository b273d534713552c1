#!/usr/bin/env python3
"""Learns the scorers of actors (models/weights-actors.tsv) from annotated articles.

usage: fit_actors.py GOLD.jsonl FEATURES.jsonl OUT.tsv [--errors N] [--states GOLD.jsonl FEATURES.jsonl] [--people GOLD.jsonl FEATURES.jsonl ...]

GOLD: annotated items as the annotation guide describes; FEATURES: what actor_features printed for the same articles. Three scorers: "group" (is this noun
phrase an actor), "state" (is this state or seat one here, or a place) and "person" (is this run of capitalised words somebody's name). Names of persons that
the lexicon knows are never asked about, so "person" learns from what actor_features prints with lexicons that lack some: --people takes such pairs, for
that scorer alone, which then learns from nothing else. In their GOLD an item may be "partial": only its actors' names and its "others" (names of no
person) are told, and what is neither is left out. Without --people the column "person" of OUT is kept. --states takes one more pair, of items annotated for
their claims: only their sentences with a claim count, they teach "state" alone, at a weight of 0.3, and the figures are still those of GOLD. A phrase is an actor when the annotators list its words for one in that article.
They list words once for an article, so of several places with the same words only those that look like an actor teach that they are. Logistic regression
with an L2 penalty, full batch, so the result does not depend on a seed. Features depend a little on what was taken before; run the two programs twice.
Prints five-fold cross-validated figures first (folds by article; a phrase of an article counts once). Needs numpy and scipy.
"""
import collections, json, re, sys, unicodedata, zlib
import numpy as np
from scipy.optimize import minimize

def rows(path):
    with open(path, encoding="utf-8") as f: return [json.loads(line) for line in f if line.strip()]

def norm(s):
    s = "".join(c for c in unicodedata.normalize("NFKD", s or "") if not unicodedata.combining(c)).casefold()
    s = re.sub(r"[’'`]s\b|[’'`]$", "", s); s = re.sub(r"[^a-z0-9 ]", " ", s.replace(".", ""))
    return re.sub(r"^(the|a|an) ", "", re.sub(r"\s+", " ", s).strip())

def fit(X, y, weight, penalty):
    free = np.zeros(X.shape[1]); free[0] = 1
    def loss(w):
        s = X @ w; value = (weight * (np.logaddexp(0, s) - y * s)).sum() + penalty / 2 * ((1 - free) * w * w).sum()
        return value, X.T @ (weight * (1 / (1 + np.exp(-s)) - y)) + penalty * (1 - free) * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x

def learn(X, y, weight, keys, penalty, shift):
    """Fits, then forgets those places of an actor's words that look like none while another place does, and fits again."""
    keep = np.ones(len(y))
    for _ in range(3):
        w = fit(X, y, weight * keep, penalty); s = X @ w
        best = collections.defaultdict(lambda: -1e9)
        for i, k in enumerate(keys): best[k] = max(best[k], s[i])
        keep = np.array([0.0 if y[i] and s[i] < min(0, best[k]) else 1.0 for i, k in enumerate(keys)])
    w = w.copy(); w[0] += shift
    return w

def scorer_of(feature): return {"s_": "state", "p_": "person"}.get(feature[:2], "group")

def kept(path, names):
    """The column "person" as the file has it."""
    with open(path, encoding="utf-8") as f: lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    values = {line[0]: float(line[3]) for line in lines[1:] if len(line) > 3}
    return np.array([values.get(n, 0.0) for n in names])

def in_a_claim(item, line):
    """Whether a phrase lies in a sentence with a claim. It begins so many bytes into title, two line ends and body."""
    title = (item["title"] or "") + "\n\n"; spoken = {c["s"] for c in item["claims"]}
    for s in item["sentences"]:
        begin, end = (0, title) if s["field"] == "title" else (title + item["text"][:s["start"]], title + item["text"][:s["end"]])
        if s["s"] in spoken and len(begin.encode() if begin else b"") <= line["start"] < len(end.encode()): return True
    return False

def is_person(item, exact):
    """Whether the annotators say that these words name a person; None where they do not say."""
    n = norm(exact)
    persons = {norm(s) for a in item["actors"] if a["type"] == "person" for s in [*a["surface"], a["name"]]}
    for s in persons:
        if s == n or f" {n} " in f" {s} " and " " in n: return 1
        if f" {s} " in f" {n} " and " " in s: return int(n.endswith(s))
    return 0 if not item.get("partial") or n in {norm(s) for s in item["others"]} else None

def fit_people(pairs, names):
    index = [i for i, n in enumerate(names) if scorer_of(n) == "person"]; place = {i: k for k, i in enumerate(index)}; data = []
    for gold, features in zip(pairs[::2], pairs[1::2]):
        items = {g["id"]: g for g in rows(gold)}
        for line in rows(features)[1:]:
            if line["scorer"] != "person" or line["id"] not in items: continue
            yes = is_person(items[line["id"]], line["exact"])
            if yes is not None: data.append((line, yes, (line["id"], norm(line["exact"]))))
    X = np.zeros((len(data), len(index))); y = np.array([float(d[1]) for d in data]); count = collections.Counter(d[2] for d in data)
    for r, (line, _, _) in enumerate(data):
        for f in line["features"]: X[r, place[f]] = 1
    weight = np.array([1 / count[d[2]] for d in data]); fold = np.array([zlib.crc32(d[2][0].encode()) % 5 for d in data]); score = np.zeros(len(y))
    for k in range(5):
        t = fold != k; score[~t] = X[~t] @ fit(X[t], y[t], weight[t], 1.0)
    for cut in (-0.5, 0.0, 0.5):
        said = score > cut; tp = (said & (y > 0)).sum()
        print(f"person at {cut:+.1f}: {len(data)} places, {len(count)} names, {int(y.sum())} persons: P {tp / max(1, said.sum()):.3f} R {tp / y.sum():.3f} F1 {2 * tp / (said.sum() + y.sum()):.3f}")
    full = np.zeros(len(names))
    for i, w in zip(index, fit(X, y, weight, 1.0)): full[i] = w
    return full

def main():
    people = sys.argv.index("--people") if "--people" in sys.argv else len(sys.argv)
    states = sys.argv.index("--states") if "--states" in sys.argv else people
    args = [a for a in sys.argv[1:min(states, people)] if not a.startswith("--")]; errors = int(sys.argv[sys.argv.index("--errors") + 1]) if "--errors" in sys.argv else 0
    gold = {g["id"]: g for g in rows(args[0])}; lines = rows(args[1]); names = lines[0]["features"]
    order = {d: i % 5 for i, d in enumerate(sorted(gold))}; columns = []
    more = {g["id"]: g for g in rows(sys.argv[states + 1])} if states < people else {}
    if more: lines += [line for line in rows(sys.argv[states + 2])[1:] if line["scorer"] == "state" and line["id"] in more and in_a_claim(more[line["id"]], line)]
    gold = {**more, **gold}
    for scorer, penalty, shift in (("group", 1.0, 0.0), ("state", 3.0, -0.7)):
        index = [i for i, n in enumerate(names) if scorer_of(n) == scorer]; place = {i: k for k, i in enumerate(index)}
        data = []
        for line in lines[1:]:
            if line["scorer"] != scorer or line["id"] not in gold or not line.get("topic", True): continue
            n = norm(line["exact"]); yes = maybe = False
            for a in gold[line["id"]]["actors"]:
                if n in {norm(s) for s in a["surface"]} | {norm(a["name"])}:
                    if a.get("optional") or (scorer == "group" and a["type"] == "person"): maybe = True
                    else: yes = True
            if yes or not maybe or scorer == "group": data.append((line, yes, (line["id"], n)))
        X = np.zeros((len(data), len(index))); y = np.array([float(d[1]) for d in data]); keys = [d[2] for d in data]; count = collections.Counter(keys)
        for r, (line, _, _) in enumerate(data):
            for f in line["features"]: X[r, place[f]] = 1
        own = np.array([k[0] in order for k in keys])
        weight = np.array([count[k] ** -0.5 for k in keys]) * np.where(own, 1.0, 0.3); fold = np.array([order.get(k[0], -1) for k in keys]); score = np.zeros(len(y))
        for k in range(5):
            t = fold != k; w = learn(X[t], y[t], weight[t], [x for x, use in zip(keys, t) if use], penalty, shift); score[~t] = X[~t] @ w
        for cut in (-0.8, -0.4, 0.0, 0.4, 0.8):
            said = {k for k, s, o in zip(keys, score, own) if o and s > cut}; true = {k for k, v, o in zip(keys, y, own) if o and v}; tp = len(said & true)
            print(f"{scorer} at {cut:+.1f}: {len(data)} places, {len(count)} phrases, {len(true)} actors: P {tp / max(1, len(said)):.3f} R {tp / len(true):.3f} F1 {2 * tp / (len(said) + len(true)):.3f}")
        if errors:
            for i in sorted(range(len(y)), key=lambda i: -abs(score[i])):
                if (score[i] > 0) != bool(y[i]) and errors > 0: errors -= 1; print(f"  {scorer} {'missed' if y[i] else 'extra '} {score[i]:+.2f} [{data[i][0]['exact']}] {data[i][0]['context']!r}")
        w = learn(X, y, weight, keys, penalty, shift); full = np.zeros(len(names))
        for i, k in place.items(): full[i] = w[k]
        columns.append(full)
    columns.append(fit_people(sys.argv[people + 1:], names) if people < len(sys.argv) else kept(args[2], names))
    with open(args[2], "w", encoding="utf-8") as out:
        out.write("# Scorers of actors: log-odds a feature adds. Learnt by training/fit_actors.py; see models/README.md.\nfeature\tgroup\tstate\tperson\n")
        for i, n in enumerate(names): out.write(n + "".join(f"\t{c[i]:.3f}" for c in columns) + "\n")

if __name__ == "__main__": main()
