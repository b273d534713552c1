"""The program as its users meet it: command lines, files, exit codes. The first argument is the program, the others are unittest's."""

import base64
import gzip
import hashlib
import json
import os
import pathlib
import pty
import re
import resource
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/dev/ceasewire"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*arguments, stdin=b"", env=None, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CEASEWIRE_")}
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, env={**clean, **(env or {})}, timeout=120, **more)


def on_terminal(stream, *arguments, stdin=b"", env=None):
    """Exit status, and what the program writes to a terminal in the place of stdout or stderr."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, env=env, **{stream: theirs}) as child:
        os.close(theirs)
        child.stdin.write(stdin)
        child.stdin.close()
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:  # the terminal's other end is closed
            pass
        code = child.wait(60)
    os.close(ours)
    return code, seen


def article(number, **fields):
    return {"id": f"a{number}", "title": f"Title {number}", "body": f"Body of article {number}. It says nothing of note.", **fields}


def lines_of(articles):
    return b"".join(json.dumps(each).encode() + b"\n" for each in articles)


def ids(output):
    return [json.loads(line)["article"]["id"] for line in output.splitlines()]


def rejections(errors):
    return [json.loads(line)["rejected"] for line in errors.splitlines() if line.startswith(b'{"rejected"')]


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


SPOKEN = {"id": "w1", "title": "Bridge to open, mayor says", "body": "The mayor said the bridge is safe. “It will open at noon,” she added.", "language": "en"}


class Layers(unittest.TestCase):
    def test_they_are_added_and_the_rest_stays(self):
        plain = json.loads(run("tag", stdin=lines_of([SPOKEN])).stdout)
        self.assertNotIn("layers", plain)
        for choice, names in (("syntax", ["sentences", "tokens"]), ("attributions", ["sentences", "attributions"]), ("syntax,attributions", ["sentences", "tokens", "attributions"])):
            record = json.loads(run("tag", "--layers", choice, stdin=lines_of([SPOKEN])).stdout)
            layers = record.pop("layers")
            self.assertEqual(record, plain)
            self.assertEqual(list(layers), names)

    def test_spans_are_code_points_of_their_field(self):
        layers = json.loads(run("tag", "--layers", "syntax,attributions", stdin=lines_of([SPOKEN])).stdout)["layers"]
        self.assertEqual([SPOKEN[s["field"]][s["start"]:s["end"]] for s in layers["sentences"]],
                         ["Bridge to open, mayor says", "The mayor said the bridge is safe.", "“It will open at noon,” she added."])
        self.assertEqual([SPOKEN[t["field"]][t["start"]:t["end"]] for t in layers["tokens"]][-5:], [",", "”", "she", "added", "."])
        said = [{part: [SPOKEN[a["field"]][b:e] for b, e in a[part]] for part in ("source", "cue", "content")} for a in layers["attributions"]]
        self.assertIn({"source": ["The mayor"], "cue": ["said"], "content": ["the bridge is safe"]}, said)
        self.assertIn({"source": ["she"], "cue": ["added"], "content": ["“It will open at noon,”"]}, said)

    def test_threads_change_nothing(self):
        text = lines_of([SPOKEN] * 60)
        one = run("tag", "--layers", "syntax,attributions", stdin=text).stdout
        self.assertEqual(run("tag", "-j4", "--layers", "syntax,attributions", stdin=text).stdout, one)

    def test_a_wrong_layer_is_named(self):
        for arguments in (["--layers", "words"], ["--layers", "syntax,words"], ["--layers"], ["--layers", ""]):
            done = run("tag", *arguments, stdin=b"")
            self.assertEqual(done.returncode, 64, arguments)
            self.assertIn(b"--layers", done.stderr)
            self.assertEqual(done.stdout, b"")


class Tag(Folder):
    def test_standard_input_gives_one_record_a_line_in_order(self):
        done = run("tag", stdin=lines_of(article(i) for i in range(100)))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(ids(done.stdout), [f"a{i}" for i in range(100)])

    def test_files_plain_gzip_and_standard_input_come_in_the_order_named(self):
        plain = self.file("plain.jsonl", lines_of([article(1)]))
        packed = self.file("no-suffix", gzip.compress(lines_of([article(2)])) + gzip.compress(lines_of([article(3)])))
        done = run("tag", plain, "-", packed, stdin=lines_of([article(9)]))
        self.assertEqual(ids(done.stdout), ["a1", "a9", "a2", "a3"])

    def test_any_number_of_threads_gives_the_same_bytes(self):
        many = [article(i, body=f"{i} " + "word " * (i % 300)) for i in range(4000)]
        text = lines_of(many[:2000]) + b"{broken\n" + lines_of(many[2000:]) + b"[]\n"
        one = run("tag", stdin=text)
        self.assertEqual(len(one.stdout.splitlines()), 4000)
        for jobs in (["-j2"], ["-j", "5"], ["-j"], ["--jobs=3"]):
            other = run("tag", *jobs, stdin=text)
            self.assertEqual((other.returncode, other.stdout, other.stderr), (one.returncode, one.stdout, one.stderr), jobs)

    def test_j_alone_does_not_eat_the_file_name(self):
        self.assertEqual(ids(run("tag", "-j", self.file("2", lines_of([article(1)]))).stdout), ["a1"])

    def test_a_bad_line_is_told_and_the_good_ones_are_written(self):
        done = run("tag", stdin=lines_of([article(1)]) + b'{"title": \n' + b"\n" + lines_of([article(2)]))
        self.assertEqual(done.returncode, 3)
        self.assertEqual(ids(done.stdout), ["a1", "a2"])
        bad, empty = rejections(done.stderr)
        self.assertEqual(list(bad), ["line", "reason", "field", "byte", "message"])
        self.assertEqual((bad["line"], bad["reason"]), (2, "bad_json"))
        self.assertEqual((empty["line"], empty["reason"]), (3, "empty"))

    def test_several_files_are_named_in_rejections_and_counted_each_from_one(self):
        first = self.file("first", b"{\n")
        second = self.file("sec\"ond", lines_of([article(1)]) + b"{\n")
        odd = os.fsencode(str(self.folder)) + b"/\xff"
        pathlib.Path(os.fsdecode(odd)).write_bytes(b"{")
        done = run("tag", first, second, os.fsdecode(odd))
        self.assertEqual([(each["file"], each["line"]) for each in rejections(done.stderr)],
                         [(str(first), 1), (str(second), 2), (str(self.folder) + "/?", 1)])

    def test_an_empty_last_line_is_none(self):
        for text in (b"", b"\n", b"\r\n"):
            self.assertEqual(run("tag", stdin=text).returncode, 0, text)
        self.assertEqual(run("tag", stdin=lines_of([article(1)]) + b"\n").returncode, 0)

    def test_a_line_beyond_the_limit_is_rejected_and_not_held(self):
        sanitized = "CEASEWIRE_TEST_SANITIZED" in os.environ  # slow, and they reserve terabytes
        mebibytes = 30 if sanitized else 300
        path = self.folder / "big.jsonl.gz"
        with gzip.open(path, "wb", 1) as out:
            out.write(lines_of([article(1)]) + b'{"id": "big", "body": "')
            for _ in range(mebibytes):
                out.write(b"x" * (1 << 20))
            out.write(b'"}\n' + lines_of([article(2)]))
        memory = resource.RLIM_INFINITY if sanitized else 256 << 20
        done = run("tag", "--message-bytes-max", "1 MiB", path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)))
        self.assertEqual(ids(done.stdout), ["a1", "a2"], done.stderr)
        (big,) = rejections(done.stderr)
        self.assertEqual((big["line"], big["reason"], big["byte"]), (2, "too_large", None))
        self.assertIn(str((mebibytes << 20) + 25), big["message"])

    def test_the_limit_itself_is_allowed(self):
        exact = json.dumps({"id": "a", "body": "x" * (1024 - 24)}).encode()
        exact = exact.replace(b'"x', b'"' + b"x" * (1024 - len(exact)) + b"x", 1)
        self.assertEqual(len(exact), 1024)
        self.assertEqual(run("tag", "--message-bytes-max", "1 KiB", stdin=exact).returncode, 0)
        self.assertEqual(run("tag", "--message-bytes-max", "1 KiB", stdin=exact + b" ").returncode, 3)

    def test_a_missing_file_or_a_folder_ends_before_anything_is_done(self):
        good = self.file("good", lines_of([article(1)]))
        done = run("tag", good, self.folder / "missing", self.folder)
        self.assertEqual((done.returncode, done.stdout), (66, b""))
        self.assertEqual(done.stderr.decode().splitlines(), [f"ceasewire: {self.folder}/missing: No such file or directory",
                                                             f"ceasewire: {self.folder}: Is a directory"])

    def test_damaged_gzip_is_told_after_its_good_lines_and_other_files_are_read(self):
        text = lines_of(article(i, body=os.urandom(300).hex()) for i in range(2000))
        damaged = self.file("damaged", gzip.compress(text)[:-100])
        done = run("tag", damaged, self.file("good", lines_of([article("last")])))
        self.assertEqual(done.returncode, 66)
        self.assertGreater(len(done.stdout.splitlines()), 1000)
        self.assertEqual(ids(done.stdout)[-1], "alast")
        self.assertEqual(done.stderr.decode(), f"ceasewire: {damaged}: the gzip data ends too early\n")

    def test_output_goes_to_a_file(self):
        target = self.folder / "out.jsonl"
        done = run("tag", "--output", target, stdin=lines_of([article(1)]))
        self.assertEqual((done.returncode, done.stdout), (0, b""))
        self.assertEqual(ids(target.read_bytes()), ["a1"])

    def test_output_never_overwrites_the_input(self):
        both = self.file("both", lines_of([article(1)]))
        done = run("tag", both, "-o", both)
        self.assertEqual(done.returncode, 64)
        self.assertEqual(ids(run("tag", both).stdout), ["a1"])

    def test_a_full_disk_is_one_line_and_74(self):
        for arguments in (["-o", "/dev/full"], ["-j2", "-o", "/dev/full"]):
            done = run("tag", *arguments, stdin=lines_of([article(1)]))
            self.assertEqual((done.returncode, done.stderr), (74, b"ceasewire: cannot write /dev/full: No space left on device\n"))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "tag"], input=lines_of([article(1)]), stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (74, b"ceasewire: cannot write standard output: No space left on device\n"))

    def test_an_output_that_cannot_be_made_is_74(self):
        self.assertEqual(run("tag", "-o", self.folder / "no" / "file").returncode, 74)

    def test_a_reader_that_goes_away_is_quiet(self):
        path = self.file("many", lines_of(article(i, body="word " * 500) for i in range(3000)))
        for jobs in ("-j1", "-j2"):
            with subprocess.Popen([PROGRAM, "tag", jobs, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
                child.stdout.readline()
                child.stdout.close()
                self.assertEqual(child.stderr.read(), b"")
                self.assertEqual(child.wait(60), 141)

    def test_records_come_as_soon_as_their_line_is_there(self):
        with subprocess.Popen([PROGRAM, "tag", "-j2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as child:
            for i in range(3):
                child.stdin.write(lines_of([article(i)]))
                timer = threading.Timer(60, child.kill)
                timer.start()
                self.assertEqual(ids(child.stdout.readline()), [f"a{i}"])
                timer.cancel()
            child.stdin.close()
            self.assertEqual(child.wait(60), 0)

    def test_progress_is_shown_on_a_terminal_only(self):
        path = self.file("many", lines_of(article(i, body="word " * 200) for i in range(3000)))
        code, seen = on_terminal("stderr", "tag", path, "-o", os.devnull)
        self.assertEqual(code, 0)
        self.assertRegex(seen, rb"\d+ articles, \d+/s, \d+ %, \d+ s left")
        self.assertTrue(seen.endswith(b"\r\x1b[K"), seen[-40:])
        self.assertEqual(run("tag", path, "-o", os.devnull).stderr, b"")

    def test_a_wrong_lexicon_folder_is_79(self):
        done = run("tag", "--lexicon", self.folder / "missing", stdin=b"")
        self.assertEqual(done.returncode, 79)
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_wrong_arguments_are_64(self):
        for arguments in (["--no-such"], ["--jobs", "x"], ["--message-bytes-max", "lots"]):
            self.assertEqual(run("tag", *arguments).returncode, 64, arguments)


class Explain(Folder):
    STORY = {"id": "e1", "title": "Envoys speak", "body": "The White House urged Hamas to accept a ceasefire on Tuesday.", "published_at": "2025-07-02T08:00:00Z"}

    def test_shows_the_claim_under_its_sentence(self):
        text = run("explain", self.file("a.jsonl", lines_of([self.STORY]))).stdout.decode()
        self.assertIn("│ The [White House] urged [Hamas] to accept a ceasefire on Tuesday.\n\n    CALL        White House\n", text)
        self.assertIn("    target      Hamas\n", text)
        self.assertIn("when        Tuesday (2025-07-01)\n", text)
        self.assertRegex(text, r"why         claim: ")
        self.assertRegex(text, r'"Hamas" name actors-\w+\.tsv:\d+')

    def test_reads_json_over_several_lines_gzip_and_standard_input(self):
        expected = run("explain", stdin=lines_of([self.STORY])).stdout
        self.assertIn(b"CALL", expected)
        self.assertEqual(run("explain", stdin=json.dumps(self.STORY, indent=2).encode()).stdout, expected)
        self.assertEqual(run("explain", "-", stdin=gzip.compress(json.dumps(self.STORY).encode())).stdout, expected)

    def test_reads_plain_text_with_its_title_first(self):
        text = run("explain", stdin=b"\n\nA quiet day\n\nThe White House urged Hamas to accept a ceasefire.\nIt \"waits\".\n").stdout.decode()
        self.assertRegex(text, r"\n(  |│ )A quiet day\n")
        self.assertIn("CALL        White House", text)
        self.assertEqual(run("explain", stdin=b"\xff\xfe no text").returncode, 66)

    def test_article_picks_by_id_or_line(self):
        file = self.file("a.jsonl", lines_of([article(1), {**article("x"), "id": "2"}, article(3)]))
        shown = lambda *more: re.search(rb"Title (\w+)", run("explain", file, *more).stdout)[1]
        self.assertEqual(shown(), b"1")
        self.assertEqual(shown("--article", "a3"), b"3")
        self.assertEqual(shown("--article", "3"), b"3")
        self.assertEqual(shown("--article", "2"), b"x")
        self.assertIn(b"--article picks another", run("explain", file).stderr)
        self.assertEqual(run("explain", file, "--article", "a3").stderr, b"")
        missing = run("explain", file, "--article", "a9")
        self.assertEqual((missing.returncode, missing.stdout), (66, b""))
        self.assertIn(b"a9", missing.stderr)

    def test_an_id_of_digits_goes_before_a_line(self):
        file = self.file("a.jsonl", lines_of([{**article("other"), "id": "2"}, article(2)]))
        self.assertIn(b"Title other", run("explain", file, "--article", "2").stdout)
        file = self.file("b.jsonl", lines_of([article(1), article(2), {**article("late"), "id": "1"}]))
        self.assertIn(b"Title late", run("explain", file, "--article", "1").stdout)

    def test_what_is_no_article_is_told_in_one_line(self):
        for text, code in ((b'{"title": ', 3), (b'{"x": 1}', 3), (b"", 66), (b" \n\n", 66)):
            done = run("explain", stdin=text)
            self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())), (code, b"", 1), text)
        self.assertEqual(run("explain", self.folder / "missing").returncode, 66)
        self.assertEqual(run("explain", self.folder).returncode, 66)

    def test_html_is_written_to_a_file_or_standard_output(self):
        file = self.file("a.jsonl", lines_of([self.STORY]))
        target = self.folder / "out.html"
        done = run("explain", file, "--html", target)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))
        page = target.read_bytes()
        self.assertTrue(page.startswith(b"<!DOCTYPE html>"))
        self.assertEqual(run("explain", file, "--html", "-").stdout, page)
        self.assertEqual(run("explain", file, "--html", self.folder / "no" / "file").returncode, 74)
        self.assertEqual(run("explain", file, "--html", "/dev/full").returncode, 74)

    def test_the_page_allows_its_own_script_and_no_other(self):
        page = run("explain", "--html", "-", stdin=lines_of([self.STORY])).stdout.decode()
        (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        self.assertIn(f"script-src 'sha256-{digest}'", page, "write this hash into kPagePolicy")

    def test_colour_on_a_terminal_only(self):
        code, seen = on_terminal("stdout", "explain", stdin=lines_of([self.STORY]), env={**os.environ, "TERM": "xterm", "NO_COLOR": ""})
        self.assertEqual(code, 0)
        self.assertIn(b"\x1b[1mHamas\x1b[0m", seen)
        self.assertNotIn(b"\x1b", run("explain", stdin=lines_of([self.STORY])).stdout)


class Config(Folder):
    def test_check_says_ok_or_names_every_line(self):
        good = self.file("good.toml", '[kafka]\nbrokers = "a:1"\n')
        self.assertEqual(run("config", "check", good).stdout.decode(), f"{good}: ok\n")
        bad = self.file("bad.toml", '[kafka]\nbroker = "a:1"\n[run]\nlanes = "x"\n')
        done = run("config", "check", bad)
        self.assertEqual(done.returncode, 78)
        self.assertEqual([line.split(": ")[1] for line in done.stderr.decode().splitlines()], [f"{bad}:2:1", f"{bad}:4:1"])
        self.assertEqual(run("config", "check", self.folder / "missing").returncode, 66)

    def test_print_names_origins_and_hides_secrets(self):
        file = self.file("c.toml", '[kafka]\nsecurity = "sasl_ssl"\nusername = "u"\n')
        done = run("config", "print", "--lanes", "3", "--set", "kafka.consumer.debug=cgrp", "--create-topics",
                   env={"CEASEWIRE_CONFIG": str(file), "CEASEWIRE_KAFKA_PASSWORD": "hunter2"})
        text = re.sub(" +#", " #", done.stdout.decode())
        for line in (f'username = "u" # {file}:3', "# password is set, not shown # CEASEWIRE_KAFKA_PASSWORD", "lanes = 3 # --lanes",
                     "create = true # --create-topics", '"debug" = "cgrp" # --set', 'input = "articles" # default'):
            self.assertIn(line + "\n", text)
        self.assertNotIn(b"hunter2", done.stdout + done.stderr)

    def test_the_sample_loads(self):
        sample = run("config", "sample").stdout
        self.assertEqual(sample, (ROOT / "deploy/ceasewire.toml").read_bytes())
        self.assertEqual(run("config", "check", self.file("sample.toml", sample)).returncode, 0)

    def test_mistakes_in_the_environment_and_flags_are_78(self):
        self.assertEqual(run("config", "check", env={"CEASEWIRE_RUN_LANES": "many"}).returncode, 78)
        self.assertEqual(run("config", "print", "--start", "soon").returncode, 78)
        self.assertEqual(run("config", "print", "--set", "nonsense").returncode, 64)


class Lexicon(Folder):
    def test_check_counts_rows(self):
        done = run("lexicon", "check")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout.decode().splitlines()[-1], r"^lexicon \S+: ok, \d+ rows in \d+ files, compiled in \d+ ms$")
        self.assertEqual(done.stderr, b"", "what ships has no oddities")

    def test_check_names_file_line_and_column(self):
        self.file("actors-wrong.tsv", "id\tname\ttype\tcountry\twikidata\taliases\tsource\nx\tX\tpersn\t\t\t\tknown\n")
        done = run("lexicon", "check", self.folder)
        self.assertEqual(done.returncode, 79, done.stdout)
        self.assertRegex(done.stderr.decode().splitlines()[0], r"^actors-wrong\.tsv:2:\d+: ")

    def test_a_folder_that_cannot_be_read_is_66(self):
        self.assertEqual(run("lexicon", "check", self.folder / "missing").returncode, 66)


class LexiconQuestions(Folder):
    ACTORS = "id\tname\ttype\tcountry\twikidata\taliases\tsource\n"

    def test_stats_counts(self):
        text = run("lexicon", "stats").stdout.decode()
        for heading in ("Actors by type", "Actors by country", "Terms of office by first year", "Rows by source"):
            self.assertIn(f"\n{heading}\n", text)

    def test_find_says_who_and_why_or_what_is_near(self):
        done = run("lexicon", "find", "US secretary of state", "--on", "2024-06-11")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout.decode(), r"^Antony Blinken: antony-blinken, person, USA.*, CAMEO USAGOV, PLOVER USA GOV\n    held .* from .* \(holders\.tsv:\d+\)")
        done = run("lexicon", "find", "Antonny Blinkin")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"near: 'Antony Blinken'", done.stdout)
        self.assertEqual(run("lexicon", "find", "x", "--on", "soon").returncode, 64)

    def test_unknown_lists_names_with_examples(self):
        text = lines_of(article(i, body="They met Zorbal Quentish at noon.") for i in range(3)) + b"{\n"
        done = run("lexicon", "unknown", "--least", "3", stdin=text)
        self.assertEqual(done.returncode, 3)
        rows = [line.split("\t") for line in done.stdout.decode().splitlines()[1:]]
        self.assertEqual(rows, [["3", "3", "Zorbal Quentish", "They met Zorbal Quentish at noon. [a0]", "They met Zorbal Quentish at noon. [a1]"]])
        self.assertEqual(run("lexicon", "unknown", self.folder / "missing").returncode, 66)

    def test_diff_tells_changes_by_its_status(self):
        old, new = self.folder / "old", self.folder / "new"
        for folder, name in ((old, "Zorbal Quentish"), (new, "Zorbal Quentesh")):
            folder.mkdir()
            (folder / "actors-own.tsv").write_text(self.ACTORS + f"zq\t{name}\tperson\t\t\t\town\n")
        self.assertEqual(run("lexicon", "diff", old, old).returncode, 0)
        done = run("lexicon", "diff", old, new)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'~ actor zq: "Zorbal Quentish", person -> "Zorbal Quentesh", person\n', done.stdout)

    def test_check_warns_of_its_own_files_only_and_ends_well(self):
        self.file("actors-own.tsv", self.ACTORS + "zq\tZorbal Quentish\tperson\tXXX\t\t\t\n")
        done = run("lexicon", "check", self.folder)
        self.assertEqual(done.returncode, 0)
        self.assertEqual([line.split(": ")[:2] for line in done.stderr.decode().splitlines()],
                         [["actors-own.tsv:2:27", "warning"], ["actors-own.tsv:2:33", "warning"]])


class Help(unittest.TestCase):
    COMMANDS = [[], ["tag"], ["explain"], ["config"], ["config", "check"], ["config", "print"], ["config", "sample"], ["lexicon"], ["lexicon", "check"], ["lexicon", "stats"], ["lexicon", "find"], ["lexicon", "unknown"], ["lexicon", "diff"]]

    def test_every_command_has_help_and_version(self):
        for command in self.COMMANDS:
            helped = run(*command, "--help")
            self.assertEqual((helped.returncode, helped.stderr), (0, b""), command)
            self.assertIn(b"Usage: ceasewire", helped.stdout)
            version = run(*command, "--version")
            self.assertEqual(version.returncode, 0, command)
            self.assertRegex(version.stdout.decode(), r"^ceasewire \d+\.\d+\.\d+\n$")

    def test_no_command_is_a_usage_error_with_help(self):
        done = run()
        self.assertEqual(done.returncode, 64)
        self.assertIn(b"Usage: ceasewire", done.stdout)

    def test_the_manual_page_is_the_one_in_deploy(self):
        page = run("man").stdout
        path = ROOT / "deploy/ceasewire.1"
        if os.environ.get("CEASEWIRE_UPDATE_GOLDEN"):
            path.write_bytes(page)
        self.assertEqual(page.decode(), path.read_text(), "CEASEWIRE_UPDATE_GOLDEN=1 rewrites it")

    def test_the_manual_page_is_well_formed(self):
        checked = subprocess.run(["mandoc", "-Tlint"], input=run("man").stdout, capture_output=True, timeout=60)
        complaints = [line for line in checked.stdout.decode().splitlines() if "missing date" not in line]  # it would change with every day
        self.assertEqual(complaints, [])

    def test_the_manual_page_names_every_command(self):
        page = run("man").stdout.decode()
        for command in self.COMMANDS:
            self.assertIn(" ".join(["ceasewire", *command]), page)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        del sys.argv[1]
    unittest.main()
