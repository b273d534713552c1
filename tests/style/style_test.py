"""What STYLE.md's table says about includes, checked over every #include of src/, and a few habits that a compiler does not see.

The first argument is the folder of the sources, the others are unittest's.
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]

CORE = {"base", "text", "lexicon", "article", "syntax", "analysis", "record", "enrich"}

# The table of STYLE.md. A new room changes that table, this one and ARCHITECTURE.md.
MAY_INCLUDE = {
    "base": set(),
    "text": {"base"},
    "lexicon": {"base", "text"},
    "article": {"base", "text"},
    "syntax": {"base", "text"},
    "analysis": {"base", "text", "lexicon", "syntax"},
    "record": {"base", "text", "lexicon", "article", "syntax", "analysis"},
    "enrich": CORE - {"enrich"},
    "stream": CORE,
    "kafka": {"base", "stream"},
    "metrics": {"base", "stream"},
    "show": {"base", "text", "record"},
    "config": {"base"},
    "app": CORE | {"stream", "kafka", "metrics", "show", "config"},
}

# Which rooms may know an outside library, by the beginning of its headers' names.
LIBRARIES = {
    "simdjson": {"article"},
    "gumbo": {"article"},
    "xxhash": {"article", "analysis", "record"},
    "utf8proc": {"text", "show"},
    "librdkafka/": {"kafka"},
    "prometheus/": {"metrics"},
    "civetweb": {"metrics"},
    "CivetServer": {"metrics"},
    "toml++/": {"config"},
    "spdlog/": {"app"},
    "fmt/": {"app"},
    "CLI/": {"app"},
    "zlib": {"app"},
    "openssl/": {"stream"},
}

SYSTEM = {"arpa/inet.h", "dirent.h", "dlfcn.h", "fcntl.h", "netdb.h", "netinet/in.h", "netinet/tcp.h", "poll.h", "pthread.h", "sched.h", "signal.h", "sys/eventfd.h",
          "sys/ioctl.h", "sys/mman.h", "sys/resource.h", "sys/signalfd.h", "sys/socket.h", "sys/stat.h", "sys/syscall.h", "sys/time.h", "sys/timerfd.h",
          "sys/types.h", "sys/un.h", "sys/wait.h", "termios.h", "threads.h", "unistd.h", "immintrin.h", "emmintrin.h", "arm_neon.h"}
NOT_IN_THE_CORE = {"ctime", "random", "thread", "mutex", "condition_variable", "atomic", "iostream", "locale", "filesystem", "fstream",
                   "sys/time.h", "unistd.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp") and "build" not in path.relative_to(ROOT).parts:
                yield path


def includes(path):
    text = path.read_text()
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] == '"', match[2]


def problems_of(path, room, line, ours, name):
    """What is wrong with one #include, or nothing."""
    place = f"{path.relative_to(ROOT)}:{line}: "
    if ours:
        other = name.split("/")[0]
        if "/" not in name or other not in MAY_INCLUDE:
            return [place + f'"{name}" is not named from src/ (room/file.h)']
        if not (ROOT / "src" / name).exists():
            return [place + f'there is no src/{name}']
        if other != room and other not in MAY_INCLUDE[room]:
            return [place + f"{room} may not include {other}"]
        return []
    for prefix, rooms in LIBRARIES.items():
        if name.startswith(prefix):
            return [] if room in rooms else [place + f"<{name}> belongs to {' and '.join(sorted(rooms))} only"]
    if "/" in name or name.endswith((".h", ".hpp")):
        if name not in SYSTEM:
            return [place + f"<{name}>: an outside library that no room owns (tests/style/style_test.py lists them)"]
    if room in CORE and name in NOT_IN_THE_CORE:
        return [place + f"<{name}>: the core has no randomness, threads, files or locale"]
    return []


class Includes(unittest.TestCase):
    def test_the_rooms_are_those_of_the_table(self):
        rooms = {path.name for path in (ROOT / "src").iterdir() if path.is_dir() and any(path.iterdir())}
        self.assertLessEqual(rooms, set(MAY_INCLUDE))
        for room, others in MAY_INCLUDE.items():
            self.assertNotIn(room, others)
        order = list(MAY_INCLUDE)
        for room, others in MAY_INCLUDE.items():
            for other in others:
                self.assertLess(order.index(other), order.index(room), "arrows point up the table only")

    def test_every_include_of_src_goes_by_the_table(self):
        found = []
        for path in sources("src"):
            room = path.relative_to(ROOT / "src").parts[0]
            for line, ours, name in includes(path):
                found += problems_of(path, room, line, ours, name)
        self.assertEqual(found, [])

    def test_the_check_itself_sees_wrong_includes(self):
        path = ROOT / "src/text/x.cpp"
        for room, ours, name, wrong in (("text", True, "lexicon/lexicon.h", True), ("lexicon", True, "text/utf8.h", False), ("text", True, "utf8.h", True),
                                        ("kafka", False, "librdkafka/rdkafka.h", False), ("app", False, "librdkafka/rdkafka.h", True),
                                        ("config", True, "kafka/settings.h", True), ("text", False, "thread", True), ("stream", False, "thread", False),
                                        ("text", False, "vector", False), ("text", False, "boost/any.hpp", True), ("kafka", True, "config/config.h", True),
                                        ("app", True, "base/nonexistent.h", True)):
            if ours and name == "kafka/settings.h" or (ROOT / "src" / name).exists() or not ours or wrong:
                self.assertEqual(bool(problems_of(path, room, 1, ours, name)), wrong, (room, name))

    def test_libraries_are_linked_by_their_rooms_only(self):
        """A room's CMakeLists.txt names outside libraries after LIBRARIES; the same list holds for it."""
        names = {"simdjson": "simdjson", "GUMBO": "gumbo", "XXHASH": "xxhash", "UTF8PROC": "utf8proc", "RDKAFKA": "librdkafka/", "prometheus-cpp": "prometheus/",
                 "tomlplusplus": "toml++/", "spdlog": "spdlog/", "CLI11": "CLI/", "ZLIB": "zlib"}
        found = []
        for path in sorted((ROOT / "src").glob("*/CMakeLists.txt")):
            text = re.sub(r"#.*", "", path.read_text())
            for target, library in names.items():
                if re.search(rf"\b{re.escape(target)}\b", text) and path.parent.name not in LIBRARIES[library]:
                    found.append(f"{path.relative_to(ROOT)}: {target} is not for {path.parent.name}")
        self.assertEqual(found, [])

    def test_a_source_includes_its_own_header_first(self):
        found = []
        for path in sources("src"):
            if path.suffix != ".cpp" or not path.with_suffix(".h").exists():
                continue
            own = str(path.with_suffix(".h").relative_to(ROOT / "src"))
            first = next(includes(path), None)
            if first is None or first[2] != own:
                found.append(f"{path.relative_to(ROOT)}: include \"{own}\" first")
        self.assertEqual(found, [])


class Names(unittest.TestCase):
    def test_files_that_are_compiled_together_give_a_constant_its_own_name(self):
        """A first build and the sanitizer presets compile a room's files as one (cmake/rooms.cmake); the daily build does not see a clash."""
        constant = re.compile(r"^(?:inline )?constexpr [^=({;]*?\b(k[A-Z]\w*)\s*[\[={]", re.M)
        found = []
        for folder in sorted({path.parent for path in sources("src", "tests")}):
            build = folder / "CMakeLists.txt"
            rules = build.read_text() if build.exists() else ""
            if not rules or "ceasewire_apart" in rules:
                continue
            alone = " ".join(line for line in rules.splitlines() if line.lstrip().startswith("set_source_files_properties("))
            first = {}
            for path in sorted(folder.glob("*.cpp")):
                if path.name in alone:
                    continue
                for name in constant.findall(path.read_text()):
                    if first.setdefault(name, path) != path:
                        found.append(f"{path.relative_to(ROOT)}: {name} is also in {first[name].name}")
        self.assertEqual(found, [])


class Habits(unittest.TestCase):
    def test_headers_have_pragma_once_and_say_what_they_are_for(self):
        found = []
        for path in sources("src"):
            if path.suffix != ".h":
                continue
            before_code = re.match(r"(?://[^\n]*\n|#pragma once\n|\n)*", path.read_text())[0]
            if "#pragma once" not in before_code and not path.stem.endswith("_body"):  # a body is included several times
                found.append(f"{path.relative_to(ROOT)}:1: #pragma once goes before any code")
            if "// " not in before_code:
                found.append(f"{path.relative_to(ROOT)}:1: a header opens with what it is for")
        self.assertEqual(found, [])

    def test_the_core_neither_prints_nor_throws_nor_looks_at_a_clock(self):
        banned = re.compile(r"\b(std::cout|std::cerr|printf|fprintf|getenv|setlocale|rand)\s*[(<]|\b(steady|system|high_resolution)_clock\b|\bthrow\b\s+[A-Za-z]")
        allowed = {"src/base/assert.cpp"}
        found = []
        for path in sources(*(f"src/{room}" for room in sorted(CORE))):
            if str(path.relative_to(ROOT)) in allowed:
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if banned.search(line.split("//")[0]):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
        self.assertEqual(found, [])

    def test_no_file_names_a_machine_it_was_written_on(self):
        banned = re.compile(r"/work/(wt|main|shared)\b|/root/|/home/[a-z]+/|\.internal\b")
        found = []
        for pattern in ("*.md", "*.cpp", "*.h", "*.py", "*.cmake", "CMakeLists.txt", "*.json", "*.toml", "*.yml", "*.yaml", "*.service", "NOTICE", "dev", "Dockerfile"):
            for path in ROOT.rglob(pattern):
                if {"build", ".git", "lexicon", "golden"} & set(path.relative_to(ROOT).parts) or path == pathlib.Path(__file__).resolve() or not path.is_file():
                    continue
                for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                    if banned.search(line):
                        found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
        self.assertEqual(found, [])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        del sys.argv[1]
    unittest.main()
