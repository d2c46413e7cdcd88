"""What a first visit carries over the network, and how long a start takes."""

import gzip
import re
import subprocess
import time
from html.parser import HTMLParser
from statistics import median
from urllib.parse import urljoin, urlsplit

from . import process, servers

PACKED = ["Accept-Encoding: br, gzip"]
RESTING = 3


class Needs(HTMLParser):
    """The files that a page makes a browser load."""

    RELATIONS = {"stylesheet", "icon", "modulepreload", "preload"}

    def __init__(self, page):
        super().__init__()
        self.files = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link" and self.RELATIONS & set((given.get("rel") or "").split()):
            self.files.append(given.get("href"))
        elif tag in ("script", "img"):
            self.files.append(given.get("src"))
        elif tag == "use":
            self.files.append((given.get("href") or "").partition("#")[0])

    handle_startendtag = handle_starttag


def page_bytes(port, path):
    return len(servers.get(port, path, PACKED))


def first_visit(port):
    """Bytes of the home page and of everything it loads, heads of the answers included."""
    sizes = {"/": page_bytes(port, "/")}
    waiting = [("/", file) for file in Needs(text(port, "/")).files]
    while waiting:
        base, file = waiting.pop()
        address = urlsplit(urljoin(base, file or ""))
        if not file or address.scheme or address.path in sizes:
            continue
        sizes[address.path] = page_bytes(port, address.path)
        # Modules and stylesheets name what they need in turn; modules loaded on demand count too.
        if address.path.endswith((".js", ".css")):
            inside = re.findall(r"""(?:from\s*|import\s*\(?\s*|url\(\s*)["']?(\.?/[\w./-]+)""", text(port, address.path))
            waiting += [(address.path, name) for name in inside]
    return sizes


def text(port, path):
    head, _, body = servers.get(port, path, ["Accept-Encoding: gzip"]).partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" in head.lower():
        body = unchunk(body)
    return (gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body).decode()


def unchunk(body):
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        whole, body = whole + rest[:length], rest[length + 2 :]
        if length == 0:
            break
    return whole


def second_start(folder, data, times):
    """Milliseconds from starting the program on a city that is there already to its first page, the median;
    and the memory of one that has had nothing to do since."""
    taken = []
    for _ in range(times):
        _, start = servers.portal(folder, data)
        began = time.monotonic()
        with start as city:
            taken.append((time.monotonic() - began) * 1000)
            if len(taken) == times:
                time.sleep(RESTING)
                resting = process.memory_bytes(city.pid)
    return median(taken), resting


def machine():
    """Where this was measured, in a few words."""
    model = subprocess.run(
        "sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1; nproc", shell=True, capture_output=True, text=True
    ).stdout.split("\n")
    return f"{model[1]} × {model[0] or 'unknown processor'}"
