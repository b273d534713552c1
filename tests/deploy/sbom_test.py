"""The bill of materials against the loader's own account of what it loads. The first argument is the program."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/ceasewire")


def bill_of(program):
    return subprocess.run(["/usr/bin/python3", "-B", ROOT / "deploy/sbom.py", program], capture_output=True, text=True, timeout=120)


def loaded_by(program):
    """Files that the loader initialises when the program runs: another way than the script's."""
    told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, env={**os.environ, "LD_DEBUG": "libs"}).stderr
    return {os.path.realpath(path) for path in re.findall(r"calling init: (/\S+)", told)}


class Bill(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = bill_of(PROGRAM)
        assert done.returncode == 0, done.stderr
        cls.bill = json.loads(done.stdout)
        cls.components = cls.bill["components"]

    def test_it_says_what_it_is(self):
        self.assertEqual((self.bill["bomFormat"], self.bill["specVersion"], self.bill["version"]), ("CycloneDX", "1.5", 1))
        program = self.bill["metadata"]["component"]
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=60).stdout.split()[1]
        self.assertEqual((program["type"], program["name"], program["version"]), ("application", "ceasewire", version))

    def test_every_library_is_in_it_and_nothing_else(self):
        listed = [os.path.realpath(place["location"]) for each in self.components for place in each["evidence"]["occurrences"]]
        self.assertEqual(len(listed), len(set(listed)), "a library is there twice")
        self.assertGreater(len(listed), 10)
        self.assertEqual(set(listed), loaded_by(PROGRAM))

    def test_versions_are_those_installed(self):
        for each in self.components:
            shown = subprocess.run(["dpkg", "-s", each["name"]], capture_output=True, text=True, timeout=60).stdout
            self.assertIn(f"\nVersion: {each['version']}\n", shown, each["name"])

    def test_each_component_has_what_a_scanner_looks_for(self):
        for each in self.components:
            self.assertEqual(each["type"], "library")
            self.assertRegex(each["purl"], r"^pkg:deb/debian/[a-z0-9.%B-]+@[A-Za-z0-9.%~-]+\?arch=[a-z0-9]+&distro=[a-z]+-\w+$")
            self.assertEqual([entry["name"] for entry in each["properties"]], ["debian:source"])
            for choice in each.get("licenses", []):
                self.assertIn(list(choice["license"]), (["id"], ["name"]))
        references = [each["bom-ref"] for each in self.components]
        self.assertEqual(len(references), len(set(references)))
        self.assertEqual(self.bill["dependencies"], [{"ref": self.bill["metadata"]["component"]["bom-ref"], "dependsOn": references}])

    def test_licences_are_read_where_debian_names_them(self):
        client = next(each for each in self.components if each["name"].startswith("librdkafka"))
        self.assertIn({"license": {"id": "BSD-2-Clause"}}, client["licenses"])

    def test_it_is_the_same_each_time(self):
        self.assertEqual(json.loads(bill_of(PROGRAM).stdout), self.bill)


class Mistakes(unittest.TestCase):
    def test_each_gets_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            text = pathlib.Path(folder, "text")
            text.write_text("no program\n")
            text.chmod(0o755)
            for wrong in (text, pathlib.Path(folder, "absent"), "/bin/true"):
                done = bill_of(wrong)
                self.assertEqual((done.returncode, done.stdout), (1, ""), wrong)
                self.assertRegex(done.stderr, r"^sbom\.py: [^\n]+\n$")

    def test_without_a_program_it_says_how(self):
        done = subprocess.run(["/usr/bin/python3", "-B", ROOT / "deploy/sbom.py"], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (64, "usage: sbom.py PROGRAM\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
