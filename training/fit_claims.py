#!/usr/bin/env python3
"""Learns the claim scorers (weights-claims.tsv and weights-terms.tsv of models/) from annotated articles.

usage: fit_claims.py [--targets | --people] OUT_DIRECTORY GOLD.jsonl FEATURES.jsonl [GOLD.jsonl FEATURES.jsonl ...]

GOLD: annotated items as the annotation guide describes; FEATURES: what claim_features printed for the same articles. Multinomial logistic regression with
an L2 penalty, full batch (L-BFGS), so the result does not depend on a seed. Which of a sentence's propositions a claim stands on is not annotated: the first
guess is the one nearest to the root inside the claim's words, then twice the one that the scorer of the round before likes best.
With --people only the scorers of source, holder and target are learnt anew, with --targets only the last: the weights in OUT_DIRECTORY choose the
propositions, and all their other columns stay.
Needs numpy and scipy.
"""
import collections, json, re, sys
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ACTS = "call propose accept reject condition announce negotiate accuse violate implement pledge assess deny".split()
STANCES = "for against conditional neutral".split()
STATUSES = "actual proposed conditional predicted possible denied".split()
TERMS = ("ceasefire armistice cessation_of_hostilities humanitarian_pause temporary_ceasefire permanent_ceasefire unilateral_ceasefire "
         "partial_ceasefire immediate_ceasefire entry_into_force extension_or_phase violation collapse monitoring security_guarantees "
         "peacekeeping_force separation_of_forces troop_withdrawal disarmament hostage_release prisoner_exchange humanitarian_access "
         "humanitarian_corridor blockade_lifting displaced_return remains_return sanctions_relief reconstruction political_settlement peace_talks "
         "mediation peace_plan un_resolution").split()
TYPES = "person state government_body military armed_group political_group igo ngo media company role_group other".split()
LEAST = 4  # sentences that a feature must occur in
ROUNDS = 3

def rows(path):
    with open(path, encoding="utf-8") as f: return [json.loads(line) for line in f if line.strip()]

def fit(X, y, classes, penalty, weight=None, start=None):
    """Weights [features, classes]."""
    n, f = X.shape; Y = np.eye(classes)[y]; w = np.ones(n) if weight is None else weight; XT = X.T.tocsr()
    free = np.ones((f, 1)); free[0] = 0  # the bias is not penalised
    def loss(v):
        W = v.reshape(f, classes); S = X @ W; S -= S.max(1, keepdims=True)
        L = S - np.log(np.exp(S).sum(1, keepdims=True)); P = np.exp(L)
        return -(w[:, None] * Y * L).sum() + penalty / 2 * (free * W * W).sum(), (XT @ (w[:, None] * (P - Y)) + penalty * free * W).ravel()
    return minimize(loss, np.zeros(f * classes) if start is None else start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x.reshape(f, classes)

def softmax(S): E = np.exp(S - S.max(1, keepdims=True)); return E / E.sum(1, keepdims=True)

class Table:
    """Feature names to columns; bias first."""
    def __init__(self, groups):
        count = collections.Counter(name for group in groups for name in group)
        self.names = ["bias"] + sorted(n for n, c in count.items() if c >= LEAST and n != "bias"); self.at = {n: i for i, n in enumerate(self.names)}
    def matrix(self, vectors):
        r, c, v = [], [], []
        for i, x in enumerate(vectors):
            for n, a in x.items():
                if n in self.at: r.append(i); c.append(self.at[n]); v.append(a)
        return csr_matrix((v, (r, c)), shape=(len(vectors), len(self.names)))

def norm(text): return " ".join(re.sub(r"[^a-z0-9 ]", " ", re.sub(r"['\u2019]s\b", "", (text or "").casefold().replace(".", ""))).removeprefix("the ").split())

def pairs_of(sentence):
    """The pairs of neighbouring words among the features of a sentence, which tell the act of all its propositions."""
    return {n: x for n, x in sentence.items() if n.startswith("words=")}

def match_actors(g, actors):
    """Name of an annotated actor to the numbers of the actors that were found for it: those of its name, else those that share the most words for it."""
    out = {}
    for a in g["actors"]:
        want = {norm(n) for n in [a["name"], *a.get("aka", [])]}; surface = {norm(s) for s in a.get("surface", [])} - {""}
        same = {i for i, found in enumerate(actors) if norm(found[0]) in want}
        if not same:
            shared = [(len({norm(s) for s in found[1:]} & surface), i) for i, found in enumerate(actors)]; most = max(shared, default=(0, 0))[0]
            if most: same = {min(i for n, i in shared if n == most)}
        out[a["name"]] = same
    return out

def party_vectors(proposition, act, source=None):
    """Features of the candidates of a claim, and which actor each is (-1: nobody). With a source, as the scorer of holders sees them."""
    who, vectors = [], []
    for number, *names in proposition["parties"]:
        v = {n.replace("?", act): 1 for n in names}
        if source is not None and number in source:
            roles = [n[7:] for n in names if n.startswith("p:role=") and "|" not in n] + [n[10:] for n in names if n.startswith("p:carried=") and "|" not in n]
            v.update({"p:same": 1, "p:same:act=" + act: 1, **{"p:same=" + r: 1 for r in roles}})
        who.append(number); vectors.append(v)
    if source and not any(w in source for w in who):
        who.append(min(source)); vectors.append({"p:bias": 1, "p:carried=source": 1, "p:carried:act=source|" + act: 1, "p:same": 1, "p:same:act=" + act: 1, "p:same=source": 1})
    return who, vectors

def role(names): return next((n.split("=")[1] for n in names if n.startswith(("p:role=", "p:carried=")) and "|" not in n), "")

def type_of(names): return next((n.split("=")[1].split("|")[-1] for n in names if n.startswith("p:type=") or n.startswith("p:carried=") and n.split("|")[-1] in TYPES), "other")

def aim_vectors(proposition, c):
    """Features of the candidates for a claim's target, as add_aim() in src/analysis/parties.cpp gives them, and which actor each is; the holder is none."""
    act, out = c["act"], []; people = [p for p in proposition["parties"] if p[0] != -1]; type_ = lambda p: type_of(p[1:]); outside = lambda p: any(n.startswith("p:carried=") for n in p[1:])
    holder = next((p for p in people if p[0] in c["actor_at"]), None); count = lambda n: str(min(n, 3)); place = 0
    others = len({p[0] for p in people if p[0] not in c["actor_at"] and not outside(p)})
    for p in people:
        if p[0] in c["actor_at"]: continue
        names = [n.replace("?", act) for n in p[1:]]; its = role(names); preposition = next((n[7:] for n in names if n.startswith("p:prep=")), None)
        names += [f"p:aim:type={act}|{type_(p)}", f"p:aim:types={type_(holder) if holder else 'nobody'}|{type_(p)}", f"p:aim:holder={role(holder[1:]) if holder else 'nobody'}|{its}"]
        if preposition: names += [f"p:aim:prep={act}|{preposition}", f"p:aim:prep:role={preposition}|{its}"]
        if p[0] in c["source_at"]: names += ["p:aim:tells", "p:aim:tells=" + act]
        if not outside(p): names += ["p:aim:others=" + count(others), f"p:aim:others:act={act}|{count(others)}", "p:aim:place=" + count(place), f"p:aim:place:act={act}|{count(place)}"]; place += 1
        out.append((p[0], {n: 1 for n in names}))
    return out

def fit_parties(groups, penalty, weight):
    """One weight a feature: groups of candidates, of which some are right; log-linear, the right ones together."""
    table = Table(v for g in groups for v in g[1]); X = table.matrix([v for g in groups for v in g[1]]); XT = X.T.tocsr()
    sizes = [len(g[0]) for g in groups]; start = np.cumsum([0] + sizes)[:-1]; owner = np.repeat(np.arange(len(groups)), sizes); right = np.concatenate([np.array(g[2], float) for g in groups])
    def loss(w):
        s = X @ w; top = np.maximum.reduceat(s, start); e = np.exp(s - top[owner]); all_ = np.add.reduceat(e, start); good = np.add.reduceat(e * right, start)
        return -(weight * (np.log(good) - np.log(all_))).sum() + penalty / 2 * (w * w).sum(), XT @ ((e / all_[owner] - e * right / good[owner]) * weight[owner]) + penalty * w
    w = minimize(loss, np.zeros(len(table.names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x; s = X @ w
    hits = sum(right[b + s[b:b + n].argmax()] for b, n in zip(start, sizes))
    return table, w, hits / len(groups)

def learn_terms(path, claims):
    vectors = [{n: x for n, x in c["sentence"].items() if not n.startswith("words=")} | {"act:is=" + c["act"]: 1} for c in claims]
    count = collections.Counter(n for v in vectors for n in v); vectors = [{n: x for n, x in v.items() if count[n] >= 8} for v in vectors]
    table = Table(vectors); X = table.matrix(vectors); columns = []
    for term in TERMS:
        y = np.array([0 if term in c["terms"] else 1 for c in claims]); optional = np.array([0.0 if term in c.get("terms_optional", []) else c["weight"] for c in claims])
        W = fit(X, y, 2, 3.0, optional) if (y == 0).any() else None; columns.append(np.zeros(len(table.names)) - (np.arange(len(table.names)) == 0) * 5 if W is None else W[:, 0] - W[:, 1])
    M = np.stack(columns, 1); print(f"terms: {len(claims)} claims, {len(table.names)} features")
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Scorers of terms: log-odds a feature adds. Learnt by training/fit_claims.py; see models/README.md.\n" + "\t".join(["feature"] + TERMS) + "\n")
        for n, row in zip(table.names, M):
            cells = [f"{x:.1f}" for x in row]; cells = ["0" if float(c) == 0 else c for c in cells]
            if any(c != "0" for c in cells) and "\t" not in n: out.write(n + "\t" + "\t".join(cells) + "\n")

def learn_targets(claims):
    """Whom does it urge, blame or address? Each candidate by itself."""
    vectors, right, weight = [], [], []
    for proposition, c in claims:
        for number, v in aim_vectors(proposition, c): vectors.append(v); right.append(0 if number in c["target_at"] else 1); weight.append(c["people_weight"])
    t = Table(vectors); w = fit(t.matrix(vectors), np.array(right), 2, 4.0, np.array(weight, float)); print(f"target: {len(right)} candidates, {right.count(0)} right, {len(t.names)} features")
    return dict(zip(t.names, w[:, 0] - w[:, 1]))

def read_weights(path):
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]; return lines[0][0], lines[1], {l[0]: l[1:] for l in lines[2:]}

def learn_people(claims):
    """Who tells it, and whose act is it? Of (proposition, claim) pairs."""
    parties = {}
    for scorer, key in (("source", "source_at"), ("holder", "actor_at")):
        groups = []; lost = 0; weight = []
        for proposition, c in claims:
            who, vectors = party_vectors(proposition, c["act"], c["source_at"] if scorer == "holder" else None); nobody = c.get("source", "author") == "author" if scorer == "source" else c.get("actor") in (None, "author") and c.get("source", "author") == "author"
            right = [w == -1 if nobody else w in c[key] for w in who]
            if any(right) and len(who) > 1: groups.append((who, vectors, right)); weight.append(c["people_weight"])
            elif not any(right): lost += 1
        t, w, hits = fit_parties(groups, 2.0, np.array(weight, float)); parties[scorer] = dict(zip(t.names, w))
        print(f"{scorer}: {len(groups)} claims, {lost} whose actor is no candidate, {len(t.names)} features; fitted {hits:.3f}")
    return parties

def rewrite(path, sentences, all_people):
    """Learns the columns of people, or of targets alone, by the propositions that the weights at `path` choose; keeps the others."""
    comment, head, kept = read_weights(path); acts = [head.index("act:none") - 1] + [head.index("act:" + a) - 1 for a in ACTS]; weights = {n: np.array([float(cells[a]) for a in acts]) for n, cells in kept.items()}; claims = []
    for s in sentences:
        if not s[2] or not s[1]: continue
        pairs = pairs_of(s[0]); P = softmax(np.stack([sum((a * weights[n] for n, a in (p["features"] | pairs).items() if n in weights), np.zeros(14)) for p in s[1]])); used = set()
        for b, e, c in s[2]:
            inside = [j for j, p in enumerate(s[1]) if b <= p["at"] < e] or list(range(len(s[1]))); free = [j for j in inside if j not in used] or inside
            j = max(free, key=lambda j: (P[j, ACTS.index(c["act"]) + 1], -j)); used.add(j); c["people_weight"] = s[7]; claims.append((s[1][j], c))
    parties = learn_people(claims) if all_people else {}; parties["target"] = learn_targets(claims)
    with open(path, "w", encoding="utf-8") as out:
        out.write(comment + "\n" + "\t".join(head) + "\n")
        for n in sorted(set(kept) | {n for weights in parties.values() for n in weights}):
            cells = list(kept.get(n, ["0"] * (len(head) - 1)))
            for scorer, weights in parties.items(): cells[head.index(scorer) - 1] = f"{weights.get(n, 0.0) if n.startswith('p:') else 0.0:.1f}"
            cells = ["0" if float(c) == 0 else c for c in cells]
            if any(c != "0" for c in cells) and "\t" not in n: out.write(n + "\t" + "\t".join(cells) + "\n")

def main():
    only = next((a for a in sys.argv[1:] if a in ("--targets", "--people")), None)
    if only: sys.argv.remove(only)
    sentences = []  # (features, propositions, firm claims, has any claim)
    for gold_path, feature_path in zip(sys.argv[2::2], sys.argv[3::2]):
        gold = {g["id"]: g for g in rows(gold_path)}; found = collections.OrderedDict(); known = {}
        for line in rows(feature_path):
            if line["id"] not in gold: continue
            if "actors" in line: known[line["id"]] = line["actors"]
            else: found.setdefault(line["id"], []).append(line)
        for item, lines in found.items():
            g = gold[item]; owned = [[] for _ in lines]; places = {x["s"]: x for x in g["sentences"]}
            for c in g["claims"]:
                place = places[c["s"]]; text = g["title"] if place["field"] == "title" else g["text"]; at = text.find(c["text"], place["start"], place["end"] + 1) if c.get("text") else -1
                b, e = (at, at + len(c["text"])) if at >= 0 else (place["start"], place["end"])
                best = max(((min(e, l["end"]) - max(b, l["start"]), -k) for k, l in enumerate(lines) if l["field"] == place["field"]), default=(0, 0))
                if best[0] > 0: owned[-best[1]].append((b, e, c))
            names = match_actors(g, known[item])
            for c in g["claims"]: c["source_at"] = names.get(c.get("source"), set()); c["actor_at"] = names.get(c.get("actor"), set()) if c.get("actor") not in (None, "author") else c["source_at"]
            for b, e, c in [x for cs in owned for x in cs]: c["target_at"] = set().union(*[names.get(t, set()) for t in c.get("target", [])])
            for l, cs in zip(lines, owned): sentences.append((l["claim"], l["propositions"], [c for c in cs if not c[2].get("optional")], bool(cs), l["live"], g.get("gate_weight", 1), g.get("weight", 1), g.get("people_weight", 1)))
    if only: return rewrite(sys.argv[1] + "/weights-claims.tsv", sentences, only == "--people")
    # Is a sentence a claim? Those with optional claims alone say nothing.
    gate = [s for s in sentences if (s[2] or not s[3]) and s[4]]; table = Table(s[0] for s in gate)
    X = table.matrix([s[0] for s in gate]); y = np.array([0 if s[2] else 1 for s in gate]); W = fit(X, y, 2, 6.0, np.array([s[5] for s in gate], float)); gate_weights = W[:, 0] - W[:, 1]
    print(f"claim: {len(gate)} sentences, {(y == 0).sum()} with claims, {len(table.names)} features")
    # What does a proposition do?
    firm = [s for s in sentences if s[2] and s[1]]; props = [p for s in firm for p in s[1]]; offset = np.cumsum([0] + [len(s[1]) for s in firm]); weight = np.array([s[6] for s in firm for _ in s[1]], float)
    seen = [p["features"] | pairs for s in firm for pairs in [pairs_of(s[0])] for p in s[1]]
    prop_table = Table(set().union(*seen[b:b + len(s[1])]) for s, b in zip(firm, offset)); X = prop_table.matrix(seen); W = None; P = None
    for turn in range(ROUNDS):
        y = np.zeros(len(props), int); chosen = {}
        for k, s in enumerate(firm):
            used = set()
            for b, e, c in s[2]:
                inside = [j for j, p in enumerate(s[1]) if b <= p["at"] < e] or list(range(len(s[1]))); free = [j for j in inside if j not in used] or inside; act = ACTS.index(c["act"]) + 1
                j = min(free, key=lambda j: (s[1][j]["depth"] + (10 if "tells" in s[1][j]["features"] else 0), j)) if P is None else max(free, key=lambda j: (P[offset[k] + j, act], -j))
                used.add(j); y[offset[k] + j] = act; chosen[offset[k] + j] = c; c["sentence"] = s[0]; c["weight"] = s[6]; c["people_weight"] = s[7]
        W = fit(X, y, 14, 4.0, weight, W); P = softmax(X @ W)
        print(f"act, round {turn + 1}: {len(props)} propositions, {len(chosen)} claims, {len(prop_table.names)} features; fitted {np.mean(P.argmax(1)[list(chosen)] == y[list(chosen)]):.3f}", flush=True)
    rows_ = sorted(chosen); counts = np.array([chosen[r]["weight"] for r in rows_], float); told = Table([p["features"] for p in props] + [{"act:is=" + a: 1} for a in ACTS for _ in range(LEAST)]); Xc = told.matrix([props[r]["features"] | {"act:is=" + chosen[r]["act"]: 1} for r in rows_])
    stance = fit(Xc, np.array([STANCES.index(chosen[r]["stance"]) for r in rows_]), 4, 8.0, counts); status = fit(Xc, np.array([STATUSES.index(chosen[r]["status"]) for r in rows_]), 6, 6.0, counts)
    parties = learn_people([(props[r], chosen[r]) for r in rows_])
    parties["target"] = learn_targets([(props[r], chosen[r]) for r in rows_])
    learn_terms(sys.argv[1] + "/weights-terms.tsv", [chosen[r] for r in rows_])
    names = sorted(set(table.names) | set(prop_table.names) | set(told.names) | {n for weights in parties.values() for n in weights})
    with open(sys.argv[1] + "/weights-claims.tsv", "w", encoding="utf-8") as out:
        out.write("# Scorers of claims: log-odds a feature adds. Learnt by training/fit_claims.py; see models/README.md.\n")
        out.write("\t".join(["feature", "claim", "act:none"] + ["act:" + a for a in ACTS] + ["stance:" + s for s in STANCES] + ["status:" + s for s in STATUSES] + ["source", "holder", "target"]) + "\n")
        for n in names:
            if "\t" in n: continue
            g = gate_weights[table.at[n]] if n in table.at else 0.0
            i = prop_table.at.get(n); k = told.at.get(n); p = np.concatenate([np.zeros(14) if i is None else W[i], np.zeros(10) if k is None else np.concatenate([stance[k], status[k]])])
            cells = [f"{x:.1f}" for x in [g, *p, *[parties[scorer].get(n, 0.0) if n.startswith("p:") else 0.0 for scorer in ("source", "holder", "target")]]]; cells = ["0" if float(c) == 0 else c for c in cells]
            if any(c != "0" for c in cells): out.write(n + "\t" + "\t".join(cells) + "\n")

main()
