#!/usr/bin/env python3
"""Copies the lexicon without half of its persons, so that what tells names from other capitals can be learnt and measured on people who are unknown then.

usage: mask_people.py LEXICON_DIRECTORY OUT_DIRECTORY HALF      (HALF: 0 or 1)

A person belongs to a half by the CRC-32 of the id. Terms of office of those left out are left out too. OUT_DIRECTORY, with models/weights-actors.tsv
copied into it, is what actor_features takes; for `ceasewire tag --lexicon` it is one as it is.
"""
import os, sys, zlib

def main():
    source, out, half = sys.argv[1], sys.argv[2], int(sys.argv[3]); os.makedirs(out, exist_ok=True); gone = set()
    for name in sorted(os.listdir(source)):  # actors come before holders
        if not name.endswith(".tsv") and name != "VERSION": continue
        with open(os.path.join(source, name), encoding="utf-8") as file: lines = file.readlines()
        kept = []
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if name.startswith("actors") and len(cells) > 2 and cells[2] == "person" and zlib.crc32(cells[0].encode()) % 2 == half: gone.add(cells[0])
            elif not (name.startswith("holders") and len(cells) > 1 and cells[1] in gone): kept.append(line)
        with open(os.path.join(out, name), "w", encoding="utf-8") as file: file.writelines(kept)

if __name__ == "__main__": main()
