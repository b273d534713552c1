#!/usr/bin/env python3
"""Learns the claim scorers (models/weights-claims.tsv) from annotated articles.

usage: fit_claims.py GOLD.jsonl FEATURES.jsonl OUT.tsv

GOLD: annotated items as the annotation guide describes; FEATURES: what claim_features printed for the same articles. Multinomial logistic regression with
an L2 penalty, full batch (L-BFGS), so the result does not depend on a seed. Prints five-fold cross-validated figures (folds by article) first.
Needs numpy and scipy.
"""
import collections, json, sys
import numpy as np
from scipy.optimize import minimize

ACTS = "call propose accept reject condition announce negotiate accuse violate implement pledge assess deny".split()
STANCES = "for against conditional neutral".split()
STATUSES = "actual proposed conditional predicted possible denied".split()

def rows(path):
    with open(path, encoding="utf-8") as f: return [json.loads(line) for line in f if line.strip()]

def fit(X, Y, weight, penalty):
    """Weights [features, classes]; Y one-hot (or two columns for yes/no)."""
    n, f = X.shape; k = Y.shape[1]
    free = np.zeros(f); free[0] = 1  # the bias is not penalised
    def loss(w):
        W = w.reshape(f, k); S = X @ W; S -= S.max(1, keepdims=True)
        L = S - np.log(np.exp(S).sum(1, keepdims=True)); P = np.exp(L)
        value = -(weight[:, None] * Y * L).sum() + penalty / 2 * ((1 - free)[:, None] * W * W).sum()
        grad = X.T @ (weight[:, None] * (P * Y.sum(1, keepdims=True) - Y)) + penalty * (1 - free)[:, None] * W
        return value, grad.ravel()
    return minimize(loss, np.zeros(f * k), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x.reshape(f, k)

def main():
    gold = {g["id"]: g for g in rows(sys.argv[1])}; lines = rows(sys.argv[2]); names = lines[0]["features"]; index = {n: i for i, n in enumerate(names)}
    def vector(features):
        v = np.zeros(len(names))
        for n, x in features.items(): v[index[n]] = x
        return v
    gx, gy, gw, gd = [], [], [], []; cx, cact, cst, csta, cw, cd = [], [], [], [], [], []; sx, sy, sd = [], [], []
    by_sentence = collections.OrderedDict()
    for line in lines[1:]:
        g = gold.get(line["id"])
        if g is None: continue
        best = max(((min(s["end"], line["end"]) - max(s["start"], line["start"]), s["s"]) for s in g["sentences"] if s["field"] == line["field"]), default=(0, None))
        if best[0] > 0: by_sentence.setdefault((line["id"], best[1]), []).append(line)
    for (item, s), candidates in by_sentence.items():
        g = gold[item]; claims = [c for c in g["claims"] if c["s"] == s]; firm = [c for c in claims if not c.get("optional")]
        mains = [c for c in candidates if not c["side"]]
        if not mains: continue
        if not claims or firm:
            for m in mains: gx.append(vector(m["gate"])); gy.append(bool(firm)); gw.append(1 / len(mains)); gd.append(item)
        # A gold claim belongs to the first candidate whose predicate stands inside its words; to the main one when there is none.
        text = g["title"] if candidates[0]["field"] == "title" else g["text"]; place = next(x for x in g["sentences"] if x["s"] == s); owned = collections.defaultdict(list)
        for c in firm:
            at = text.find(c["text"], place["start"], place["end"] + 1); b, e = (at, at + len(c["text"])) if at >= 0 else (place["start"], place["end"])
            inside = [k for k, line in enumerate(candidates) if b <= line["predicate"] < e]
            mine = next((k for k in inside if not candidates[k]["side"]), inside[0] if inside else candidates.index(mains[0]))
            if owned[mine] and inside: mine = next((k for k in inside if not owned[k]), mine)
            owned[mine].append(c)
        for k, line in enumerate(candidates):
            if line["side"] and firm: sx.append(vector(line["claim"])); sy.append(bool(owned[k])); sd.append(item)
            for c in owned[k]:
                cx.append(vector(line["claim"])); cact.append(ACTS.index(c["act"])); cst.append(STANCES.index(c["stance"])); csta.append(STATUSES.index(c["status"])); cw.append(1 / len(owned[k])); cd.append(item)
    sx, sy = np.array(sx), np.array(sy, float)
    gx, cx = np.array(gx), np.array(cx); gy = np.array(gy, float); gw, cw = np.array(gw), np.array(cw)
    # Rare acts count a little more: "assess" fits everywhere, and would swallow them.
    share = np.bincount(cact, minlength=13) / len(cact); aw = cw * (share[cact] * 13) ** -0.25
    folds = {d: i % 5 for i, d in enumerate(sorted(gold))}
    gf = np.array([folds[d] for d in gd]); cf = np.array([folds[d] for d in cd]); sf = np.array([folds[d] for d in sd])
    def onehot(y, k): return np.eye(k)[np.array(y)]
    jobs = {"gate": (gx, np.stack([gy, 1 - gy], 1), gw, gf, 8.0), "side": (sx, np.stack([sy, 1 - sy], 1), np.ones(len(sy)), sf, 4.0), "act": (cx, onehot(cact, 13), aw, cf, 6.0), "stance": (cx, onehot(cst, 4), cw, cf, 8.0), "status": (cx, onehot(csta, 6), cw, cf, 3.0)}
    columns, weights = [], []
    for name, (X, Y, w, f, penalty) in jobs.items():
        hit = total = tp = fp = fn = 0
        for k in range(5):
            W = fit(X[f != k], Y[f != k], w[f != k], penalty); P = (X[f == k] @ W).argmax(1); T = Y[f == k].argmax(1)
            hit += (P == T).sum(); total += len(T); tp += ((P == 0) & (T == 0)).sum(); fp += ((P == 0) & (T != 0)).sum(); fn += ((P != 0) & (T == 0)).sum()
        print(f"{name}: {len(X)} examples, cross-validated accuracy {hit / total:.3f}" + (f", F1 {2 * tp / (2 * tp + fp + fn):.3f} (P {tp / (tp + fp):.3f} R {tp / (tp + fn):.3f})" if name in ("gate", "side") else ""))
        W = fit(X, Y, w, penalty)
        if name in ("gate", "side"): columns.append(name); weights.append((W[:, 0] - W[:, 1])[:, None])
        else: columns += [f"{name}:{c}" for c in {"act": ACTS, "stance": STANCES, "status": STATUSES}[name]]; weights.append(W)
    M = np.concatenate(weights, 1)
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        out.write("# Scorers of claims: log-odds a feature adds. Learnt by training/fit_claims.py; see models/README.md.\nfeature\t" + "\t".join(columns) + "\n")
        for i, n in enumerate(names): out.write(n + "\t" + "\t".join(f"{x:.3f}".replace("-0.000", "0.000") for x in M[i]) + "\n")

main()
