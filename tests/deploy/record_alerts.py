#!/usr/bin/env python3
"""Records what a Prometheus would have seen of the program while something goes wrong, for tests/deploy/recorded_test.py.

    record_alerts.py PROGRAM [SCENARIO ...]     all at once by default; each lasts as long as its alert takes, half an hour at most

A scenario has a real broker of its own and the program, which is started again as deploy/ceasewire.service says. Every 15 s its
metrics are read; those that alerts.yml names are kept, with times counted from the beginning, in recorded/SCENARIO.yml. No part of a
test run: the recordings are kept, and made anew when metrics, alerts or the program's way to fail change.
"""

import itertools
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = (ROOT / "deploy/prometheus/alerts.yml").read_text()
UNIT = (ROOT / "deploy/ceasewire.service").read_text()
KAFKA = ROOT / "tests/broker/kafka"
STEP = 15
CALM = 180  # seconds before anything goes wrong
ARTICLE = '{"id":"%d","title":"Truce talks","body":"Harland said that both sides accept a truce."}'


class Broker:
    def __init__(self, folder):
        self.folder = folder / "broker"
        self.address = self.verb("start").splitlines()[-1]

    def verb(self, verb, *arguments):
        return subprocess.run([KAFKA, verb, self.folder, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout

    def tool(self, name, *arguments):
        return self.verb("tool", name, "--bootstrap-server", self.address, *arguments)


class Feed(threading.Thread):
    """So many articles a second, of a hundred so many that are none."""

    def __init__(self, broker, per_second, broken=0):
        super().__init__(daemon=True)
        self.per_second, self.broken = per_second, broken
        self.over = threading.Event()
        command = [KAFKA, "tool", broker.folder, "kafka.tools.ConsoleProducer", "--bootstrap-server", broker.address, "--topic", "articles",
                   "--timeout", "200", "--max-block-ms", "3600000", "--producer-property", "delivery.timeout.ms=3600000"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        self.start()

    def run(self):
        for number in itertools.count():
            if self.over.wait(1 / self.per_second):
                break
            try:
                self.process.stdin.write((ARTICLE % number if number % 100 >= self.broken else "{") + "\n")
                self.process.stdin.flush()
            except BrokenPipeError:
                break
        self.process.kill()


class Program(threading.Thread):
    """The program as systemd keeps it: started again after a failure, except for the statuses that a person has to see to."""

    def __init__(self, program, arguments):
        super().__init__(daemon=True)
        self.command = [program, "run", *arguments]
        self.pause = int(re.search(r"^RestartSec=(\d+)", UNIT, re.M)[1])
        self.final = set(map(int, re.search(r"^RestartPreventExitStatus=(.*)", UNIT, re.M)[1].split()))
        self.ends = []
        self.wanted = True
        self.begin()
        self.start()

    def begin(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.url = None
        threading.Thread(target=self.listen, args=(self.process,), daemon=True).start()

    def listen(self, process):
        for line in process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                self.url = found[0]

    def run(self):
        while self.wanted:
            status = self.process.wait()
            self.ends.append(status)
            self.url = None
            if status == 0 or status in self.final:
                return
            time.sleep(self.pause)
            if self.wanted:
                self.begin()

    def scrape(self):
        url = self.url
        if url is None:
            return None
        try:
            return urllib.request.urlopen(url + "/metrics", timeout=10).read().decode()
        except OSError:
            return None

    def end(self):
        self.wanted = False
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()


class Recording:
    """Values of each series, one a step; None where there was none."""

    def __init__(self):
        self.names = set(re.findall(r"\b(?:ceasewire|process)_[a-z_]+", RULES)) | {"ceasewire_ready", "ceasewire_live", "ceasewire_halted"}
        self.began = time.time()
        self.steps = 0
        self.series = {}

    def add(self, page):
        values = {'up{job="ceasewire",instance="a"}': 1 if page is not None else 0}
        for line in (page or "").splitlines():
            found = re.match(r"(\w+)(?:\{(.*)\})? (\S+)$", line)
            if found and found[1] in self.names:
                value = float(found[3])
                if found[1].endswith("_timestamp_seconds") or found[1] == "process_start_time_seconds":
                    value = value - self.began if value else value
                labels = ",".join(filter(None, ['job="ceasewire",instance="a"', found[2]]))
                values[f"{found[1]}{{{labels}}}"] = round(value, 3)
        for name, value in values.items():
            self.series.setdefault(name, [None] * self.steps).append(value)
        self.steps += 1
        for series in self.series.values():
            series.extend([None] * (self.steps - len(series)))

    @staticmethod
    def compact(values):
        """promtool's notation: 5x2 is 5 three times, stale the end of a series, _ no value."""
        parts, seen = [], False
        for value, run in itertools.groupby(values):
            count = len(list(run))
            if value is None:
                parts += ["stale"] if seen else []
                count -= 1 if seen else 0
                parts += [f"_x{count}"] if count else []
                seen = False
            else:
                number = f"{value:.15g}"
                parts.append(f"{number}x{count - 1}" if count > 1 else number)
                seen = True
        return " ".join(parts)

    def save(self, path, notes):
        lines = [f"# {note}" for note in notes]
        lines += [f"interval: {STEP}s", f"steps: {self.steps}", "input_series:"]
        for name, values in sorted(self.series.items()):
            if name.startswith("up") or set(values) - {None} != {0}:
                lines.append(f"  - {{series: '{name}', values: '{self.compact(values)}'}}")
        path.write_text("\n".join(lines) + "\n")


def flags(broker, *more):
    return ["--brokers", broker.address, "--create-topics", "--metrics", "127.0.0.1:0", "--delivery", "exactly_once",
            "--set", "run.transactional_id=recorded", "--lanes", "1", *more]


class Scenario:
    minutes = 12
    per_second = 3
    more = ()

    def __init__(self, program, folder):
        self.folder = folder
        self.broker = Broker(folder)
        self.prepare()
        self.program = Program(program, flags(self.broker, *self.more))
        self.feed = None
        self.notes = []

    def prepare(self):
        pass

    def note(self, recording, words):
        self.notes.append(f"{(time.time() - recording.began) / 60:.1f} min: {words}")

    def begin(self):
        """Goes wrong."""

    def during(self, seconds):
        """Called every step afterwards."""

    def record(self, path):
        recording = Recording()
        self.feed = Feed(self.broker, self.per_second)
        begun = False
        for step in range(self.minutes * 60 // STEP):
            time.sleep(max(0, recording.began + step * STEP - time.time()))
            if step * STEP >= CALM:
                if not begun:
                    self.begin()
                    self.note(recording, self.__doc__.splitlines()[0])
                    begun = True
                else:
                    self.during(step * STEP - CALM)
            recording.add(self.program.scrape())
        self.notes.append(f"the program ended with {self.program.ends}")
        recording.save(path, [f"Recorded {time.strftime('%Y-%m-%d', time.gmtime())} by record_alerts.py.", *self.notes])

    def close(self):
        if self.feed:
            self.feed.over.set()
        self.program.end()
        self.broker.verb("remove")


class BrokersAway(Scenario):
    """the broker is killed; it comes back ten minutes later"""
    minutes = 16
    back = False

    def begin(self):
        self.broker.verb("kill9")

    def during(self, seconds):
        if seconds >= 600 and not self.back:
            self.back = True
            threading.Thread(target=self.broker.verb, args=("start",)).start()


class BrokersFrozen(Scenario):
    """the broker is frozen"""
    minutes = 16

    def begin(self):
        self.broker.verb("pause")

    def close(self):
        self.broker.verb("resume")
        super().close()


class ProgramFrozen(Scenario):
    """the program is frozen"""

    def begin(self):
        self.program.process.send_signal(signal.SIGSTOP)


class SomeDeadLetters(Scenario):
    """four of a hundred messages are no articles"""
    minutes = 28

    def begin(self):
        self.feed.broken = 4


class FewMessagesMostlyDeadLetters(Scenario):
    """all messages are no articles, too few of them to halt"""

    def begin(self):
        self.feed.broken = 100


class MostlyDeadLetters(FewMessagesMostlyDeadLetters):
    """all messages are no articles"""
    per_second = 40


class DeadLettersRefused(Scenario):
    """the dead-letter topic takes nothing, and some messages are no articles"""
    minutes = 24

    def begin(self):
        self.broker.tool("kafka.admin.ConfigCommand", "--alter", "--entity-type", "topics", "--entity-name", "articles-dead", "--add-config",
                         "max.message.bytes=1")
        self.feed.broken = 4


class InputGone(Scenario):
    """messages are deleted before they are read, and the program is told to go on"""
    more = ("--on-gap", "continue")
    minutes = 10

    def begin(self):
        self.program.process.send_signal(signal.SIGSTOP)
        time.sleep(8)
        deletion = self.folder / "deletion.json"
        everything = [{"topic": "articles", "partition": partition, "offset": -1} for partition in range(4)]
        deletion.write_text(json.dumps({"partitions": everything, "version": 1}))
        self.broker.tool("org.apache.kafka.tools.DeleteRecordsCommand", "--offset-json-file", str(deletion))
        self.program.process.send_signal(signal.SIGCONT)


class InputGoneAndStopped(InputGone):
    """messages are deleted before they are read, and the program ends"""
    more = ()


class WrongLexicon(Scenario):
    """the lexicon becomes wrong, and the program is told to read it again"""
    minutes = 8

    def prepare(self):
        (self.folder / "lexicon").mkdir()
        shutil.copy(ROOT / "lexicon/terms.tsv", self.folder / "lexicon")
        self.more = ("--lexicon", str(self.folder / "lexicon"))

    def begin(self):
        (self.folder / "lexicon/terms.tsv").write_text("no such column\n")
        self.program.process.send_signal(signal.SIGHUP)


class MembersComeAndGo(Scenario):
    """another member of the group comes or goes every quarter of a minute"""
    minutes = 24
    other = None

    def during(self, seconds):
        if self.other is None:
            command = [*self.program.command, "--set", "run.transactional_id=other"]
            self.other = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        else:
            self.other.terminate()
            self.other = None

    def close(self):
        if self.other:
            self.other.kill()
        super().close()


class SmallQuota(Scenario):
    """the broker lets us write five hundred bytes a second"""
    minutes = 28
    per_second = 10

    def begin(self):
        self.broker.tool("kafka.admin.ConfigCommand", "--alter", "--entity-type", "clients", "--entity-default", "--add-config",
                         "producer_byte_rate=500")


def name_of(scenario):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", scenario.__name__).lower()


def run(scenario, program):
    with tempfile.TemporaryDirectory(prefix="ceasewire-recording-") as folder:
        one = scenario(program, pathlib.Path(folder))
        try:
            one.record(ROOT / f"tests/deploy/recorded/{name_of(scenario)}.yml")
            print(name_of(scenario), one.notes, flush=True)
        finally:
            one.close()


def main():
    everything = {name_of(scenario): scenario for scenario in [*Scenario.__subclasses__(), MostlyDeadLetters, InputGoneAndStopped]}
    wanted = sys.argv[2:] or everything
    threads = [threading.Thread(target=run, args=(everything[name], sys.argv[1])) for name in wanted]
    for thread in threads:
        thread.start()
        time.sleep(10)  # one broker after the other
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
