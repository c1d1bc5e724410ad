"""The files of the project and what the style checks need to know of C++ text."""

import functools
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = (".cpp", ".hpp", ".c", ".h")
TEXT = (*CODE, ".py", ".sh", ".txt", ".cmake", ".conf", ".load", ".md", ".case", ".map")
SOURCE_FOLDERS = ("lib", "mod_groupware", "mod_oxpush", "groupwarectl")


@functools.cache
def tracked() -> tuple[str, ...]:
    """Files in git; outside of a checkout, nothing."""
    done = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True)
    return tuple(line for line in done.stdout.splitlines() if (ROOT / line).is_file())


@functools.cache
def files() -> tuple[str, ...]:
    """All files that belong to the project, tracked or new: relative paths."""
    done = subprocess.run(["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
                          capture_output=True, text=True)
    if done.returncode == 0:
        return tuple(sorted({line for line in done.stdout.splitlines() if (ROOT / line).is_file()}))
    skipped = re.compile(r"^(\.git|build[^/]*|run|\.cache)/|/__pycache__/")
    found = (str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not skipped.search(path)))


def with_suffix(*suffixes: str, under: tuple[str, ...] = ("",)) -> list[str]:
    return [path for path in files() if path.endswith(suffixes) and path.startswith(under)]


def sources(*suffixes: str) -> list[str]:
    """Files of the product itself, without tests."""
    return with_suffix(*(suffixes or CODE), under=tuple(folder + "/" for folder in SOURCE_FOLDERS))


@functools.cache
def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8", "replace")


_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<d>\w*)\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def without_comments(code: str) -> str:
    """The code with its comments blanked; strings stay, and so do line numbers."""
    def blank(token: re.Match) -> str:
        return re.sub(r"[^\n]", " ", token[0]) if token[0].startswith(("//", "/*")) else token[0]
    return _TOKEN.sub(blank, code)


def string_runs(code: str) -> list[tuple[int, str]]:
    """(line, content) of string literals; adjacent ones are one."""
    code = without_comments(code)
    runs: list[tuple[int, int, str]] = []
    for token in _TOKEN.finditer(code):
        literal = token[0]
        if literal.startswith("'"):
            continue
        if literal.startswith("R"):
            content = literal[literal.index("(") + 1 : literal.rindex(")")]
        else:
            content = literal[1:-1].replace('\\"', '"').replace("\\n", "\n")
        line = code.count("\n", 0, token.start()) + 1
        if runs and not code[runs[-1][1] : token.start()].strip():
            runs[-1] = (runs[-1][0], token.end(), runs[-1][2] + content)
        else:
            runs.append((line, token.end(), content))
    return [(line, content) for line, _, content in runs]


class Exemptions:
    """tests/style/exemptions.txt: kind and subject, each to be used at least once."""

    def __init__(self):
        self.entries: dict[tuple[str, str], bool] = {}
        for line in text("tests/style/exemptions.txt").splitlines():
            if line.strip() and not line.startswith("#"):
                head, _, reason = line.partition(" : ")
                kind, _, subject = head.strip().partition(" ")
                if not reason.strip():
                    raise AssertionError(f"exemptions.txt: no reason in '{line}'")
                self.entries[(kind, subject.strip())] = False

    def covers(self, kind: str, subject: str) -> bool:
        """An entry covers a subject that begins with its text."""
        for key in self.entries:
            if key[0] == kind and subject.startswith(key[1]):
                self.entries[key] = True
                return True
        return False

    def unused(self, kinds: tuple[str, ...]) -> list[str]:
        return [" ".join(key) for key, used in self.entries.items() if not used and key[0] in kinds]
