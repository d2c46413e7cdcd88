"""A day on which much comes due: how fast it is found and put into the queue, among so many documents."""

import sqlite3
import subprocess
import time
from datetime import date, datetime, timedelta, timezone

from . import servers

# Of all documents, so many have a reminder that has come due: a catch-up after a long holiday.
DUE = 200_000
# The others come due over so many days from tomorrow.
DAYS = 2_500
COLUMNS = (
    "citizen_id, id, source, source_id, matter, about, due_on, closes_on, last_chance_on, since_on, rule_plan,"
    " settled, next_look, made_at, changed_at"
)
CITY = timezone(timedelta(hours=8))


def of(folder, data, settings, documents):
    """Deadlines found and queued in a second, among so many documents."""
    environment = {
        **servers.plain_environment(),
        **settings,
        "YIMEN_KEYS_FILE": f"{data}/keys",
        # What is found is to be measured, not what is done with it beside.
        "YIMEN_JOBS_RUNNERS": "1",
    }
    for command in (["keys", "new"], ["migrate"]):
        subprocess.run([folder / "yimen", *command], env=environment, cwd=data, check=True, stdout=subprocess.DEVNULL)
    database = (Postgres if settings["YIMEN_DATABASE_URL"].startswith("postgres") else Sqlite)(settings["YIMEN_DATABASE_URL"])
    database.fill(documents, datetime.now(CITY).date())
    port = servers.free_port()
    environment["YIMEN_SERVER_LISTEN"] = f"127.0.0.1:{port}"
    with servers.running([folder / "yimen", "serve"], port, environment, "/health/live"):
        patience = time.monotonic() + 600
        while database.one("SELECT count(*) FROM deadlines WHERE next_look <= CURRENT_DATE") > 0:
            if time.monotonic() > patience:
                raise RuntimeError("what came due is not found")
            time.sleep(0.2)
    found, first, last, of_last = database.found()
    if found != DUE:
        raise RuntimeError(f"{found} of {DUE} were found")
    # The last set's moment is that of its beginning.
    return (found - of_last) / (last - first)


def row(number, today):
    """A document that ends some day, and of which people are reminded 60, 30 and 7 days before."""
    ahead = 30 if number < DUE else 31 + number % DAYS
    ends = today + timedelta(days=ahead)
    look = today if number < DUE else today + timedelta(days=1 + number % DAYS)
    identity = number.to_bytes(16, "big")
    made = "2026-01-01 00:00:00"
    days = [(ends + timedelta(days=more)).isoformat() for more in (0, 1, 0)]
    return (
        (number // 10).to_bytes(16, "big"), identity, "own", identity.hex(), "plan", "", *days, "2020-01-01", "60,30,7",
        1, look.isoformat(), made, made,
    )


class Sqlite:
    def __init__(self, path):
        self.path = path

    def fill(self, documents, today):
        with sqlite3.connect(self.path) as connection:
            marks = ", ".join("?" * 15)
            rows = (row(number, today) for number in range(documents))
            connection.executemany(f"INSERT INTO deadlines ({COLUMNS}) VALUES ({marks})", rows)

    def ask(self, question):
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            return connection.execute(question).fetchone()
        finally:
            connection.close()

    def one(self, question):
        return self.ask(question.replace("CURRENT_DATE", "date('now', '+8 hours')"))[0]

    def found(self):
        at = "(julianday(%s(armed_at)) - 2440587.5) * 86400.0"
        last = "(SELECT count(*) FROM reminders WHERE armed_at = (SELECT max(armed_at) FROM reminders))"
        return self.ask(f"SELECT count(*), {at % 'min'}, {at % 'max'}, {last} FROM reminders")


class Postgres:
    def __init__(self, url):
        self.url = url

    def psql(self, statement):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", " ", "-v", "ON_ERROR_STOP=1", self.url, "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    def fill(self, documents, today):
        def numbered(value):
            return f"decode(lpad(to_hex({value}), 32, '0'), 'hex')"

        ahead = f"CASE WHEN n < {DUE} THEN 30 ELSE 31 + n % {DAYS} END"
        look = f"CASE WHEN n < {DUE} THEN 0 ELSE 1 + n % {DAYS} END"
        day = f"DATE '{today.isoformat()}'"
        self.psql(
            f"INSERT INTO deadlines ({COLUMNS}) SELECT {numbered('n / 10')}, {numbered('n')}, 'own',"
            f" lpad(to_hex(n), 32, '0'), 'plan', '', {day} + ({ahead}), {day} + ({ahead}) + 1, {day} + ({ahead}),"
            f" DATE '2020-01-01', '60,30,7', 1, {day} + ({look}), now(), now() FROM generate_series(0, {documents - 1}) n"
        )
        self.psql("VACUUM ANALYZE deadlines")

    def one(self, question):
        return int(self.psql(question.replace("CURRENT_DATE", "(now() AT TIME ZONE 'Asia/Shanghai')::date"))[0])

    def found(self):
        at = "extract(epoch FROM %s(armed_at))"
        last = "(SELECT count(*) FROM reminders WHERE armed_at = (SELECT max(armed_at) FROM reminders))"
        found, first, last_at, of_last = self.psql(f"SELECT count(*), {at % 'min'}, {at % 'max'}, {last} FROM reminders")
        return int(found), float(first), float(last_at), int(of_last)
