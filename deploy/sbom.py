#!/usr/bin/python3
"""A software bill of materials of the program, CycloneDX 1.5 as JSON on standard output:  deploy/sbom.py build/release/ceasewire

One component for each Debian package that owns a library which the loader would load, the libraries of libraries too; versions are those
installed here, so it belongs to a program and a machine (or image). Libraries of headers only are part of the program and leave no
trace in it: they are not listed. The same machine gives the same bytes. Exit status 1, with a line that says why, when a library is
missing or of no package.
"""

import json
import os
import re
import subprocess
import sys

# Debian's short names of licences (DEP 5) that SPDX writes differently.
SPDX = {"Expat": "MIT", "BSD-2-clause": "BSD-2-Clause", "BSD-3-clause": "BSD-3-Clause", "zlib": "Zlib"}
SPDX_TOO = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "Zlib"}


class Trouble(Exception):
    """One line for the person who called."""


def output_of(*command):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return done.stdout if done.returncode == 0 else None


def linked_libraries(program):
    """Paths of every library that the loader would load, its own included."""
    listed = output_of("ldd", program)
    if listed is None:
        raise Trouble(f"{program}: is no program with shared libraries")
    missing = re.findall(r"^\s*(\S+) => not found", listed, re.M)
    if missing:
        raise Trouble(f"{program}: libraries are not installed: {', '.join(missing)}")
    return sorted(set(re.findall(r"^\s*(?:\S+ => )?(/\S+) \(0x", listed, re.M)))


def packages_of(libraries):
    """Which package owns each library. dpkg knows a file by one name, and /lib may be a link to /usr/lib."""
    names = {}
    for library in libraries:
        for name in (library, os.path.realpath(library)):
            names[name] = names[name[len("/usr"):] if name.startswith("/usr/") else "/usr" + name] = library
    # Its status is 1 when one of the names is unknown, which some of them are.
    told = subprocess.run(["dpkg-query", "--search", *names], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stdout
    owners = {names[name]: owner for owner, name in re.findall(r"^([^ ,]+)(?:, [^/]*)?: (/.*)$", told, re.M) if name in names}
    for library in libraries:
        if library not in owners:
            raise Trouble(f"{library}: belongs to no Debian package")
    return owners


def licences_of(name):
    """What a machine-readable copyright file says of the package's files, debian/ left out; else nothing."""
    try:
        with open(f"/usr/share/doc/{name}/copyright", encoding="utf-8") as file:
            paragraphs = file.read().split("\n\n")
    except OSError:
        return []
    if "copyright-format" not in paragraphs[0]:
        return []
    found = {}
    for paragraph in paragraphs:
        files = re.search(r"^Files:\s*(\S.*)", paragraph, re.M)
        licence = re.search(r"^License:[ \t]*(\S.*?)\s*$", paragraph, re.M)
        if files and licence and not files[1].startswith("debian/"):
            short = SPDX.get(licence[1], licence[1])
            found[short] = {"license": {"id" if short in SPDX_TOO or short in SPDX.values() else "name": short}}
    return [found[short] for short in sorted(found)]


def quoted(text):
    """As a package URL wants it."""
    return "".join(c if re.match(r"[A-Za-z0-9._~-]", c) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in text)


def distribution():
    with open("/etc/os-release", encoding="utf-8") as file:
        release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', file.read(), re.M))
    return f"{release.get('ID', 'debian')}-{release.get('VERSION_ID', 'sid')}"


def component(package, libraries):
    shown = output_of("dpkg-query", "--show", "--showformat=${Package}\n${Version}\n${Architecture}\n${source:Package}\n${Homepage}\n", package)
    if shown is None:
        raise Trouble(f"{package}: dpkg does not know it")
    name, version, architecture, source, homepage = shown.split("\n")[:5]
    purl = f"pkg:deb/debian/{quoted(name)}@{quoted(version)}?arch={architecture}&distro={distribution()}"
    entry = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    licences = licences_of(name)
    if licences:
        entry["licenses"] = licences
    if homepage:
        entry["externalReferences"] = [{"type": "website", "url": homepage}]
    entry["properties"] = [{"name": "debian:source", "value": source}]
    entry["evidence"] = {"occurrences": [{"location": library} for library in libraries]}
    return entry


def bill_of(program):
    version = re.match(r"ceasewire (\S+)", output_of(program, "--version") or "")
    if not version:
        raise Trouble(f"{program}: does not answer --version as ceasewire does")
    by_package = {}
    for library, package in sorted(packages_of(linked_libraries(program)).items()):
        by_package.setdefault(package, []).append(library)
    components = [component(package, libraries) for package, libraries in sorted(by_package.items())]
    this = f"ceasewire@{version[1]}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": this, "name": "ceasewire", "version": version[1], "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": components,
        "dependencies": [{"ref": this, "dependsOn": [each["bom-ref"] for each in components]}],
    }


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print("usage: sbom.py PROGRAM", file=sys.stderr)
        return 64
    try:
        bill = bill_of(os.path.abspath(sys.argv[1]))
    except (Trouble, OSError) as trouble:
        print(f"sbom.py: {trouble}", file=sys.stderr)
        return 1
    print(json.dumps(bill, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
