#!/usr/bin/env python3
"""Learns the scorers of attributions (models/weights-attributions.tsv) from articles whose attributions are annotated.

usage: fit_attributions.py --prepare GOLD.jsonl[.gz] ARTICLES.jsonl SPANS.tsv
       fit_attributions.py FEATURES.tsv OUT.tsv [--shift X]

GOLD: one reading of an article a line, with text and attributions[{source, cue, content}], each a list of [begin, end] in code points. ARTICLES and SPANS
are what attribution_features reads, FEATURES is what it prints. Logistic regression with an L2 penalty for "is this a cue" and "does this part belong";
log-linear over the candidates for "which is its content, which its source". Full batch (L-BFGS), so the result does not depend on a seed. A feature needs
LEAST occurrences, which keeps rare words out. --shift (0.5) is added to the log-odds of a cue and of a part of one: with figures near .8, F1 is best where
what is a little less likely than not is taken too. Needs numpy and scipy.
"""
import collections, gzip, json, sys
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

COLUMNS = "cue content source cue_part content_part source_part".split()
LEAST = 40
PENALTY = {"cue": 5.0, "content": 2.0, "source": 2.0, "cue_part": 2.0, "content_part": 2.0, "source_part": 2.0}

def prepare(gold, articles, spans):
    with (gzip.open if gold.endswith(".gz") else open)(gold, "rt", encoding="utf-8") as f: rows = [json.loads(line) for line in f if line.strip()]
    show = lambda list_: ",".join(f"{b}-{e}" for b, e in sorted(list_))
    with open(articles, "w", encoding="utf-8") as a, open(spans, "w", encoding="utf-8") as s:
        for number, row in enumerate(rows):
            a.write(json.dumps(dict(id=f"{row['id']}#{number}", body=row["text"]), ensure_ascii=False) + "\n")
            for x in row["attributions"]: s.write("\t".join([str(number), show(x["source"]), show(x["cue"]), show(x["content"])]) + "\n")

def read(path):
    data = {c: ([], [], []) for c in COLUMNS}  # groups, answers, features
    with open(path, encoding="utf-8") as f:
        for line in f:
            scorer, group, right, *features = line.rstrip("\n").split("\t"); g, y, x = data[scorer]
            g.append(int(group)); y.append(float(right)); x.append([sys.intern(n) for n in features])
    return data

def table(rows):
    count = collections.Counter(n for r in rows for n in r)
    names = sorted(n for n, c in count.items() if c >= LEAST); at = {n: i for i, n in enumerate(names)}
    indices, ends = [], [0]
    for r in rows: indices += [at[n] for n in r if n in at]; ends.append(len(indices))
    return names, csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(names)))

def fit_yes_no(X, y, penalty):
    XT = X.T.tocsr()
    def loss(w):
        s = X @ w
        return (np.logaddexp(0, s) - y * s).sum() + penalty / 2 * w @ w, XT @ (1 / (1 + np.exp(-s)) - y) + penalty * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x

def fit_choice(X, y, groups, penalty):
    XT = X.T.tocsr(); start = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]); sizes = np.diff(np.r_[start, len(y)]); owner = np.repeat(np.arange(len(start)), sizes)
    def loss(w):
        s = X @ w; top = np.maximum.reduceat(s, start); e = np.exp(s - top[owner]); all_ = np.add.reduceat(e, start); good = np.add.reduceat(e * y, start)
        good = np.maximum(good, 1e-30)
        return -(np.log(good) - np.log(all_)).sum() + penalty / 2 * w @ w, XT @ (e / all_[owner] - e * y / good[owner]) + penalty * w
    w = minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x; s = X @ w
    return w, np.mean([y[b:b + n][s[b:b + n].argmax()] for b, n in zip(start, sizes)])

def main():
    if sys.argv[1] == "--prepare": return prepare(*sys.argv[2:5])
    shift = float(sys.argv[sys.argv.index("--shift") + 1]) if "--shift" in sys.argv else 0.5
    weights = collections.defaultdict(lambda: [0.0] * len(COLUMNS)); data = read(sys.argv[1])
    for column, scorer in enumerate(COLUMNS):
        groups, y, rows = data[scorer]; y = np.array(y); names, X = table(rows)
        if scorer in ("content", "source"):
            w, right = fit_choice(X, y, np.array(groups), PENALTY[scorer]); print(f"{scorer}: {len(y)} candidates, {len(names)} features, right {right:.3f}")
        else:
            w = fit_yes_no(X, y, PENALTY[scorer]); said = X @ w > 0; tp = (said & (y > 0)).sum()
            print(f"{scorer}: {len(y)} asked, {int(y.sum())} yes, {len(names)} features: P {tp / max(1, said.sum()):.3f} R {tp / max(1, y.sum()):.3f}")
        for n, v in zip(names, w): weights[n][column] = v
    weights["c:bias"][COLUMNS.index("cue")] += shift; weights["q:bias"][COLUMNS.index("cue_part")] += shift
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("# Scorers of attributions: log-odds a feature adds. Learnt by training/fit_attributions.py; see models/README.md.\n" + "\t".join(["feature"] + COLUMNS) + "\n")
        for n in sorted(weights):
            cells = [f"{v:.2f}" for v in weights[n]]; cells = ["0" if float(c) == 0 else c for c in cells]
            if any(c != "0" for c in cells): out.write(n + "\t" + "\t".join(cells) + "\n")

if __name__ == "__main__": main()
