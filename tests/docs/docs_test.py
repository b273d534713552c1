"""The documents say what is so: the README's example is the program's own output, links lead somewhere, commands exist."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else str(ROOT / "build/dev/ceasewire")
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "HACKING.md", "CHANGELOG.md", "lexicon/README.md", "deploy/THREATS.md")]
WIDTH = 120


def laid_out(value, indent=0):
    """JSON with as much on a line as fits."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [(json.dumps(key) + ": ", child) for key, child in value.items()]
    else:
        parts = [("", child) for child in value]
    lines, line = [], ""
    for position, (key, child) in enumerate(parts):
        piece = key + laid_out(child, indent + 2) + ("," if position + 1 < len(parts) else "")
        if line and (len(inner) + len(line) + 1 + len(piece) > WIDTH or "\n" in piece or "\n" in line):
            lines.append(line)
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    lines.append(line)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n" + "\n".join(inner + each for each in lines) + f"\n{' ' * indent}{closing}"


class Documents(unittest.TestCase):
    maxDiff = None

    def test_the_example_is_what_the_program_makes_of_it(self):
        text = (ROOT / "README.md").read_text()
        blocks = {match[1]: match for match in re.finditer(r"<!-- example: (\w+) -->\n```json\n(.*?)\n```", text, re.S)}
        done = subprocess.run([PROGRAM, "tag"], input=blocks["article"][2].encode(), capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        record = laid_out(json.loads(done.stdout))
        if os.environ.get("CEASEWIRE_UPDATE_GOLDEN"):
            start, end = blocks["record"].span(2)
            (ROOT / "README.md").write_text(text[:start] + record + text[end:])
        else:
            self.assertEqual(blocks["record"][2], record, "CEASEWIRE_UPDATE_GOLDEN=1 rewrites it")

    def test_links_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
                if not target.startswith("https://"):
                    self.assertTrue((document.parent / target).exists(), f"{document.name}: {target}")

    def test_verbs_of_dev_exist(self):
        usage = subprocess.run([ROOT / "dev"], capture_output=True, text=True, timeout=60).stdout
        verbs = set(re.findall(r"^  (\w+)", usage, re.M))
        self.assertGreater(len(verbs), 8)
        for document in DOCUMENTS:
            for verb in re.findall(r"\./dev ([a-z]+)", document.read_text()):
                self.assertIn(verb, verbs, document.name)

    def test_settings_that_are_named_exist(self):
        sample = (ROOT / "deploy/ceasewire.toml").read_text()
        for document in DOCUMENTS:
            for name in re.findall(r"`(?:kafka|topics|enrich|run|metrics|log)\.([a-z_]+)`", document.read_text()):
                self.assertRegex(sample, rf"(?m)^#{name} =", document.name)
            for name in re.findall(r"`(CEASEWIRE_[A-Z_]+)", document.read_text()):
                if name not in ("CEASEWIRE_UPDATE_GOLDEN", "CEASEWIRE_UPDATE_KNOWN", "CEASEWIRE_JOBS"):
                    self.assertIn(name, sample, document.name)

    def test_commands_of_ceasewire_are_accepted(self):
        for document in DOCUMENTS:
            for line in re.findall(r"^    (ceasewire .*)$", document.read_text(), re.M):
                command = re.split(r"[>|#]", line)[0].split()[1:]
                words = [word for word in command if not word.startswith("-")]
                done = subprocess.run([PROGRAM, words[0], *(words[1:2] if words[0] in ("config", "lexicon") else []), "--help"], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 0, f"{document.name}: {line}")
                for flag in (word for word in command if word.startswith("-")):
                    self.assertRegex(done.stdout, rf"(?m)(^|[ ,]){re.escape(flag)}\b", f"{document.name}: {line}")

    def test_faults_and_their_tests_exist(self):
        table = (ROOT / "tests/broker/README.md").read_text()
        self.assertEqual(re.findall(r"^\| (\d+) \|", table, re.M), [str(number) for number in range(1, 31)])
        sources = "\n".join(path.read_text() for path in (ROOT / "tests").glob("*/*_test.cpp"))
        named = re.findall(r"`(\w+)\.([A-Z]\w+)`", table)
        self.assertGreater(len(named), 20)
        for suite, name in named:
            self.assertRegex(sources, rf"TEST(_F|_P)?\({suite}, {name}\)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        del sys.argv[1]
    unittest.main()
