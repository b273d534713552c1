#!/usr/bin/env python3
"""Turn fact files into lexicon rows. Not part of the build: run it by hand and commit what it writes.

    python3 lexicon/tools/facts.py congress FACTS/us_congress_current.tsv
        writes actors-congress.tsv, offices-congress.tsv and holders-congress.tsv next to the other files;
        a member who has a row elsewhere keeps that row and gets the office only.
    python3 lexicon/tools/facts.py leaders FACTS/factbook_leaders.tsv
        writes nothing; lists the heads of state and of government of the Factbook whose name no row knows.
"""
import csv
import glob
import os
import re
import sys
import unicodedata

LEXICON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
STATES = dict(line.split(" ", 1) for line in """AL Alabama
AK Alaska
AZ Arizona
AR Arkansas
CA California
CO Colorado
CT Connecticut
DE Delaware
FL Florida
GA Georgia
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
OH Ohio
OK Oklahoma
OR Oregon
PA Pennsylvania
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming
AS American Samoa
DC District of Columbia
GU Guam
MP Northern Mariana Islands
PR Puerto Rico
VI United States Virgin Islands""".split("\n"))


def slug(text):
    text = unicodedata.normalize("NFD", text.translate({0xF8: "o", 0x142: "l", 0x131: "i"}))
    text = text.encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def existing(but=""):
    rows = {}
    for path in glob.glob(os.path.join(LEXICON, "actors*.tsv")):
        if os.path.basename(path) != but:
            for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
                rows[row["id"]] = row
    return rows


def write(file, columns, rows):
    with open(os.path.join(LEXICON, file), "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(columns) + "\n")
        out.writelines("\t".join(row) + "\n" for row in rows)


def congress(path):
    known = existing("actors-congress.tsv")
    taken = {name for row in known.values() for name in [row["name"]] + row["aliases"].split("|")}
    actors, offices, holders = [], {}, []
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        title = row["wikipedia"] or row["name"]
        person, state = slug(title), STATES[row["state"]]
        plain = re.sub(r" \([^()]*\)$", "", title)
        if person not in known:
            forms = [row["name"], f"{row['first']} {row['last']}"]
            if row["nickname"]:
                forms.append(f"{row['nickname']} {row['last']}")
            aliases = []
            for form in forms:
                if form and form not in (plain, title) and form not in aliases and form not in taken:
                    aliases.append(form)
            actors.append((person, title, "person", "USA", "", "|".join(aliases), "congress"))
        if row["chamber"] == "sen":
            office, name, body = f"us-senator-from-{slug(state)}", f"United States Senator from {state}", "senate"
            nouns = f"senator|{state} senator|senator from {state}|lawmaker"
        else:
            office, name = f"us-representative-from-{slug(state)}", f"United States Representative from {state}"
            body = "house-of-representatives"
            nouns = f"congressman|congresswoman|representative|{state} congressman|{state} congresswoman|lawmaker"
        offices[office] = (office, name, "united-states-" + body, nouns, "congress")
        holders.append((office, person, row["start"], row["end"], "", "congress"))
    write("actors-congress.tsv", "id name type country wikidata aliases source".split(), sorted(set(actors)))
    write("offices-congress.tsv", "id title body nouns source".split(), sorted(offices.values()))
    write("holders-congress.tsv", "office person from to note source".split(), sorted(holders))


def leaders(path):
    words = set()
    for row in existing().values():
        if row["type"] == "person":
            for name in [row["name"]] + row["aliases"].split("|"):
                words.update(slug(name).split("-"))
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        family = re.findall(r"\b[A-ZÀ-Ý][A-ZÀ-Ý'’-]{2,}\b", row["text"])
        if family and not any(set(slug(word).split("-")) <= words for word in family):
            print(row["country"], row["role"], row["text"], sep="\t")


if __name__ == "__main__":
    {"congress": congress, "leaders": leaders}[sys.argv[1]](sys.argv[2])
