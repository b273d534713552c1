"""The alerts on what was recorded while something went wrong (record_alerts.py): which of them tell, and that none told before."""

import pathlib
import subprocess
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests/deploy/recorded"
RULES = ROOT / "deploy/prometheus/alerts.yml"
CALM = 2.75  # minutes; nothing has gone wrong yet

# Minutes after the beginning, and the alerts that are on then.
EXPECTED = {
    "brokers_away": {8: {"CeasewireBrokersSilent"}, 15.5: set()},
    "brokers_frozen": {8: {"CeasewireBrokersSilent"}, 15.5: {"CeasewireBrokersSilent"}},
    "dead_letters_refused": {8: {"CeasewireStalled"}, 13: {"CeasewireStalled", "CeasewireStale"}, 23: {"CeasewireRestartLoop"}},
    "few_messages_mostly_dead_letters": {11: {"CeasewireMostlyDeadLetters"}},
    "input_gone": {5: {"CeasewireInputGone"}},
    "input_gone_and_stopped": {9: {"CeasewireDown"}},
    "members_come_and_go": {15: {"CeasewireRebalanceStorm"}},
    "mostly_dead_letters": {11: {"CeasewireMostlyDeadLetters", "CeasewireHalted"}},
    "program_frozen": {9: {"CeasewireDown"}},
    "small_quota": {8: {"CeasewireStalled"}, 15: {"CeasewireStalled", "CeasewireStale"}},
    "some_dead_letters": {20: {"CeasewireDeadLetters"}},
    "wrong_lexicon": {5: {"CeasewireLexiconNotReloaded"}},
}


def firing_at(minutes, alerts):
    labels = [{"labels": f'{{alertname="{alert}"}}', "value": 1} for alert in sorted(alerts)]
    return {"expr": 'count by (alertname) (ALERTS{alertstate="firing"}) > bool 0', "eval_time": f"{round(minutes * 60)}s", "exp_samples": labels}


def promtool(tests, interval):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "test.yml"
        path.write_text(yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": interval, "tests": tests}))
        done = subprocess.run(["promtool", "test", "rules", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        return done.returncode, done.stdout


class Recorded(unittest.TestCase):
    def test_each_recording_has_its_expectation(self):
        self.assertEqual(sorted(path.stem for path in RECORDED.glob("*.yml")), sorted(EXPECTED))

    def test_the_right_alerts_tell(self):
        for name, times in EXPECTED.items():
            with self.subTest(name):
                recording = yaml.safe_load((RECORDED / f"{name}.yml").read_text())
                interval = recording["interval"]
                cases = [firing_at(CALM, ())] + [firing_at(minutes, alerts) for minutes, alerts in times.items()]
                test = {"interval": interval, "input_series": recording["input_series"], "promql_expr_test": cases}
                code, output = promtool([test], interval)
                self.assertEqual(code, 0, output)


if __name__ == "__main__":
    unittest.main()
