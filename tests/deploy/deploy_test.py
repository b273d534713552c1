"""What can be tried of deploy/ without a container engine or a running systemd. The first argument is the program."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else str(ROOT / "build/dev/ceasewire")


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, **more)
    return done.returncode, done.stdout.decode()


def settings_of(unit):
    pairs = (line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    return {name: value for name, value in pairs}


class Systemd(unittest.TestCase):
    def setUp(self):
        self.unit = (DEPLOY / "ceasewire.service").read_text()
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        # verify wants the program to be there
        self.copy = pathlib.Path(holder.name) / "ceasewire.service"
        self.copy.write_text(self.unit.replace("/usr/bin/ceasewire", PROGRAM))

    def test_the_unit_is_right(self):
        # An unknown key is only a warning with status 0: any output is a failure.
        self.assertEqual(run("systemd-analyze", "verify", "--man=no", self.copy), (0, ""))

    def test_a_slip_in_the_unit_would_be_seen(self):
        self.copy.write_text(self.copy.read_text().replace("RestartSec=", "RestartSecs="))
        self.assertIn("Unknown key", run("systemd-analyze", "verify", "--man=no", self.copy)[1])

    def test_the_unit_is_locked_down(self):
        code, output = run("systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager", self.copy)
        self.assertEqual(code, 0, output[-300:])

    def test_the_unit_agrees_with_the_program(self):
        settings = settings_of(self.unit)
        listed = (ROOT / "src/app/exit_codes.h").read_text()
        for code in settings["RestartPreventExitStatus"].split():
            self.assertRegex(listed, rf"= {code},", f"exit status {code}")
        self.assertEqual(settings["ExecReload"], "/bin/kill -HUP $MAINPID")
        self.assertIn("SIGHUP", (ROOT / "src/app/signals.cpp").read_text())
        default = re.search(r'#shutdown_budget = "(\d+) s"', (DEPLOY / "ceasewire.toml").read_text())
        self.assertGreaterEqual(int(settings["TimeoutStopSec"]), int(default[1]) + 10)


class Prometheus(unittest.TestCase):
    def test_configuration_and_rules_are_right(self):
        code, output = run("promtool", "check", "config", DEPLOY / "prometheus/prometheus.yml")
        self.assertEqual(code, 0, output)
        self.assertIn("16 rules found", output)

    def test_alerts_fire_when_they_should_and_not_before(self):
        code, output = run("promtool", "test", "rules", "alerts_test.yml", cwd=DEPLOY / "prometheus")
        self.assertEqual(code, 0, output)

    def test_every_alert_has_a_test_a_severity_and_words(self):
        rules = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text())["groups"][0]["rules"]
        tests = yaml.safe_load((DEPLOY / "prometheus/alerts_test.yml").read_text())["tests"]
        fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case["exp_alerts"]}
        quiet = {case["alertname"] for test in tests for case in test["alert_rule_test"] if not case["exp_alerts"]}
        for rule in rules:
            self.assertIn(rule["alert"], fired)
            self.assertIn(rule["alert"], quiet)
            self.assertIn(rule["labels"]["severity"], ("page", "ticket"))
            self.assertEqual(sorted(rule["annotations"]), ["description", "summary"])

    def test_alerts_name_metrics_that_exist(self):
        listed = sorted(ROOT.glob("tests/metrics/*metric*"))
        known = " ".join(path.read_text(errors="replace") for path in [*listed, *ROOT.glob("src/metrics/*.cpp")])
        if not known:
            self.skipTest("the metrics room is not there yet")
        for name in sorted(set(re.findall(r"\b(?:ceasewire|process)_[a-z_]+", (DEPLOY / "prometheus/alerts.yml").read_text()))):
            if not name.startswith("ceasewire_") or name != "ceasewire_":
                self.assertIn(name, known)


class Containers(unittest.TestCase):
    def setUp(self):
        self.dockerfile = (DEPLOY / "Dockerfile").read_text()
        self.stages = re.split(r"^FROM .*$", self.dockerfile, flags=re.M)[1:]

    def packages(self, stage):
        return set(re.search(r"--no-install-recommends((?:[^&\\]|\\\n)*)", self.stages[stage])[1].replace("\\\n", " ").split())

    def test_two_stages_on_debian_without_a_root_user(self):
        self.assertEqual(re.findall(r"^FROM (.*)$", self.dockerfile, re.M), ["debian:bookworm-slim AS build", "debian:bookworm-slim"])
        self.assertIn("\nUSER 10001:10001\n", self.stages[1])
        self.assertNotIn("# syntax=", self.dockerfile)

    def test_the_first_stage_installs_what_dev_installs(self):
        listed = re.search(r'\[build\]="([^"]*)"', (ROOT / "dev").read_text())[1].split()
        self.assertEqual(self.packages(0), set(listed) - {"ccache"})

    def test_the_second_stage_installs_the_libraries_that_the_program_uses(self):
        needed = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", PROGRAM)[1])
        self.assertIn("libc.so.6", needed)
        missing = []
        for library in needed:
            if library.startswith(("libasan", "libubsan", "libtsan")):
                continue
            if library.startswith("libxxhash") and "CEASEWIRE_TEST_SANITIZED" in os.environ:
                continue  # all inline in the program that ships
            owners = {line.split(":", 1)[0] for line in run("dpkg-query", "-S", f"*/{library}")[1].splitlines()}
            if not owners & ({"libc6", "libstdc++6", "libgcc-s1"} | self.packages(1)):
                missing.append(f"{library} of {' or '.join(sorted(owners))}")
        self.assertEqual(missing, [])

    def test_compose_hangs_together(self):
        compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
        services = compose["services"]
        self.assertEqual(sorted(services), ["ceasewire", "kafka", "prometheus"])
        for name, service in services.items():
            for port in service["ports"]:
                self.assertTrue(port.startswith("127.0.0.1:"), f"{name} opens {port} to the world")
            for other in service.get("depends_on", []):
                self.assertIn(other, services)
        ceasewire = services["ceasewire"]
        build = ceasewire["build"]
        self.assertTrue((DEPLOY / build["context"] / build["dockerfile"]).exists())
        flags = ceasewire["command"]
        brokers = flags[flags.index("--brokers") + 1]
        self.assertIn(f"INSIDE://{brokers}", services["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"])
        self.assertGreaterEqual(int(ceasewire["stop_grace_period"].rstrip("s")), 35)
        self.assertTrue(ceasewire["read_only"])
        self.assertEqual(ceasewire["cap_drop"], ["ALL"])
        scrape = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())["scrape_configs"][0]
        self.assertEqual(scrape["static_configs"][0]["targets"], ["ceasewire:9464"])
        self.assertIn("CEASEWIRE_METRICS_ADDRESS=0.0.0.0:9464", self.dockerfile)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        del sys.argv[1]
    unittest.main()
