"""Starts what is measured, and stops it: the bare server, the portal, private databases."""

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
# A limit would be measured instead of the portal.
NO_LIMITS = {
    "YIMEN_LIMITS_REQUESTS_PER_MINUTE": "1000000000",
    "YIMEN_LIMITS_SEARCHES_PER_MINUTE": "1000000000",
    # Those who sign in say where they come from: from one address nobody may do so often.
    "YIMEN_SERVER_TRUSTED_PROXIES": '["127.0.0.1"]',
}


def build():
    """Builds release binaries and names their folder."""
    programs = ["yimen", "yimen-bench-hello", "yimen-bench-gateway"]
    command = ["cargo", "build", "--release", "--quiet", *(word for name in programs for word in ("--package", name))]
    subprocess.run(command, cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(port, path, headers=()):
    """The whole answer to one request, head and body as they came over the network."""
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", *headers, "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def wait_for(process, port, path):
    """Waits for the first good answer, looking often: the time it takes is what some callers measure."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended at once with {process.returncode}")
        try:
            if get(port, path).startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            pass
        time.sleep(0.001)
    raise RuntimeError(f"{process.args[0]} gave no good answer within {PATIENCE} s")


@contextmanager
def running(command, port, environment=None, path="/"):
    process = subprocess.Popen([str(word) for word in command], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(process, port, path)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def hello(folder):
    port = free_port()
    return port, running([folder / "yimen-bench-hello", port], port)


def plain_environment():
    """The environment without settings of a portal."""
    ours = ("YIMEN_", "DATABASE_URL", "REDIS_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def portal(folder, data, settings=None):
    """A demo city in `data`; `settings` may name another database and cache."""
    port = free_port()
    environment = {**plain_environment(), **NO_LIMITS, **(settings or {})}
    command = [folder / "yimen", "demo", "--data", data, "--listen", f"127.0.0.1:{port}"]
    return port, running(command, port, environment)


@contextmanager
def databases():
    """The private PostgreSQL and Redis of the tests, as settings for a portal."""
    command = [ROOT / "tests" / "run", "--servers", "--no-browser"]
    servers = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said = {}
        for line in servers.stdout:
            if found := re.match(r"export \w+=((\w+)://\S+)", line):
                said[found[2]] = found[1]
            if line.startswith("Ctrl-C"):
                break
        if not {"postgres", "redis"} <= said.keys():
            raise RuntimeError("tests/run --servers did not start PostgreSQL and Redis")
        postgres = said["postgres"]
        subprocess.run(["psql", "-q", f"{postgres}/postgres", "-c", "CREATE DATABASE bench"], check=True)
        yield {"YIMEN_DATABASE_URL": f"{postgres}/bench", "YIMEN_CACHE_URL": said["redis"]}
    finally:
        os.killpg(servers.pid, signal.SIGTERM)
        servers.wait()
