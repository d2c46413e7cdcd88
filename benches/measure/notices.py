"""An outbox full of notices: how many a second leave the house, to a provider on this machine that takes everything at once."""

import json
import sqlite3
import subprocess
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from . import people, servers

PHONE = "19911112222"
PATIENCE = 600
# A notice of somebody's own, kept for each of so many: state, reason and when it was settled stand for themselves.
WAY = "citizen_id, id, notice_id, channel, contact_id, parcel, state, made_at, due_at"
JOB = "id, kind, payload, unique_key, priority, run_at, give_up_at, created_at"


def of(folder, data, settings, notices):
    """Notices sent in a second, from an outbox of so many."""
    database = (Postgres if settings.get("YIMEN_DATABASE_URL", "").startswith("postgres") else Sqlite)(settings, data)
    settings = {**settings, "YIMEN_DATABASE_URL": database.url}
    with provider() as (own, messages):
        port, start = servers.portal(folder, data, {**settings, **sms(own)})
        with start:
            register(port, own, messages)
            wait(lambda: database.ask(f"SELECT count(*) FROM notice_ways WHERE {OPEN}")[0] > 0, "a notice that waits")
    database.fill(notices)
    hello_port, start_hello = servers.hello(folder)
    with start_hello:
        port, start = servers.portal(folder, data, {**settings, **sms(hello_port)})
        with start:
            left = "SELECT count(*) FROM jobs WHERE kind = 'notices.send'"
            wait(lambda: database.ask(left)[0] == 0, "an outbox that is empty")
    sent, first, last, of_first = database.sent()
    if sent < notices:
        raise RuntimeError(f"{sent} of {notices} were sent")
    # The first set's moment is that of its end.
    return (sent - of_first) / (last - first)


OPEN = "channel = 'sms' AND parcel IS NOT NULL"


def sms(port):
    """One plain address in the place of the demo's carriers."""
    address = f"http://127.0.0.1:{port}/messages"
    none = {"YIMEN_SMS_CARRIER": "", "YIMEN_SMS_SECOND_CARRIER": ""}
    return {"YIMEN_SMS_ADDRESS": address, "YIMEN_SMS_KEY": "key", **none}


def wait(is_so, what):
    patience = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > patience:
            raise RuntimeError(f"there was never {what}")
        time.sleep(0.5)


def register(port, provider_port, messages):
    """Somebody registers, and comes back with another browser: of that a notice is on its way, which the provider puts off."""
    somebody = people.Person(port, PHONE)
    somebody.register(provider_port)
    messages.puts_off = True
    other = people.Person(port, PHONE)
    other.sign_in(other.ready())


class Messages:
    """What a provider of text messages was given."""

    def __init__(self):
        self.all = []
        self.puts_off = False


@contextmanager
def provider():
    """A provider that shows what it was given, until it puts everything off."""
    messages = Messages()

    class Answers(BaseHTTPRequestHandler):
        def answer(self, status, body):
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_POST(self):
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if messages.puts_off:
                return self.answer(503, {})
            messages.all.append(message)
            self.answer(202, {})

        def do_GET(self):
            to = parse_qs(urlsplit(self.path).query).get("to")
            self.answer(200, [message for message in messages.all if to is None or message["to"] in to])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], messages
    finally:
        server.shutdown()
        server.server_close()


def statements(notices, numbered, number, uuid, now, later):
    """The notice that waits, for so many others: each with a telephone, and with a job that takes it out of the house. What a
    parcel holds is sealed for its place and not for a person, so that one can be kept for all."""
    one = f"(SELECT * FROM notice_ways WHERE {OPEN} LIMIT 1) w"
    each = f"{number} CROSS JOIN {one}"
    payload = f"""'{{"citizen":"' || {uuid} || '","way":"' || {uuid} || '"}}'"""
    return (
        f"INSERT INTO citizens (id, state, level, name, language, created_at) SELECT {numbered}, p.state, p.level, p.name,"
        f" p.language, p.created_at FROM {each} JOIN citizens p ON p.id = w.citizen_id",
        "INSERT INTO contact_points (citizen_id, id, kind, value, created_at) SELECT"
        f" {numbered}, {numbered}, p.kind, p.value, p.created_at FROM {each} JOIN contact_points p"
        " ON p.citizen_id = w.citizen_id AND p.id = w.contact_id",
        f"INSERT INTO notice_ways ({WAY}) SELECT {numbered}, {numbered}, {numbered}, w.channel, {numbered}, w.parcel, 'waiting',"
        f" {now}, {now} FROM {each}",
        f"INSERT INTO jobs ({JOB}) SELECT {numbered}, 'notices.send', {payload}, {uuid}, 0, {now}, {later}, {now}"
        f" FROM {number}",
    )


class Sqlite:
    def __init__(self, _, data):
        self.url = f"{data}/outbox.sqlite"

    def connect(self):
        connection = sqlite3.connect(self.url, timeout=30)
        connection.create_function("numbered", 1, lambda n: n.to_bytes(16, "big"), deterministic=True)
        return connection

    def fill(self, notices):
        number = f"(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {notices}) SELECT n FROM s) s"
        uuid = "printf('00000000-0000-0000-0000-%012x', n)"
        connection = self.connect()
        try:
            with connection:
                all_of_it = statements(
                    notices, "numbered(n)", number, uuid, "datetime('now')", "datetime('now', '+5 days')"
                )
                for statement in all_of_it:
                    connection.execute(statement)
        finally:
            connection.close()

    def ask(self, question):
        connection = self.connect()
        try:
            return connection.execute(question).fetchone()
        finally:
            connection.close()

    def sent(self):
        return sent(self, "(julianday(%s(settled_at)) - 2440587.5) * 86400.0", "id <= numbered(1000000000)")


class Postgres:
    def __init__(self, settings, _):
        self.url = settings["YIMEN_DATABASE_URL"]

    def psql(self, statement):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", " ", "-v", "ON_ERROR_STOP=1", self.url, "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    def fill(self, notices):
        number = f"generate_series(1, {notices}) s (n)"
        uuid = "'00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0')"
        now = "now() AT TIME ZONE 'UTC'"
        all_of_it = statements(notices, numbered("n"), number, f"({uuid})", f"({now})", f"({now} + INTERVAL '5 days')")
        for statement in all_of_it:
            self.psql(statement)
        self.psql("VACUUM ANALYZE jobs, notice_ways, contact_points")

    def ask(self, question):
        return [float(value) for value in self.psql(question)]

    def sent(self):
        return sent(self, "extract(epoch FROM %s(settled_at))", f"id <= {numbered('1000000000')}")


def numbered(value):
    return f"decode(lpad(to_hex({value}), 32, '0'), 'hex')"


def sent(database, at, ours):
    """How many of ours were sent, when the first and the last, and how many at the first moment."""
    those = f"FROM notice_ways WHERE state = 'sent' AND {ours}"
    first = f"(SELECT count(*) {those} AND settled_at = (SELECT min(settled_at) {those}))"
    count, first_at, last_at, of_first = database.ask(
        f"SELECT count(*), {at % 'min'}, {at % 'max'}, {first} {those}"
    )
    return int(count), float(first_at), float(last_at), int(of_first)
