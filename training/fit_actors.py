#!/usr/bin/env python3
"""Learns the scorers of actors (models/weights-actors.tsv) from annotated articles.

usage: fit_actors.py GOLD.jsonl FEATURES.jsonl OUT.tsv [--errors N]

GOLD: annotated items as the annotation guide describes; FEATURES: what actor_features printed for the same articles. Two scorers: "group" (is this noun
phrase an actor) and "state" (is this state or seat one here, or a place). A phrase is an actor when the annotators list its words for one in that article.
They list words once for an article, so of several places with the same words only those that look like an actor teach that they are. Logistic regression
with an L2 penalty, full batch, so the result does not depend on a seed. Features depend a little on what was taken before; run the two programs twice.
Prints five-fold cross-validated figures first (folds by article; a phrase of an article counts once). Needs numpy and scipy.
"""
import collections, json, re, sys, unicodedata
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

def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]; errors = int(sys.argv[sys.argv.index("--errors") + 1]) if "--errors" in sys.argv else 0
    gold = {g["id"]: g for g in rows(args[0])}; lines = rows(args[1]); names = lines[0]["features"]
    order = {d: i % 5 for i, d in enumerate(sorted(gold))}; columns = []
    for scorer, penalty, shift in (("group", 1.0, 0.0), ("state", 1.0, -0.7)):
        prefix = "s_" if scorer == "state" else ""; index = [i for i, n in enumerate(names) if n.startswith("s_") == (scorer == "state")]; place = {i: k for k, i in enumerate(index)}
        data = []
        for line in lines[1:]:
            if line["scorer"] != scorer or line["id"] not in gold: continue
            n = norm(line["exact"]); yes = maybe = False
            for a in gold[line["id"]]["actors"]:
                if n in {norm(s) for s in a["surface"]} | {norm(a["name"])}:
                    if a.get("optional") or (scorer == "group" and a["type"] == "person"): maybe = True
                    else: yes = True
            if yes or not maybe or scorer == "group": data.append((line, yes, (line["id"], n)))
        X = np.zeros((len(data), len(index))); y = np.array([float(d[1]) for d in data]); keys = [d[2] for d in data]; count = collections.Counter(keys)
        for r, (line, _, _) in enumerate(data):
            for f in line["features"]: X[r, place[f]] = 1
        weight = np.array([count[k] ** -0.5 for k in keys]); fold = np.array([order[k[0]] for k in keys]); score = np.zeros(len(y))
        for k in range(5):
            t = fold != k; w = learn(X[t], y[t], weight[t], [x for x, use in zip(keys, t) if use], penalty, shift); score[~t] = X[~t] @ w
        for cut in (-0.8, -0.4, 0.0, 0.4, 0.8):
            said = {k for k, s in zip(keys, score) if s > cut}; true = {k for k, v in zip(keys, y) if v}; tp = len(said & true)
            print(f"{scorer} at {cut:+.1f}: {len(data)} places, {len(count)} phrases, {len(true)} actors: P {tp / max(1, len(said)):.3f} R {tp / len(true):.3f} F1 {2 * tp / (len(said) + len(true)):.3f}")
        if errors:
            for i in sorted(range(len(y)), key=lambda i: -abs(score[i])):
                if (score[i] > 0) != bool(y[i]) and errors > 0: errors -= 1; print(f"  {scorer} {'missed' if y[i] else 'extra '} {score[i]:+.2f} [{data[i][0]['exact']}] {data[i][0]['context']!r}")
        w = learn(X, y, weight, keys, penalty, shift); full = np.zeros(len(names))
        for i, k in place.items(): full[i] = w[k]
        columns.append(full)
    with open(args[2], "w", encoding="utf-8") as out:
        out.write("# Scorers of actors: log-odds a feature adds. Learnt by training/fit_actors.py; see models/README.md.\nfeature\tgroup\tstate\n")
        for i, n in enumerate(names): out.write(n + "".join(f"\t{c[i]:.3f}" for c in columns) + "\n")

if __name__ == "__main__": main()
