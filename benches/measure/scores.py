"""Scorecards of a city in which very many rated: how fast their pages are, and how long a night's counting takes."""

import csv
import io
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from . import load, people, servers

CITY = timezone(timedelta(hours=8))
# The ratings were given over so many days up to yesterday.
DAYS = 365
CONNECTIONS = 16
PATIENCE = 900
# What no page of a scorecard may look into: it is counted once, at night or as it happens.
SOURCES = ("ratings", "rating_matters")
LEVELS = ("very_dissatisfied", "dissatisfied", "basically_satisfied", "satisfied", "very_satisfied")
MATTER = "citizen_id, id, kind, matter_id, reference, service, agency, ended_on, last_day, rated_at"
RATING = "id, kind, service, agency, month, level, tags, hidden, given_at, appeal_by, standing, noted"


@dataclass
class Night:
    """How long counting took, in seconds: the first time, with half a year to catch up on, and on an ordinary night."""

    first: float
    ordinary: float


def measure(folder, data, settings, ratings, hello, seconds):
    """The load of each page beside that of the bare server, the nights, and how often a page looked into a source."""
    port, start = servers.portal(folder, data, settings)
    with start:
        services = listed(port)
    database = (Postgres if settings["YIMEN_DATABASE_URL"].startswith("postgres") else Sqlite)(settings["YIMEN_DATABASE_URL"])
    database.fill(services, ratings, datetime.now(CITY).date())
    port, start = servers.portal(folder, data, settings)
    with start as portal:
        night = Night(counted(database), counted(database))
        database.run(months_before(database, datetime.now(CITY).date()))
        code, agency = services[len(services) // 2]
        cookie = people.newcomers(port, data, 1)[0].cookie()
        before = database.looked()
        found = []
        for path in (f"/quality/services/{code}", f"/quality/agencies/{agency}", "/quality", "/quality?by=district"):
            bare = load.measure(*hello, ["/"], CONNECTIONS, seconds)
            found.append((path, load.measure(portal.pid, port, [path], CONNECTIONS, seconds, 200, cookie), bare))
        return found, night, database.looked() - before


def listed(port):
    """The services that are online, each with its agency, from the open file."""
    _, _, body = servers.get(port, "/open/services.csv").partition(b"\r\n\r\n")
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    return [(row["code"], row["agency"]) for row in rows]


def counted(database):
    """Has the portal count now, and waits: the time from the claim of the job to its end."""
    database.enqueue()
    deadline, began = time.monotonic() + PATIENCE, None
    while time.monotonic() < deadline:
        waiting, claimed = database.job()
        if not waiting:
            return time.monotonic() - (began or deadline - PATIENCE)
        if claimed and began is None:
            began = time.monotonic()
        time.sleep(0.02)
    raise RuntimeError("the night's counting does not end")


def month_of(day, back=0):
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def months_before(database, today):
    """Months that were closed long ago have the figures of this one."""
    columns = database.columns()
    kept = ", ".join(columns)
    statements = []
    for back in range(1, 12):
        taken = ", ".join(f"DATE '{month_of(today, back)}'" if one == "month" else one for one in columns)
        if isinstance(database, Sqlite):
            taken = taken.replace("DATE '", "'")
        statements.append(
            f"INSERT INTO score_rows ({kept}) SELECT {taken} FROM score_rows WHERE month = '{month_of(today)}'"
            " ON CONFLICT DO NOTHING"
        )
    return statements


def level(number):
    """Nine of ten were satisfied, and each service in its own way."""
    return 1 + number % 2 if number % 10 == 0 else 3 + number % 3


class Sqlite:
    def __init__(self, path):
        self.path = path

    def run(self, statements):
        with sqlite3.connect(self.path, timeout=60) as connection:
            for statement in statements:
                connection.execute(statement)

    def fill(self, services, ratings, today):
        def matters():
            for number in range(ratings):
                (code, agency), day = services[number % len(services)], today - timedelta(days=1 + number % DAYS)
                identity = number.to_bytes(16, "big")
                last = (day + timedelta(days=30)).isoformat()
                whose = (number // 10).to_bytes(16, "big")
                yield whose, identity, "case", identity, str(number), code, agency, day.isoformat(), last, f"{day} 04:00:00"

        def given():
            for number in range(ratings):
                (code, agency), day = services[number % len(services)], today - timedelta(days=1 + number % DAYS)
                identity, month = number.to_bytes(16, "big"), day.replace(day=1).isoformat()
                bad = number % 10 == 0
                yield (
                    identity, "case", code, agency, month, level(number), "[]", "[]", f"{day} 04:00:00",
                    day.isoformat(), "counts", bad,
                )

        with sqlite3.connect(self.path, timeout=60) as connection:
            connection.executemany(f"INSERT INTO rating_matters ({MATTER}) VALUES ({marks(10)})", matters())
            connection.executemany(f"INSERT INTO ratings ({RATING}) VALUES ({marks(12)})", given())
            connection.execute("DELETE FROM service_scores")
            connection.execute(summed())
            connection.execute("ANALYZE")

    def enqueue(self):
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        row = (time.time_ns().to_bytes(16, "big"), now.isoformat(" "), (now + timedelta(days=1)).isoformat(" "), now.isoformat(" "))
        with sqlite3.connect(self.path, timeout=60) as connection:
            connection.execute(
                "INSERT INTO jobs (id, kind, payload, unique_key, priority, run_at, give_up_at, created_at)"
                " VALUES (?, 'ratings.count', '{}', '', 0, ?, ?, ?) ON CONFLICT DO NOTHING",
                row,
            )

    def job(self):
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            question = "SELECT count(*), count(leased_until) FROM jobs WHERE kind = 'ratings.count'"
            return connection.execute(question).fetchone()
        finally:
            connection.close()

    def columns(self):
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            return [row[1] for row in connection.execute("PRAGMA table_info(score_rows)")]
        finally:
            connection.close()

    def looked(self):
        """SQLite does not say which tables were read; PostgreSQL does, of the same queries."""
        return 0


class Postgres:
    def __init__(self, url):
        self.url = url

    def psql(self, statement):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", " ", "-v", "ON_ERROR_STOP=1", self.url, "-f", "-"]
        return subprocess.run(command, input=statement, check=True, capture_output=True, text=True).stdout.split()

    def run(self, statements):
        self.psql(";\n".join(statements) + ";")

    def fill(self, services, ratings, today):
        def numbered(value):
            return f"decode(lpad(to_hex({value}), 32, '0'), 'hex')"

        all_services = ", ".join(f"({at}, '{code}', '{agency}')" for at, (code, agency) in enumerate(services))
        rows = (
            f"(SELECT n, s.code, s.agency, DATE '{today}' - (1 + n % {DAYS}) AS day FROM generate_series(0, {ratings - 1}) n"
            f" JOIN (VALUES {all_services}) AS s (at, code, agency) ON s.at = n % {len(services)}) AS one"
        )
        self.psql(
            f"INSERT INTO rating_matters ({MATTER}) SELECT {numbered('n / 10')}, {numbered('n')}, 'case', {numbered('n')},"
            f" n::text, code, agency, day, day + 30, day + interval '4 hours' FROM {rows}"
        )
        grade = "CASE WHEN n % 10 = 0 THEN 1 + n % 2 ELSE 3 + n % 3 END"
        self.psql(
            f"INSERT INTO ratings ({RATING}) SELECT {numbered('n')}, 'case', code, agency, date_trunc('month', day)::date,"
            f" {grade}, '[]', '[]', day + interval '4 hours', day, 'counts', n % 10 = 0 FROM {rows}"
        )
        self.run(["DELETE FROM service_scores", summed()])
        for table in SOURCES:
            self.psql(f"VACUUM ANALYZE {table}")

    def enqueue(self):
        self.psql(
            "INSERT INTO jobs (id, kind, payload, unique_key, priority, run_at, give_up_at, created_at)"
            f" VALUES (decode(lpad(to_hex({time.time_ns()}), 32, '0'), 'hex'), 'ratings.count', '{{}}', '', 0,"
            " now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC' + interval '1 day', now() AT TIME ZONE 'UTC')"
            " ON CONFLICT DO NOTHING"
        )

    def job(self):
        waiting, claimed = self.psql("SELECT count(*), count(leased_until) FROM jobs WHERE kind = 'ratings.count'")
        return int(waiting), int(claimed)

    def columns(self):
        return self.psql(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'score_rows' ORDER BY ordinal_position"
        )

    def looked(self):
        """How often the tables that are counted were read so far."""
        # What connections did is told a moment later.
        time.sleep(2)
        tables = ", ".join(f"'{table}'" for table in SOURCES)
        question = f"SELECT sum(seq_scan + coalesce(idx_scan, 0))::bigint FROM pg_stat_user_tables WHERE relname IN ({tables})"
        return int(self.psql(question)[0])


def marks(count):
    return ", ".join("?" * count)


def summed():
    """What the portal counts as it happens: as many matters ended as were rated, twice over."""
    sums = ", ".join(f"sum(CASE WHEN level = {at} THEN 1 ELSE 0 END)" for at in range(1, 6))
    return (
        f"INSERT INTO service_scores (service, agency, month, finished, {', '.join(LEVELS)}, aside)"
        f" SELECT service, agency, month, 2 * count(*), {sums}, 0 FROM ratings GROUP BY service, agency, month"
    )
