#!/usr/bin/env python3
"""Check every lexicon file: columns, ids, references, dates, and names that mean two actors.

    python3 lexicon/tools/check.py [DIRECTORY]

Errors make the exit status 1; warnings do not.
"""
import collections
import glob
import os
import re
import sys
import unicodedata

COLUMNS = {
    "actors": "id name type country wikidata aliases source",
    "countries": "id iso3 adjectives people metonyms government military source",
    "roles": "nouns kind sector source",
    "places": "names source",
    "given": "names source",
    "cues": "kind value phrases source",
    "terms": "slug strength phrases source",
    "sectors": "words ids plover cameo source",
    "senses": "kind verbs nouns adjectives",
    "offices": "id title body nouns source",
    "holders": "office person from to note source",
}
TYPES = set(
    "person state government_body military armed_group political_group igo ngo media company role_group other".split()
)
PREFIXES = "alias acronym metonym misspelling surname weak nominal".split()
LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss",
                         "æ": "ae", "Æ": "Ae", "ə": "a", "Ə": "A", "þ": "th", "Þ": "Th", "ð": "d"})
problems = collections.Counter()


def report(kind, where, text):
    problems[kind] += 1
    print(f"{where}: {kind}: {text}")


def fold(name):
    name = unicodedata.normalize("NFD", name.translate(LETTERS))
    name = "".join(c for c in name if not unicodedata.combining(c)).lower()
    name = re.sub(r"['’ʼ‘`ʻ]", "", name)
    return " ".join(re.sub(r"[-‐-―]", " ", name).split())


def split_alias(alias):
    prefix, colon, rest = alias.partition(":")
    return (prefix, rest) if colon and prefix in PREFIXES else ("alias", alias)


def read(directory):
    tables = {kind: [] for kind in COLUMNS}
    for path in sorted(glob.glob(os.path.join(directory, "*.tsv"))):
        file = os.path.basename(path)
        kind = re.split(r"[-.]", file)[0]
        if kind not in COLUMNS:
            report("error", file, f"no such kind of file: {kind}")
            continue
        header = None
        for number, line in enumerate(open(path, encoding="utf-8", newline="\n"), 1):
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            where = f"{file}:{number}"
            if line != unicodedata.normalize("NFC", line) or "\r" in line:
                report("error", where, "not NFC text, or a carriage return")
            cells = line.split("\t")
            if header is None:
                header = cells
                if " ".join(header) != COLUMNS[kind]:
                    report("error", where, f"columns should be: {COLUMNS[kind]}")
                continue
            if len(cells) != len(header):
                report("error", where, f"{len(cells)} cells, should be {len(header)}")
                continue
            if any(c != c.strip() or re.search(r"\|\||^\||\|$|  ", c) for c in cells):
                report("error", where, "space at the end of a cell, or an empty value")
            row = dict(zip(header, cells), where=where)
            if "source" in row and not row["source"]:
                report("error", where, "no source")
            tables[kind].append(row)
    return tables


def bounds(date, last):
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date):
        return None
    parts = date.split("-")
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12 or len(parts) > 2 and not 1 <= int(parts[2]) <= 31:
        return None
    return "-".join(parts + (["12", "31"] if last else ["01", "01"])[len(parts) - 1:])


def check(tables):
    actors, offices, names = {}, {}, collections.defaultdict(dict)
    for row in tables["actors"]:
        where = row["where"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            report("error", where, f"bad id {row['id']!r}")
        if row["id"] in actors:
            report("error", where, f"id {row['id']} is also at {actors[row['id']]['where']}")
        actors[row["id"]] = row
        if row["type"] not in TYPES:
            report("error", where, f"unknown type {row['type']!r}")
        if not re.fullmatch(r"([A-Z]{3})?", row["country"]):
            report("error", where, f"bad country {row['country']!r}")
        if not re.fullmatch(r"(Q\d+)?", row["wikidata"]):
            report("error", where, f"bad Wikidata id {row['wikidata']!r}")
        own = {fold(re.sub(r" \([^()]*\)$", "", row["name"])): "name"}
        for alias in filter(None, row["aliases"].split("|")):
            kind, text = split_alias(alias)
            if not text or not any(c.isalnum() for c in text):
                report("error", where, f"empty alias {alias!r}")
            if kind in ("acronym",):
                continue
            if kind == "weak" or fold(text) not in own:
                own[fold(text)] = kind
        for text, kind in own.items():
            names[text][row["id"]] = kind
    for text, owners in names.items():
        strong = [i for i, kind in owners.items() if kind in ("name", "alias")]
        if len(strong) > 1:
            report("warning", actors[strong[-1]]["where"], f"{text!r} is a name of {' and of '.join(strong)}")
    acronyms = collections.defaultdict(set)
    for row in actors.values():
        for alias in filter(None, row["aliases"].split("|")):
            if alias.startswith("acronym:"):
                acronyms[alias[8:]].add(row["id"])
    for text, owners in acronyms.items():
        if len(owners) > 1:
            report("warning", "actors", f"acronym {text} stands for {' and '.join(sorted(owners))}")
    wikidata = collections.defaultdict(set)
    for row in actors.values():
        if row["wikidata"]:
            wikidata[row["wikidata"]].add(row["id"])
    for item, owners in wikidata.items():
        if len(owners) > 1:
            report("error", "actors", f"{item} is given to {' and '.join(sorted(owners))}")

    claimed = collections.defaultdict(set)
    for row in tables["countries"]:
        for column in ("id", "government", "military"):
            for value in filter(None, row[column].split("|")):
                body, _, since = value.partition("@")
                if body not in actors:
                    report("error", row["where"], f"{column}: no actor {body}")
                if since and not bounds(since, False):
                    report("error", row["where"], f"{column}: bad date {since!r}")
        for column in ("adjectives", "people"):
            for word in filter(None, row[column].split("|")):
                claimed[column, word].add(row["id"])
    for (column, word), owners in claimed.items():
        if len(owners) > 1:
            report("warning", "countries", f"{column} {word!r} of {' and of '.join(sorted(owners))}")

    for row in tables["offices"]:
        if row["id"] in offices:
            report("error", row["where"], f"office {row['id']} is also at {offices[row['id']]['where']}")
        offices[row["id"]] = row
        if row["body"] not in actors:
            report("error", row["where"], f"no actor {row['body']}")
        if not row["nouns"]:
            report("warning", row["where"], "no nouns")
    held = collections.defaultdict(list)
    for row in tables["holders"]:
        if row["office"] not in offices:
            report("error", row["where"], f"no office {row['office']}")
        if row["person"] not in actors:
            report("error", row["where"], f"no actor {row['person']}")
        elif actors[row["person"]]["type"] != "person":
            report("error", row["where"], f"{row['person']} is no person")
        first, last = bounds(row["from"], False), bounds(row["to"], True) if row["to"] else "9999-12-31"
        if not first or not last:
            report("error", row["where"], f"bad date {row['from']!r} to {row['to']!r}")
        elif first > last:
            report("error", row["where"], f"ends before it begins: {row['from']} to {row['to']}")
        else:
            held[row["office"]].append((first, last, row))
    for office, terms in held.items():
        nouns = offices.get(office, {}).get("nouns", "")
        single = re.search(r"(^|\|)(president|prime minister|king|foreign minister|secretary of state|chancellor)(\||$)",
                           nouns)
        terms.sort(key=lambda term: term[:2])
        for one, two in zip(terms, terms[1:]):
            size = min(len(one[2]["to"]), len(two[2]["from"]))
            overlap = not one[2]["to"] or two[2]["from"][:size] < one[2]["to"][:size]
            if single and overlap and one[2]["person"] != two[2]["person"] and not (one[2]["note"] or two[2]["note"]):
                report("warning", two[2]["where"],
                       f"{office}: {two[2]['person']} overlaps {one[2]['person']} ({one[2]['where']})")


def check_sectors(tables):
    ids = {row["id"] for row in tables["actors"]}
    rows = {}
    for row in tables["sectors"]:
        if not row["words"] and not row["ids"] or not row["plover"] and not row["cameo"]:
            report("error", row["where"], "a row needs words or ids, and a code")
        for code in filter(None, row["plover"].split("|") + row["cameo"].split("|")):
            if not re.fullmatch(r"[A-Z]{3}", code):
                report("error", row["where"], f"bad code {code!r}")
        for actor in filter(None, row["ids"].split("|")):
            if actor not in ids:
                report("error", row["where"], f"no actor {actor}")
        for column in ("words", "ids"):
            for value in filter(None, row[column].split("|")):
                if (column, value) in rows:
                    report("warning", row["where"], f"{value!r} is also at {rows[column, value]}")
                rows[column, value] = row["where"]


def check_terms(directory):
    """A longer phrase hides the words in it, so one that holds the name of a halt to fighting has to name one itself."""
    names = {"ceasefire", "ceasefires", "cease-fire", "cease-fires", "truce", "truces"}
    core, others = set(), []
    for name, column in (("terms.tsv", 1), ("cues.tsv", 0)):
        with open(os.path.join(directory, name), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                cells = line.rstrip("\n").split("\t")
                if line.startswith("#") or len(cells) < 3 or cells[0] == "topic":
                    continue
                phrases = cells[2].split("|")
                if cells[column] == "core":
                    core.update(phrases)
                else:
                    others += [(phrase, f"{name}:{number}") for phrase in phrases]
    for phrase, where in others:
        if names & set(phrase.split()) and phrase not in core:
            report("error", where, f"{phrase!r} hides a halt to fighting: add it to a core term too")


def check_senses(tables):
    kinds = {}
    words = collections.defaultdict(set)
    for row in tables["senses"]:
        kind = row["kind"]
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", kind):
            report("error", row["where"], f"bad kind {kind!r}")
        if kind in kinds:
            report("error", row["where"], f"kind {kind} is also at {kinds[kind]}")
        kinds[kind] = row["where"]
        for column in ("verbs", "nouns", "adjectives"):
            for word in filter(None, row[column].split("|")):
                words[column, word].add(kind)
                if len(words[column, word]) == 4:  # three are allowed, said once
                    report("warning", row["where"], f"{word!r} stands among the {column} of more than three kinds")


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    tables = read(directory)
    check(tables)
    check_sectors(tables)
    check_senses(tables)
    check_terms(directory)
    count = sum(1 + len([a for a in row["aliases"].split("|") if a]) for row in tables["actors"])
    print(f"{len(tables['actors'])} actors, {count} names, {len(tables['countries'])} countries, "
          f"{len(tables['offices'])} offices, {len(tables['holders'])} terms: "
          f"{problems['error']} errors, {problems['warning']} warnings")
    return 1 if problems["error"] else 0


if __name__ == "__main__":
    sys.exit(main())
