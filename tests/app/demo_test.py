"""The demo as its users meet it. The first argument is the program, the others are unittest's.

That nothing is lost is not taken from the demo's own word: the counts are compared with what `tag` makes of the same file.
"""

import gzip
import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/dev/ceasewire"
ROOT = pathlib.Path(__file__).resolve().parents[2]
FEED = (ROOT / "src/app/demo_feed.jsonl").read_bytes()
SANITIZED = "CEASEWIRE_TEST_SANITIZED" in os.environ  # some ten times slower
PATIENCE = 800 if SANITIZED else 280
EVERY = 10 if SANITIZED else 2
BIG = 24_000_000  # more than the broker holds of four partitions, as articles and as records


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CEASEWIRE_", "NO_COLOR"))}
    return {**clean, **more}


def demo(*arguments, stdin=b"", **more):
    return subprocess.run([PROGRAM, "demo", "--metrics-listen", "127.0.0.1:0", *map(str, arguments)], input=stdin, capture_output=True,
                          env=environment(**more), timeout=PATIENCE)


def counts(output):
    """What the summary says: in, out, records, dead letters, and whether nothing was lost."""
    flat = re.sub(r"\s+", " ", output.decode())
    found = re.search(r"articles ([\d,]+) in, ([\d,]+) out: ([\d,]+) records and ([\d,]+) dead letters, (none lost)?", flat)
    assert found, flat
    return tuple(int(each.replace(",", "")) for each in found.groups()[:4]) + (found[5] is not None,)


def tagged(path):
    """The same by `tag`, which knows no broker: records, rejected lines."""
    done = subprocess.run([PROGRAM, "tag", "-j2", str(path)], capture_output=True, env=environment(), timeout=PATIENCE)
    return done.stdout.count(b"\n"), done.stderr.count(b'{"rejected"')


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path


class Bundled(Folder):
    def test_shows_claims_and_ends_well_within_seconds(self):
        begin = time.monotonic()
        done = demo()
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        if not SANITIZED:
            self.assertLess(time.monotonic() - begin, 60)
        self.assertNotIn(b"\x1b", done.stdout, "a pipe is no terminal")
        text = done.stdout.decode()
        lines = FEED.count(b"\n")
        fed, out, records, letters, none_lost = counts(done.stdout)
        self.assertEqual((fed, out, none_lost), (lines, lines, True))
        self.assertEqual((records, letters), tagged(self.file("feed.jsonl", FEED)))
        # The claim that the product exists for: nested attribution.
        self.assertRegex(text, r"(told by senior Egyptian official|own statement), through The Washington Post\n")
        for reason in ("empty", "bad_utf8", "bad_json", "too_deep", "not_an_article", "wrong_type", "no_text"):
            self.assertIn(f"dead letter {reason}", text)
        self.assertRegex(text, r"no claim    Late header settles cup final")
        for way in ("demo --follow", "ceasewire tag", "ceasewire run", "/metrics"):
            self.assertIn(way, text)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_prints_in_the_order_of_the_feed(self):
        titles = [json.loads(line).get("title") for line in FEED.splitlines() if b'"sample/' in line and line.startswith(b'{"id"') and b"\\ud83d" not in line
                  and _is_json(line)]
        text = re.sub(r"\s+", " ", demo().stdout.decode())
        places = [text.find(re.sub(r"\s+", " ", title)) for title in titles if isinstance(title, str) and len(title) > 30]
        places = [place for place in places if place >= 0]
        self.assertGreater(len(places), 20)
        self.assertEqual(places, sorted(places))

    def test_is_in_colour_on_a_terminal_that_has_it(self):
        for variables, coloured in (({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
            with self.subTest(**variables):
                ours, theirs = pty.openpty()
                process = subprocess.Popen([PROGRAM, "demo", "--metrics-listen", "127.0.0.1:0"], stdin=subprocess.DEVNULL, stdout=theirs,
                                           stderr=subprocess.DEVNULL, env=environment(**variables))
                os.close(theirs)
                seen = b""
                while True:
                    try:
                        piece = os.read(ours, 65536)
                    except OSError:
                        break
                    if not piece:
                        break
                    seen += piece
                os.close(ours)
                self.assertEqual(process.wait(60), 0)
                self.assertEqual(b"\x1b[1;32mACCEPT" in seen, coloured)
                self.assertEqual(b"\x1b[" in seen, coloured)

    def test_ends_quietly_when_its_reader_goes_away(self):
        process = subprocess.Popen([PROGRAM, "demo", "--metrics-listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(60), 141)


def _is_json(line):
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


class Follow(Folder):
    def start(self, *arguments):
        process = subprocess.Popen([PROGRAM, "demo", "--follow", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        self.addCleanup(process.kill)
        text = b""
        while b"Still running" not in text:
            line = process.stdout.readline()
            self.assertTrue(line, process.stderr.read() if process.poll() is not None else b"")
            text += line
        return process, text.decode()

    def test_keeps_the_metrics_up_until_interrupted(self):
        process, text = self.start("--metrics-listen", "127.0.0.1:0")
        url = re.search(r"Metrics:\s+(http://\S+/metrics)", text)[1]
        page = urllib.request.urlopen(url, timeout=10).read().decode()
        fed = FEED.count(b"\n")
        self.assertRegex(page, rf'(?m)^ceasewire_records_consumed_total(?:{{[^}}]*}})? {fed}$')
        time.sleep(1)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (0, b""))

    def test_an_interrupt_in_the_middle_ends_it_with_what_was_done(self):
        path = self.folder / "endless"
        os.mkfifo(path)
        process = subprocess.Popen([PROGRAM, "demo", "--metrics-listen", "127.0.0.1:0", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        self.addCleanup(process.kill)
        with open(path, "wb") as pipe:
            pipe.write(b'{"title":"Hamas accepts truce, Egypt says"}\n' * 10)
            pipe.flush()
            shown = b""
            while shown.count(b"Hamas accepts truce") < 20:  # a headline and a sentence each, while the pipe is still open
                shown += process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            out, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (0, b""))
        self.assertEqual(counts(out)[:2], (10, 10))

    def test_two_demos_live_beside_each_other(self):
        first, _ = self.start()
        second, _ = self.start()  # the first may hold the usual port
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0)


class Far(Folder):
    """Beyond what the broker holds, in bytes and in messages."""

    def test_a_file_far_beyond_what_the_broker_holds_comes_out_whole(self):
        """A partition of the in-process broker holds 5 MiB and forgets the rest without a word."""
        lines = FEED.splitlines()
        weather = b"Heavy rain is forecast for the coast until Friday, with winds of up to eighty kilometres an hour. " * 35
        path = self.folder / "big.jsonl.gz"
        size = count = 0
        with gzip.open(path, "wb", 1) as out:
            while size < BIG:
                # Every other article is of the feed (under a sanitizer every tenth), the others are mere bytes.
                line = lines[count // EVERY % len(lines)].replace(b'"sample/', b'"sample/%d-' % count) + b"\n"
                if count % EVERY:
                    line = b'{"id":"weather/%d","title":"Weather","body":"%s"}\n' % (count, weather)
                out.write(line)
                size += len(line)
                count += 1
        done = demo("--summary", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        fed, out, records, letters, none_lost = counts(done.stdout)
        self.assertEqual((fed, out, none_lost), (count, count, True))
        self.assertEqual((records, letters), tagged(path))
        self.assertNotIn(b"ACCEPT  ", done.stdout)

    def test_records_much_larger_than_their_articles_come_out_whole(self):
        """Every word a mention: the record is some twenty times the article, and one partition gets them all."""
        body = "Hamas accepted the ceasefire. Israel rejected it. Iran, Russia, Ukraine, Egypt and Qatar said so. " * 4
        count = 800
        path = self.file("dense.jsonl", b"".join(json.dumps({"id": "same key", "title": f"Truce {i}", "body": body}).encode() + b"\n" for i in range(count)))
        done = demo("-s", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(counts(done.stdout), (count, count, count, 0, True))

    def test_tiny_messages_come_out_whole(self):
        path = self.file("tiny.jsonl", b"1\n" * 30_000)
        done = demo("-s", path)
        self.assertEqual(counts(done.stdout), (30_000, 30_000, 0, 30_000, True))


class Own(Folder):
    def test_large_messages_come_out_whole_and_larger_ones_are_left_out_and_said(self):
        sizes = (100, 2 << 20, 3 << 20, 4_000_000, 100, 7 << 20, 20 << 20, 100)
        path = self.file("large.jsonl", b"".join(json.dumps({"title": "Large", "body": "x " * (size // 2)}).encode() + b"\n" for size in sizes))
        done = demo(path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(counts(done.stdout), (6, 6, 6, 0, True))
        self.assertRegex(re.sub(rb"\s+", b" ", done.stdout), rb"lines too long to feed: 2")

    def test_standard_input(self):
        done = demo("-", stdin=b'{"title":"Hamas accepts truce, Egypt says"}\n')
        self.assertEqual(counts(done.stdout), (1, 1, 1, 0, True))

    def test_an_empty_file_is_no_failure(self):
        done = demo(self.file("empty.jsonl", b""))
        self.assertEqual(done.returncode, 0)
        self.assertEqual(counts(done.stdout), (0, 0, 0, 0, True))

    def test_errors_have_their_exit_codes(self):
        done = demo(self.folder / "absent.jsonl")
        self.assertEqual(done.returncode, 66)
        self.assertRegex(done.stderr.decode(), r"^ceasewire: demo: .*absent\.jsonl: No such file or directory\n$")
        self.assertEqual(demo("--lexicon", self.folder / "nowhere").returncode, 79)
        self.assertEqual(demo("--no-such-flag").returncode, 64)
        broken = gzip.compress(b'{"title":"Truce"}\n' * 1000)[:-20]
        done = demo("-s", self.file("broken.jsonl.gz", broken))
        self.assertEqual(done.returncode, 66)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
