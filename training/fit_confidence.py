#!/usr/bin/env python3
"""Learns how sure it is that what was found is an actor (models/weights-confidence.tsv) from annotated articles.

usage: fit_confidence.py SCORE.py GOLD.jsonl RECORDS.jsonl EVIDENCE.jsonl OUT.tsv [GOLD RECORDS EVIDENCE]

RECORDS: what `ceasewire tag` makes of the articles; EVIDENCE: what actor_evidence prints for them, actors in the same order. An actor is right when the
scorer SCORE.py pairs it with one of the annotators'. Logistic regression with an L2 penalty, full batch. Evidence seen fewer than four times is left out.
Prints the precision and the share of right actors at some thresholds: five-fold cross-validated (folds by article), and, with a second set of files, on
that set, which nothing was learnt from. Needs numpy and scipy.
"""
import collections, importlib.util, json, sys
import numpy as np
from scipy.optimize import minimize

PENALTY = 2.0

def rows(path):
    with open(path, encoding="utf-8") as f: return [json.loads(line) for line in f if line.strip()]

def read(score, gold, records, evidence):
    """One (article, evidence, right) an actor; optional ones are left out."""
    records = {r["article"]["id"]: r for r in rows(records)}; evidence = {e["id"]: e["actors"] for e in rows(evidence)}
    out = []
    for g in rows(gold):
        record = records[g["id"]]; seen = evidence.get(g["id"], [])
        assert len(seen) == len(record["actors"]), (g["id"], len(seen), len(record["actors"]))
        pairs, found, wanted = score.align_actors(g, record, score.fields_text(g))
        for i, e in enumerate(seen):
            if i in pairs and g["actors"][pairs[i]].get("optional"): continue
            out.append((g["id"], e, float(i in pairs)))
    return out

def matrix(data, names):
    place = {n: i for i, n in enumerate(names)}; X = np.zeros((len(data), len(names)))
    for r, (_, e, _) in enumerate(data):
        for n, v in e.items():
            if n in place: X[r, place[n]] = v
    return X

def fit(X, y):
    free = np.ones(X.shape[1]); free[0] = 0
    def loss(w):
        s = X @ w
        return (np.logaddexp(0, s) - y * s).sum() + PENALTY / 2 * (free * w * w).sum(), X.T @ (1 / (1 + np.exp(-s)) - y) + PENALTY * free * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x

def report(title, p, y):
    print(f"{title}: {len(y)} actors, {y.mean():.3f} right")
    for cut in (0, .5, .7, .8, .9, .95):
        kept = p >= cut
        print(f"  at {cut:.2f}: precision {y[kept].mean():.3f}, {y[kept].sum() / y.sum():.3f} of the right ones kept, {kept.mean():.3f} of all")
    order = np.argsort(p); print("  by tenths, mean confidence and share right: " + ", ".join(f"{p[b].mean():.2f} {y[b].mean():.2f}" for b in np.array_split(order, 10)))

def main():
    spec = importlib.util.spec_from_file_location("score", sys.argv[1]); score = importlib.util.module_from_spec(spec); spec.loader.exec_module(score)
    data = read(score, *sys.argv[2:5]); count = collections.Counter(n for _, e, _ in data for n in e)
    names = ["bias"] + sorted(n for n, c in count.items() if c >= 4 and n != "bias")
    X = matrix(data, names); y = np.array([d[2] for d in data])
    fold = {d: i % 5 for i, d in enumerate(sorted({d[0] for d in data}))}; of = np.array([fold[d[0]] for d in data]); p = np.zeros(len(y))
    for k in range(5): p[of == k] = 1 / (1 + np.exp(-X[of == k] @ fit(X[of != k], y[of != k])))
    report("cross-validated", p, y)
    w = fit(X, y)
    with open(sys.argv[5], "w", encoding="utf-8") as out:
        out.write("# How sure it is that what was found is an actor: log-odds a piece of evidence adds. Learnt by training/fit_confidence.py; see models/README.md.\nfeature\tactor\n")
        for n, v in zip(names, w): out.write(f"{n}\t{v:.3f}\n")
    if len(sys.argv) > 6:
        other = read(score, *sys.argv[6:9]); report("another set", 1 / (1 + np.exp(-matrix(other, names) @ w)), np.array([d[2] for d in other]))

if __name__ == "__main__": main()
