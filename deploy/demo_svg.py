#!/usr/bin/python3
"""Makes the README's picture of the demo out of a real run: `deploy/demo_svg.py build/release/ceasewire > deploy/demo.svg`.

The program runs on a pseudo-terminal, so what is drawn is what it prints there, colours included. Whole blocks are left out (marked by
dots) to keep the picture short; no line is changed.

The other picture is a browser's of `ceasewire explain deploy/explain.json --html page.html`: chromium --headless --hide-scrollbars
--window-size=1280,900 --screenshot=deploy/explain.png page.html
"""

import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata

COLUMNS = 92
# Blocks (stretches without an empty line) that are shown: those that match one of these.
SHOWN = [
    r"A Kafka broker is up",
    r"^Mediators hand over final draft", r"The Washington Post quoted a senior Egyptian",
    r"^Putin backs 30-day truce", r"Any halt in fighting would have to be",
    r"dead letter bad_json at byte 72",
    r"no claim    Late header",
    r"^Sudan’s army and RSF sign", r"The RSF accused the army", r"^Israel says Gaza truce back", r"Axios reported that",
    r"articles      \d",
    r"^Look further",
]
DOTS = ["\x1b[2m             ⋮\x1b[0m"]
CELL = 8.0  # width of a column in pixels
LINE = 19.0
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
PLAIN, DIM, BRIGHT = "#c9d1d9", "#8b949e", "#ffffff"
COLOURS = {"32": "#56d364", "31": "#ff7b72", "33": "#e3b341", "36": "#56d4dd"}


def run(program):
    """What the demo writes to a terminal of COLUMNS columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR" and not name.startswith("CEASEWIRE_")}
    process = subprocess.Popen([program, "demo"], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env={**environment, "TERM": "xterm"})
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        seen += piece
    if process.wait() != 0:
        sys.exit(f"{program} demo ended with status {process.returncode}")
    return seen.decode().replace("\r\n", "\n")


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def shown_lines(text):
    blocks = re.split(r"\n\n+", text.strip("\n"))
    kept = []
    for block in blocks:
        flat = re.sub(r"\n\s*│? *", " ", plain(block))
        if any(re.search(pattern, flat) for pattern in SHOWN):
            kept.append(block.split("\n"))
        elif kept and kept[-1] != DOTS:
            kept.append(DOTS)
    lines = ["\x1b[1m$ ceasewire demo\x1b[0m", ""]
    for block in kept:
        lines += [*block, ""]
    return lines[:-1]


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def spans(line):
    """(text, colour, bold, underlined) of a line with its escape sequences."""
    colour, bold, under = PLAIN, False, False
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b"):
            codes = piece[2:-1].split(";")
            if codes == ["0"]:
                colour, bold, under = PLAIN, False, False
            for code in codes:
                bold = bold or code == "1"
                under = under or code == "4"
                colour = COLOURS.get(code, DIM if code == "2" else BRIGHT if code == "1" and colour == PLAIN else colour)
        elif piece:
            yield piece, colour, bold, under


def svg(lines):
    width = COLUMNS * CELL + 40
    height = len(lines) * LINE + 64
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" aria-labelledby="t d">',
        '<title id="t">ceasewire demo in a terminal</title>',
        '<desc id="d">The demo prints each ceasefire claim with its act, who makes it, its terms, its chain of sources and its sentence, then a summary.</desc>',
        f'<rect width="{width:g}" height="{height:g}" rx="10" fill="#0d1117"/>',
        *(f'<circle cx="{24 + 20 * i}" cy="20" r="6" fill="{fill}"/>' for i, fill in enumerate(("#ff5f57", "#febc2e", "#28c840"))),
        f'<g font-family="{FONT}" font-size="13.3" fill="{PLAIN}" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        column = 0
        y = 56 + number * LINE
        for text, colour, bold, under in spans(line):
            leading = len(text) - len(text.lstrip(" "))
            body = text.strip(" ")
            x = 20 + (column + leading) * CELL
            column += columns(text)
            if not body:
                continue
            size = columns(body)
            attributes = f' fill="{colour}"' if colour != PLAIN else ""
            attributes += ' font-weight="bold"' if bold else ""
            attributes += ' text-decoration="underline"' if under else ""
            drawn = html.escape(body, quote=False).replace(" ", "\u00a0")
            # textLength keeps the columns whatever font the reader has.
            out.append(f'<text x="{x:g}" y="{y:g}" textLength="{size * CELL:g}" lengthAdjust="spacingAndGlyphs"{attributes}>{drawn}</text>')
    return "\n".join([*out, "</g>", "</svg>", ""])


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    sys.stdout.write(svg(shown_lines(run(os.path.abspath(sys.argv[1])))))


if __name__ == "__main__":
    main()
