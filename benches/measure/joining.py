"""An agency joins: from the description of its backend to the first live answer to a citizen, by configuration only.

Nothing here is program code of the agency's or the portal's: a description is imported, what only people can know is
written into the package, and the tools and the operator's commands do the rest. What is timed is what the machine takes;
the edits stand for an afternoon of somebody's."""

import json
import re
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from . import servers

SLUG, SERVICE, ALIAS_KEY = "parking-office", "YZ98001", "parking-key-of-32-characters-0001"
PLATE = "测A12345"
SPACE = "云江区海棠路地下停车场 B2-017"
DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "云州市停车管理中心", "version": "1"},
    "paths": {
        "/v2/spaces/query": {
            "post": {
                "operationId": "querySpaces",
                "summary": "路侧停车查询",
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["plateNo"],
                                "properties": {"plateNo": {"type": "string", "description": "号牌号码"}},
                            }
                        }
                    }
                },
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Spaces"}}},
                    }
                },
            }
        }
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}},
        "schemas": {
            "Spaces": {
                "type": "object",
                "properties": {"spaces": {"type": "array", "items": {"$ref": "#/components/schemas/Space"}}},
            },
            "Space": {
                "type": "object",
                "properties": {"place": {"type": "string", "description": "车位"}, "since": {"type": "string", "format": "date-time"}},
            },
        },
    },
}
# What a description cannot know: where in the package, what stands there, and what the agency writes.
EDITS = [
    (f"services/{SERVICE}.toml", r'^status = "draft"$', 'status = "online"'),
    # Where a car stands is anybody's to see in this city.
    (f"services/{SERVICE}.toml", r"^assurance = \d$", "assurance = 0"),
    ("agency.toml", r'^code = "X01"$', 'code = "X71"'),
]


class Backend(BaseHTTPRequestHandler):
    """The agency's program, as it has been for years."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        known = self.headers.get("x-api-key") == ALIAS_KEY
        found = [{"place": SPACE, "since": "2026-11-21T08:30:00+08:00"}] if body.get("plateNo") == PLATE else []
        answer = json.dumps({"spaces": found} if known else {"error": "key"}).encode()
        self.send_response(200 if known else 401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def walk(folder, data):
    """Goes the whole way beside a demo city that runs, and says how long each step took."""
    root = Path(data)
    root.mkdir(parents=True)
    steps = []
    backend = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{backend.server_port}"

    def step(name, *arguments, given=None, fine=(0,)):
        command = [str(word) for word in (folder / "yimen", *arguments)]
        began = time.monotonic()
        done = subprocess.run(command, cwd=root, input=given, capture_output=True, text=True)
        steps.append((name, time.monotonic() - began))
        if done.returncode not in fine:
            raise RuntimeError(f"{' '.join(command[1:])} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    city = root / "city"
    port, start = servers.portal(folder, city)
    secrets = f"api-key={ALIAS_KEY}\n"
    try:
        with start:
            (root / "parking.json").write_text(json.dumps(DESCRIPTION), encoding="utf-8")
            step("import its description", "adapter", "import", "parking.json", SLUG, "--service", SERVICE)
            began = time.monotonic()
            for path, old, new in EDITS:
                edit(root / SLUG / path, old, new)
            steps.append((f"{len(EDITS)} edits of the package", time.monotonic() - began))
            step("check, with faults, played", "adapter", "check", SLUG, "--faults", "--sandbox")
            real = ("--endpoint", endpoint, "--secrets")
            step("check, the real backend", "adapter", "check", SLUG, *real, given=secrets)
            step("pack", "adapter", "pack", SLUG)
            step("install", "package", "install", "--data", city, f"{SLUG}.yimen")
            bind = ("binding", "set", SLUG, f"{endpoint}/", "--data", city, "--by", "Chen Jing", "--secrets")
            step("propose the binding", *bind, given=secrets)
            step("approve the binding", "binding", "approve", SLUG, "--data", city, "--by", "Wu Min")
            began = time.monotonic()
            answer(port)
            steps.append(("first live answer on a page", time.monotonic() - began))
    finally:
        backend.shutdown()
    return steps


def edit(path, old, new):
    text, times = re.subn(old, new, path.read_text(encoding="utf-8"), flags=re.M)
    if times == 0:
        raise RuntimeError(f"{path} holds no {old}")
    path.write_text(text, encoding="utf-8")


def answer(port):
    """Asks as a citizen does, until the running city has heard of its new agency."""
    deadline = time.monotonic() + servers.PATIENCE
    path = f"/services/{SERVICE}/start?ask=1&a-plate_no={quote(PLATE)}"
    while True:
        page = servers.get(port, path).decode(errors="replace")
        if SPACE in page:
            return
        if time.monotonic() > deadline:
            raise RuntimeError(f"{path} shows no answer: {page[:400]}")
        time.sleep(0.05)
