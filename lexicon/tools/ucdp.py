#!/usr/bin/env python3
"""Turn the UCDP Actor Dataset (v22.1, CC BY 4.0) into lexicon rows for the long tail of armed groups.

    ucdp.py ucdp-actor-221.csv SKIP HAND.tsv... >> actors-armed.tsv

Reads the dataset, leaves out states, supporters, communal groups (Org 2, 3, 4), factions, coalitions, military
factions, one-word names and the actor ids listed in SKIP (they were read and
found too general or doubtful). An actor that shares a name with a row of a HAND file is taken to be known
already. Names that collide among each other are dropped from the later row.
Run by an editor, not by the build. Attribution is in NOTICE.
"""
import csv
import re
import sys
import unicodedata

ISO = {
    'Afghanistan': 'AFG', 'Algeria': 'DZA', 'Angola': 'AGO', 'Argentina': 'ARG', 'Armenia': 'ARM', 'Azerbaijan': 'AZE',
    'Bangladesh': 'BGD', 'Benin': 'BEN', 'Bolivia': 'BOL', 'Bosnia-Herzegovina': 'BIH', 'Brazil': 'BRA',
    'Burkina Faso': 'BFA', 'Burundi': 'BDI', 'Cambodia (Kampuchea)': 'KHM', 'Cameroon': 'CMR',
    'Central African Republic': 'CAF', 'Chad': 'TCD', 'Chile': 'CHL', 'China': 'CHN', 'Colombia': 'COL',
    'Comoros': 'COM', 'Congo': 'COG', 'Croatia': 'HRV', 'Cuba': 'CUB', 'Cyprus': 'CYP', 'DR Congo (Zaire)': 'COD',
    'Djibouti': 'DJI', 'Ecuador': 'ECU', 'Egypt': 'EGY', 'El Salvador': 'SLV', 'Eritrea': 'ERI', 'Ethiopia': 'ETH',
    'France': 'FRA', 'Gabon': 'GAB', 'Gambia': 'GMB', 'Georgia': 'GEO', 'Ghana': 'GHA', 'Greece': 'GRC',
    'Guatemala': 'GTM', 'Guinea': 'GIN', 'Guinea-Bissau': 'GNB', 'Haiti': 'HTI', 'Honduras': 'HND', 'India': 'IND',
    'Indonesia': 'IDN', 'Iran': 'IRN', 'Iraq': 'IRQ', 'Israel': 'ISR', 'Ivory Coast': 'CIV', 'Jamaica': 'JAM',
    'Jordan': 'JOR', 'Kenya': 'KEN', 'Kyrgyzstan': 'KGZ', 'Laos': 'LAO', 'Lebanon': 'LBN', 'Liberia': 'LBR',
    'Libya': 'LBY', 'Macedonia, FYR': 'MKD', 'Madagascar (Malagasy)': 'MDG', 'Malaysia': 'MYS', 'Mali': 'MLI',
    'Mauritania': 'MRT', 'Mexico': 'MEX', 'Moldova': 'MDA', 'Morocco': 'MAR', 'Mozambique': 'MOZ',
    'Myanmar (Burma)': 'MMR', 'Nepal': 'NPL', 'Nicaragua': 'NIC', 'Niger': 'NER', 'Nigeria': 'NGA', 'Oman': 'OMN',
    'Pakistan': 'PAK', 'Panama': 'PAN', 'Papua New Guinea': 'PNG', 'Paraguay': 'PRY', 'Peru': 'PER',
    'Philippines': 'PHL', 'Romania': 'ROU', 'Rwanda': 'RWA', 'Saudi Arabia': 'SAU',
    'Senegal': 'SEN', 'Sierra Leone': 'SLE', 'Somalia': 'SOM', 'South Africa': 'ZAF',
    'South Sudan': 'SSD', 'Spain': 'ESP', 'Sri Lanka': 'LKA', 'Sudan': 'SDN', 'Syria': 'SYR', 'Tajikistan': 'TJK',
    'Tanzania': 'TZA', 'Thailand': 'THA', 'Togo': 'TGO', 'Tunisia': 'TUN', 'Turkey': 'TUR', 'Uganda': 'UGA',
    'Ukraine': 'UKR', 'United Kingdom': 'GBR', 'United States of America': 'USA', 'Uruguay': 'URY',
    'Uzbekistan': 'UZB', 'Venezuela': 'VEN', 'Yemen (North Yemen)': 'YEM', 'Zimbabwe (Rhodesia)': 'ZWE',
}
OUT = re.compile(r'faction|coalition|government|supporters|opponents|^forces of|military|republic of|clan\b|civilians'
                 r'|alliance of|dissident|^kingdom', re.I)


def fold(s):
    s = s.replace('’', "'").replace('‘', "'").replace('ı', 'i').replace('–', '-').replace('ø', 'o').replace('ł', 'l')
    return ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c))


def norm(s):
    s = re.sub(r'\s*\([^)]*\)\s*$', '', s)
    return re.sub(r"[\s\-.'/]+", ' ', fold(s).lower().replace("'", '')).strip()


def key(s):
    return re.sub(r'[^a-z0-9]+', '-', fold(s).lower().replace("'", '')).strip('-')


def stands_for(acronym, name):
    """Whether the letters of the acronym are initials of the name, in order (some may be left out)."""
    initials = iter(w[0].upper() for w in re.findall(r"\w+", fold(name)))
    return all(letter in initials for letter in re.sub(r'[^A-Za-z]', '', acronym).upper())


def main(dataset, skip, *hand):
    skipped = {word for l in open(skip) if l[0] != '#' for word in l.split()}
    used, ids, acro = set(), set(), set()
    for path in hand:
        for row in csv.DictReader((l for l in open(path) if l[0] != '#'), delimiter='\t', quoting=csv.QUOTE_NONE):
            ids.add(row['id'])
            used.add(norm(row['name']))
            for a in row['aliases'].split('|'):
                kind, _, text = a.partition(':') if re.match(r'[a-z]+:', a) else ('', '', a)
                used.add(norm(text))
                if kind in ('acronym', 'weak'):
                    acro.add(text)
    for row in csv.DictReader(open(dataset, encoding='utf-8-sig')):
        if row['Org'] != '1' or row['ActorId'] in skipped:
            continue
        columns = ('NameData', 'NameOrigFull', 'NameOrigFullEng')
        clean = [re.sub(r'\s+', ' ', row[k]).strip().replace('|', '/') for k in columns]
        short, orig, eng = ['' if c in ('n/a', '') else c for c in clean]
        if OUT.search(short) or OUT.search(eng) or re.search(r'[\[\]"“]|, | - ', short + orig + eng):
            continue
        capitals = sum(c.isupper() for c in short)
        acronym = short if re.fullmatch(r"[A-Z][A-Za-z/\-–]{2,9}", short) and capitals >= 3 else ''
        name = eng if acronym or ' ' not in short else short
        if ' ' not in name and '-' not in name:
            continue
        names = [n for n in (name, eng, orig, '' if acronym else short) if ' ' in n or '-' in n]
        if any(norm(n) in used for n in names) or (acronym and acronym in acro):
            continue
        places = [p.strip() for p in row['Location'].replace('Macedonia, FYR', 'Macedonia').split(',')]
        country = ISO.get(places[0], '') if len(places) == 1 else ''
        aliases = []
        for n in names[1:]:
            plain = n.count(' ') == 1 and n.startswith('The ') or re.search('[\u0400-\uffff]', n) or '/' in n
            if norm(n) not in used and norm(n) != norm(name) and n not in aliases and not plain:
                aliases.append(n)
        used.update(norm(n) for n in names)
        if acronym and acronym not in acro and (stands_for(acronym, eng) or stands_for(acronym, orig)):
            acro.add(acronym)
            aliases.append(('acronym:' if len(acronym) >= 5 else 'weak:') + acronym)
        if key(name) in ids:
            continue
        ids.add(key(name))
        print(key(name), name, 'armed_group', country, '', '|'.join(aliases), 'ucdp', sep='\t')
        print(row['ActorId'], name, sep='\t', file=sys.stderr)


if __name__ == '__main__':
    main(*sys.argv[1:])
