"""A city of several thousand services: the demo city's own packages, and districts that offer them all again."""

import json
import re
import subprocess
from pathlib import Path

from . import servers

# Each with the letters its services' codes begin with. With the city's own 536 they make more than 3,000.
DISTRICTS = [
    ("YA", "云江区", "Yunjiang"),
    ("YB", "青石区", "Qingshi"),
    ("YC", "临港区", "Lingang"),
    ("YD", "望山县", "Wangshan"),
    ("YE", "河口县", "Hekou"),
]
QUESTIONS = servers.ROOT / "tests" / "data" / "questions.tsv"


def packages(folder):
    """Writes the districts' packages. They differ from the city's by their codes and by the names of services."""
    written = []
    for number, (letters, zh, en) in enumerate(DISTRICTS):
        for package in sorted((servers.ROOT / "adapters" / "agencies").iterdir()):
            into = Path(folder) / f"{package.name}-{number}"
            for file in sorted(path for path in package.rglob("*") if path.is_file()):
                name = file.relative_to(package).as_posix()
                text = re.sub(r"\bYZ(?=\d{5}\b)", letters, file.read_text(encoding="utf-8"))
                if name.startswith("services/"):
                    name = name.replace("/YZ", f"/{letters}")
                    text = in_district(text, zh, en)
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
            written.append(into)
    return written


def in_district(text, zh, en):
    """Puts the district before the name of a service, in both languages."""
    text = re.sub(r'^(name(?:\.zh = | = \{ zh = )")', rf"\g<1>{zh}", text, count=1, flags=re.M)
    return re.sub(r'^(name(?:\.en = "| = .* en = "))', rf"\g<1>{en} ", text, count=1, flags=re.M)


def city(folder, data):
    """Installs city and districts into a database of their own, as an operator would."""
    root = Path(data)
    root.mkdir()
    settings = {"YIMEN_DATABASE_URL": f"{root}/large.sqlite", "YIMEN_KEYS_FILE": f"{root}/keys"}
    environment = {**servers.plain_environment(), **settings}

    def yimen(*arguments, fine=(0,)):
        command = [str(folder / "yimen"), *(str(argument) for argument in arguments)]
        done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True)
        if done.returncode not in fine:
            raise RuntimeError(f"{' '.join(command[:4])} … ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    own = servers.ROOT / "adapters"
    yimen("migrate")
    yimen("package", "install", own / "city", *sorted((own / "agencies").iterdir()), *packages(root / "districts"))
    return yimen


def search(folder, data):
    """How long answers take over all of them: the number of services, and per kind of question the times. What is
    right is not asked here: every district's copy would be."""
    report = city(folder, data)("search", "eval", QUESTIONS, "--time", "--json", fine=(0, 1))
    report = json.loads(report)
    return report["services"], report["times"]
