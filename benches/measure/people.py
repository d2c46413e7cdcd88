"""Citizens of a demo city, who register and sign in through the front door."""

import http.client
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

from . import process

PASSWORD = "crooked lantern by the river"
# The portal lets nobody try more often within a quarter of an hour, and neither does it any address.
TRIES = 8
AT_ONCE = 16
PATIENCE = 20
addresses = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in count(1))


class Hidden(HTMLParser):
    """The hidden fields of a page's forms."""

    def __init__(self, page):
        super().__init__()
        self.fields = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields.setdefault(given["name"], given.get("value") or "")


@dataclass
class Person:
    """Somebody with a browser, who comes from another address each time."""

    port: int
    phone: str
    cookies: dict = field(default_factory=dict)

    def ask(self, method, path, fields=None):
        headers = {
            "Host": f"localhost:{self.port}",
            "Accept-Language": "zh-CN",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": next(addresses),
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location"), text

    def form(self, page, fields):
        """Opens a page, fills its form in and sends it: the way on that the answer names."""
        _, _, text = self.ask("GET", page)
        hidden = Hidden(text).fields
        status, location, text = self.ask("POST", page.partition("?")[0], {**hidden, **fields})
        if status != 303:
            raise RuntimeError(f"{page} answered {status}: {re.sub('<[^>]*>', ' ', text)[:300]}")
        return location

    def register(self, post_box):
        code_page = self.form(
            "/register", {"reach": self.phone, "password": PASSWORD, "again": PASSWORD, "agree": "yes"}
        )
        self.form(code_page, {"code": code(post_box, self.phone)})

    def cookie(self):
        return f"session={self.cookies['session']}"

    def ready(self):
        """The fields with which this person signs in once more. The form is fetched beforehand, as a page is read
        before it is sent."""
        self.cookies.pop("session", None)
        _, _, text = self.ask("GET", "/sign-in")
        return {**Hidden(text).fields, "login": self.phone, "password": PASSWORD}

    def sign_in(self, fields):
        self.cookies.pop("session", None)
        status, location, _ = self.ask("POST", "/sign-in", fields)
        if (status, location) != (303, "/me"):
            raise RuntimeError(f"signing in answered {status} {location}")


def code(post_box, phone):
    """The code that was sent to a telephone."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", post_box, timeout=10)
        connection.request("GET", f"/messages.json?to={quote(phone)}")
        messages = json.loads(connection.getresponse().read())
        connection.close()
        for message in messages:
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", message["text"]):
                return found[0]
        time.sleep(0.05)
    raise RuntimeError(f"no code came for {phone}")


def post_box(data):
    """The port of the demo city's post box, from the settings that the city wrote down."""
    settings = (Path(data) / "sandbox.toml").read_text(encoding="utf-8")
    return int(re.search(r'address = "http://[^:"]+:(\d+)/v1/apps/\w+/messages"', settings)[1])


def newcomers(port, data, number):
    """Registers people, a few at once."""
    box = post_box(data)
    people = [Person(port, f"1990000{each:04}") for each in range(number)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda person: person.register(box), people))
    return people


def sign_ins(pid, people, each):
    """Has everybody sign in so many times, many at once: how many a second, and their processor time in µs."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fields = list(pool.map(Person.ready, people))
        began, before = time.monotonic(), process.cpu_seconds(pid)
        for _ in range(each):
            list(pool.map(Person.sign_in, people, fields))
        taken = time.monotonic() - began
    done = len(people) * each
    return done / taken, (process.cpu_seconds(pid) - before) / done * 1e6
