"""Whether the program was built as cmake/rooms.cmake means it: what the compiler and the linker leave behind is read from the file.

The first argument is the program. The samples below are built with the same flags less one each, which has to be seen.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/ceasewire")
ON_X86 = os.uname().machine == "x86_64"

LANDING = bytes.fromhex("f30f1efa")  # endbr64, the only place where an indirect call may land
PROBE = bytes.fromhex("48830c2400")  # orq $0, (%rsp): a page of a large frame is touched before the next is taken; text/stem.cpp has such a frame


def readelf(option, path):
    return subprocess.run(["readelf", "-W", option, path], check=True, capture_output=True, text=True, timeout=120, env={**os.environ, "LC_ALL": "C"}).stdout


class Code:
    """The .text section of a program."""

    def __init__(self, path):
        found = re.search(r"\] \.text +PROGBITS +(\w+) (\w+) (\w+)", readelf("-S", path))
        self.address, offset, size = (int(number, 16) for number in found.groups())
        self.bytes = pathlib.Path(path).read_bytes()[offset : offset + size]

    def begins_with(self, address, wanted):
        return self.bytes[address - self.address :].startswith(wanted) if address >= self.address else False


def own_functions(path):
    """Name and address of what other files of the program may call: main and the functions of namespace ceasewire."""
    symbol = re.compile(r"^ *\d+: (\w+) +\S+ FUNC +GLOBAL \w+ +\d+ (main|_ZNK?9ceasewire\w*)$", re.M)
    return [(name, int(address, 16)) for address, name in symbol.findall(readelf("-s", path))]


def missing(path):
    """What the program lacks, by the flag that would give it."""
    dynamic, segments, symbols = readelf("-d", path), readelf("-l", path), readelf("--dyn-syms", path)
    stack = re.search(r"GNU_STACK.* ([RWE ]{3}) 0x\w+$", segments, re.M)
    has = {
        "-pie": "(Position-Independent Executable" in readelf("-h", path) and re.search(r"FLAGS_1.*\bPIE\b", dynamic),
        "-z relro": "GNU_RELRO" in segments,
        "-z now": re.search(r"\(FLAGS\).*BIND_NOW|FLAGS_1.*\bNOW\b", dynamic),
        "-z noexecstack": stack and "E" not in stack[1],
        "no segment to write and to run": not re.search(r"^ +LOAD .* RWE ", segments, re.M),
        "no TEXTREL": "TEXTREL" not in dynamic,
        "-fstack-protector-strong": "__stack_chk_fail" in symbols,
        "-D_FORTIFY_SOURCE": re.search(r"UND __(?!stack)\w+_chk@", symbols),
    }
    if ON_X86:
        code = Code(path)
        functions = own_functions(path)
        has["-fcf-protection"] = functions and all(code.begins_with(address, LANDING) for _, address in functions)
        has["-fstack-clash-protection"] = PROBE in code.bytes
    return [flag for flag, found in has.items() if not found]


class Program(unittest.TestCase):
    def test_it_has_everything(self):
        self.assertEqual(missing(PROGRAM), [])

    @unittest.skipUnless(ON_X86, "the bytes are those of x86-64")
    def test_its_rooms_were_all_compiled_so(self):
        # One room built without the flags would be found by its name.
        code = Code(PROGRAM)
        functions = own_functions(PROGRAM)
        self.assertGreater(len(functions), 200)
        self.assertEqual([name for name, address in functions if not code.begins_with(address, LANDING)], [])


SAMPLE = """
#include <cstdio>
#include <cstring>
namespace ceasewire {
void copy(char* to, const char* from, unsigned long size);
[[gnu::noinline]] void copy(char* to, const char* from, unsigned long size) {
    char kept[20000];
    std::memcpy(kept, from, size);
    std::memcpy(to, kept, size);
}
}  // namespace ceasewire
int main(int count, char** arguments) {
    char to[100];
    ceasewire::copy(to, arguments[0], static_cast<unsigned long>(count));
    std::printf("%c", to[0]);
}
"""

FLAGS = {
    "-pie": ("-fPIE -pie", "-fno-pie -no-pie"),
    "-z relro": ("-Wl,-z,relro", "-Wl,-z,norelro"),
    "-z now": ("-Wl,-z,now", "-Wl,-z,lazy"),
    "-z noexecstack": ("-Wl,-z,noexecstack", "-Wl,-z,execstack"),
    "-fstack-protector-strong": ("-fstack-protector-strong", "-fno-stack-protector"),
    "-D_FORTIFY_SOURCE": ("-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2", "-U_FORTIFY_SOURCE"),
}
if ON_X86:
    FLAGS["-fcf-protection"] = ("-fcf-protection=full", "-fcf-protection=none")
    FLAGS["-fstack-clash-protection"] = ("-fstack-clash-protection", "-fno-stack-clash-protection")


class ALackIsSeen(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        (self.folder / "sample.cpp").write_text(SAMPLE)

    def built(self, without=None):
        flags = " ".join(weak if flag == without else strong for flag, (strong, weak) in FLAGS.items())
        program = self.folder / "sample"
        subprocess.run(["g++", "-O2", *flags.split(), "-o", program, self.folder / "sample.cpp"], check=True, timeout=120)
        return program

    def test_the_whole_sample_lacks_nothing(self):
        self.assertEqual(missing(self.built()), [])

    def test_each_flag_that_is_left_out_is_named(self):
        for flag in FLAGS:
            with self.subTest(flag):
                self.assertEqual(missing(self.built(without=flag)), [flag])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
