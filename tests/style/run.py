#!/usr/bin/python3
"""Checks the rules of the project's text: layering, sizes, names, log numbers, SQL and formatting; and the test support
itself. No build needed.

    run.py [PATTERN...]
"""

import os
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER.parent), str(FOLDER)]

import project  # noqa: E402
from support import runner  # noqa: E402

LIMITS = {".cpp": 600, ".c": 600, ".hpp": 300, ".h": 300, ".py": 600, ".sh": 600}
LONGEST_FUNCTION = 60
FORBIDDEN_NAME = re.compile(r"(^|_)(utils?|common|misc|managers?|helpers?)(_|\.|$)")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
HTTPD_HEADER = re.compile(r"^(httpd|http_\w+|ap_\w+|apr(_\w+)?|util_\w+|mod_\w+|scoreboard|mpm_common|unixd)\.h$")
exemptions = project.Exemptions()


def fail_with(findings: list[str], what: str = "") -> None:
    if findings:
        raise AssertionError(what + "\n      " + "\n      ".join(findings[:60]))


def longest_prefix(path: str, names) -> str | None:
    fitting = [name for name in names if path == name or path.startswith(name + "/")]
    return max(fitting, key=len, default=None)


def read_layers() -> tuple[dict, list, list, dict]:
    layers, denials, httpd, libraries = {}, [], [], {}
    for line in project.text("tests/style/layers.txt").splitlines():
        kind, _, rest = line.partition(" ")
        subject, _, value = (part.strip() for part in rest.partition(" : "))
        if kind == "layer":
            layers[subject] = tuple(value.split())
        elif kind == "deny":
            denials.append((subject, re.compile(value)))
        elif kind == "httpd":
            httpd.append(subject)
        elif kind == "library":
            libraries[subject] = value.split()
    return layers, denials, httpd, libraries


def test_includes_keep_to_the_layers():
    layers, denials, _, _ = read_layers()
    findings = []
    for path in project.sources():
        layer = longest_prefix(path, layers)
        folder = os.path.dirname(path)
        for quote, name in INCLUDE.findall(project.text(path)):
            if quote == "<":
                continue
            is_own = "/" not in name and f"{folder}/{name}" in project.files()
            if layer and not is_own and not name.startswith(layers[layer]):
                findings.append(f"{path}: {name} (may include {' '.join(layers[layer])})")
            for subject, pattern in denials:
                if longest_prefix(path, [subject]) and pattern.search(name):
                    findings.append(f"{path}: {name} is denied here")
    fail_with(findings)


def test_a_model_folder_uses_others_only_through_their_service():
    findings = []
    for path in project.sources():
        own = re.match(r"lib/(model/[^/]+)/", path)
        if own:
            for _, name in INCLUDE.findall(project.text(path)):
                if re.match(r"model/[^/]+/.*_(store|tables?|sql)\.hpp$", name) and not name.startswith(own[1] + "/"):
                    findings.append(f"{path}: {name}")
    fail_with(findings)


def test_httpd_headers_stay_in_their_places():
    _, _, places, _ = read_layers()
    findings = []
    for path in project.sources():
        if longest_prefix(path, places) is None:
            findings += [f"{path}: {name}" for _, name in INCLUDE.findall(project.text(path)) if HTTPD_HEADER.match(name)]
    fail_with(findings)


def test_every_library_has_its_home():
    _, _, _, libraries = read_layers()
    findings, met = [], set()
    for path in project.sources():
        for quote, name in INCLUDE.findall(project.text(path)):
            library = next((each for each in libraries if quote == "<" and re.match(each.replace(".", r"\.") + r"[._/0-9]|" + each + "$", name)), None)
            if library:
                met.add(library)
                if longest_prefix(path, libraries[library]) is None:
                    findings.append(f"{path}: {name}")
    fail_with(findings + [f"nobody includes {each}" for each in libraries if each not in met])


def test_files_are_not_too_long():
    findings = []
    for path in project.with_suffix(*LIMITS):
        limit, lines = LIMITS[pathlib.Path(path).suffix], project.text(path).count("\n")
        if lines > limit and not exemptions.covers("long", path):
            findings.append(f"{path}: {lines} lines, limit {limit}")
    fail_with(findings)


def test_no_python_file_hides_a_module_of_python():
    """The folder of a program that runs comes first where modules are looked for."""
    fail_with([path for path in project.with_suffix(".py") if pathlib.Path(path).stem in sys.stdlib_module_names])


def test_tests_wait_for_what_happens():
    """A pause is too short on a slow machine and too long on a fast one: `wait_until` of support looks again."""
    findings = [path for path in project.with_suffix(".py", under=("tests/",))
                if not path.startswith(("tests/support/", "tests/bench/")) and re.search(r"\bsleep\(", project.text(path))]
    findings += [path for path in project.with_suffix(".cpp", under=("tests/unit/", "mod_groupware", "lib"))
                 if path.startswith("tests/") and "sleep_for(" in project.text(path)]
    fail_with(findings)


def test_functions_are_not_too_long():
    opening = re.compile(r"^(?!namespace|struct|class|enum|union|extern|template|#|//|/\*|\}|const |constexpr |static const |inline constexpr )\S.*\)[^;=]*\{$")
    findings = []
    for path in project.with_suffix(".cpp"):
        begin, name = 0, ""
        for number, line in enumerate(project.text(path).splitlines(), 1):
            if begin and line.startswith("}"):
                if number - begin > LONGEST_FUNCTION:
                    findings.append(f"{path}:{begin}: {number - begin} lines: {name[:80]}")
                begin = 0
            elif not begin and opening.match(line):
                begin, name = number, line
    fail_with(findings)


def test_no_name_hides_what_it_is_for():
    fail_with([path for path in project.files() if any(FORBIDDEN_NAME.search(part) for part in path.lower().split("/"))])


def test_every_log_number_stands_at_one_place():
    places: dict[str, list[str]] = {}
    for path in project.sources():
        for line, content in project.string_runs(project.text(path)):
            for number in re.findall(r"\b((?:GW|OXP)\d{4})\b", content):
                places.setdefault(number, []).append(f"{path}:{line}")
    fail_with([f"{number}: {' '.join(where)}" for number, where in sorted(places.items()) if len(where) > 1])


def test_folders_and_permissions_are_written_at_one_place():
    """Every process keeps rights in memory until the mark of the folders moves: who writes must move it. The end of a whole
    context takes the mark along."""
    places = {"lib/model/folders/folder_store.cpp", "lib/model/contexts/integrity.cpp"}
    writes = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (folders|folder_permissions)\b")
    fail_with([path for path in project.sources(".cpp", ".hpp")
               if path not in places and not path.startswith("lib/sql/schema/") and writes.search(project.text(path))])


def test_catch_all_stands_only_at_the_border():
    findings = []
    for path in project.sources(".cpp", ".hpp"):
        if not path.startswith("mod_groupware/boundary/") and re.search(r"catch\s*\(\s*\.\.\.", project.without_comments(project.text(path))):
            findings.append(path)
    fail_with(findings)


def mirrored_tests(path: str) -> list[str]:
    """The tests of the mirrored folder: tests are named after behaviours, so one covers several files of its folder.
    lib/model/*.cpp is mirrored under model/base; users, groups, resources and contexts share model/accounts."""
    folder = os.path.dirname(path)
    if folder == "lib/model":
        folder = "lib/model/base"
    if folder in ("lib/model/users", "lib/model/groups", "lib/model/resources", "lib/model/contexts"):
        folder = "lib/model/accounts"
    return [name for name in project.files() if name.startswith(f"tests/unit/{folder}/") and name.endswith("_test.cpp")]


def test_every_source_has_its_mirrored_test():
    findings = [path for path in project.sources(".cpp") if not path.startswith("groupwarectl/")
                and not any(name in project.files() for name in mirrored_tests(path))
                and not exemptions.covers("untested", path)]
    fail_with(findings, "no mirrored test and no entry in tests/style/exemptions.txt:")


SQL_STATEMENT = re.compile(r"^\s*(SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH)\b|\b(FROM|INTO|JOIN)\s+[a-z]", re.M)
SQL_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+([a-z_]+)\b")
SQL_BOUND = re.compile(r"\bcid\s*=\s*(\?|[a-z_]+\.cid\b)|\bcid\s+IN\s*\(|INTO\s+\w+\s*\([^)]*\bcid\b")


def tables_with_context() -> set[str]:
    found = set()
    for path in project.with_suffix(".cpp", under=("lib/sql/schema/",)):
        code = "\n".join(content for _, content in project.string_runs(project.text(path)))
        for name, columns in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)\s*\((.*?)(?=CREATE TABLE|\Z)", code, re.S):
            if re.search(r"\bcid\b", columns):
                found.add(name)
    return found


def test_every_statement_binds_the_context():
    tables = tables_with_context()
    assert tables or not project.with_suffix("_store.cpp"), "no table with a context id found in the schema"
    findings = []
    for path in project.with_suffix(".cpp", under=("lib/model/", "lib/session/", "mod_groupware/", "groupwarectl/")):
        for line, content in project.string_runs(project.text(path)):
            touched = tables & set(SQL_TABLE.findall(content)) if SQL_STATEMENT.search(content) else set()
            first = " ".join(content.split())[:70]
            if touched and not SQL_BOUND.search(content) and not exemptions.covers("sql", f"{path} {first}"):
                findings.append(f"{path}:{line}: {first}")
    fail_with(findings)


def test_lines_have_neither_tabs_nor_trailing_blanks():
    findings = []
    for path in project.with_suffix(*project.TEXT):
        if path.startswith("tests/data/") or path.startswith("tests/fuzz/"):
            continue
        body = project.text(path)
        findings += [f"{path}:{number}" for number, line in enumerate(body.split("\n"), 1)
                     if "\t" in line or line != line.rstrip()]
        if body and not body.endswith("\n"):
            findings.append(f"{path}: no line end at the end")
    fail_with(findings)


def test_no_words_of_unfinished_work_or_of_a_developers_machine():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?<![\w./])/(?:work|home)/")
    findings = []
    for path in project.with_suffix(*project.TEXT, ".md"):
        if not path.startswith(("tests/data/", "tests/fuzz/", "tests/style/")):
            findings += [f"{path}:{number}: {line.strip()[:90]}" for number, line in
                         enumerate(project.text(path).split("\n"), 1) if words.search(line)]
    fail_with(findings)


def test_clang_format_has_nothing_to_change():
    tracked = [path for path in project.tracked() if path.endswith((".cpp", ".hpp", ".c", ".h"))]
    findings = []
    for begin in range(0, len(tracked), 50):
        done = subprocess.run(["clang-format", "--dry-run", "-Werror", "--ferror-limit=1", *tracked[begin : begin + 50]],
                              capture_output=True, text=True, cwd=project.ROOT)
        findings += re.findall(r"^(\S+?):\d+:\d+: error", done.stderr, re.M)
        assert done.returncode == 0 or findings, done.stderr
    fail_with(sorted(set(findings)), "run clang-format -i on:")


def test_every_folder_with_sources_is_in_the_build():
    findings = []
    for top in ("lib", "mod_groupware"):
        listed = set(re.findall(r"gw_folder\(\w+ \$\{CMAKE_CURRENT_SOURCE_DIR\}/(\w+)", project.text(f"{top}/CMakeLists.txt")))
        present = {path.split("/")[1] for path in project.with_suffix(".cpp", under=(top + "/",))}
        findings += [f"{top}/{name} has sources and no gw_folder line" for name in sorted(present - listed)]
    programs = re.findall(r"(?:lib|mod_\w+)/\w+(?:/\w+)?|mod_oxpush", project.text("tests/CMakeLists.txt"))
    for path in project.with_suffix("_test.cpp", under=("tests/unit/",)):
        if not any(path.startswith(f"tests/unit/{program}/") for program in programs):
            findings.append(f"{path} belongs to no program of tests/CMakeLists.txt")
    fail_with(findings)


def test_the_readme_names_every_folder():
    if "README.md" not in project.files():
        raise AssertionError("README.md is missing")
    readme = project.text("README.md")
    tops = {path.split("/")[0] for path in project.files() if "/" in path and not path.startswith(".")}
    subs = {path.split("/")[1] for path in project.files() if path.startswith(("lib/", "mod_groupware/")) and path.count("/") > 1}
    fail_with([name for name in sorted(tops | subs) if not re.search(rf"\b{re.escape(name)}\b", readme)],
              "README.md does not name these folders:")


def documented_rows(page: str) -> dict[str, list[str]]:
    """Cells by directive of the tables of a page; a directive must stand in one row only."""
    rows: dict[str, list[str]] = {}
    for line in project.text(page).splitlines():
        name = re.match(r"\| `((?:Groupware|OXPush)\w*)[^|]*\|", line)
        if name:
            assert name[1] not in rows, f"{page}: two rows for {name[1]}"
            rows[name[1]] = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    return rows


def test_every_directive_stands_in_its_page_with_its_context():
    findings = []
    for source, page in (("mod_groupware/mod_groupware.c", "docs/directives.md"),
                         ("mod_oxpush/mod_oxpush.c", "docs/oxpush-directives.md")):
        commands = dict(re.findall(r'AP_INIT_\w+\(\s*"(\w+)",[^"]*?((?:RSRC|ACCESS)_CONF[^,]*),', project.text(source)))
        rows = documented_rows(page)
        assert commands and rows
        findings += [f"{page} lacks {name}" for name in sorted(commands.keys() - rows.keys())]
        findings += [f"{source} has no {name}, but {page} has" for name in sorted(rows.keys() - commands.keys())]
        findings += [f"{page}: {name}: an empty cell" for name, cells in rows.items() if not all(cells)]
        if source == "mod_groupware/mod_groupware.c":
            findings += [f"{page}: {name}: context {rows[name][3]}, code {context}" for name, context in commands.items()
                         if name in rows and ("L" in rows[name][3].split()) != ("ACCESS_CONF" in context)]
    fail_with(findings)


def test_every_log_number_stands_in_a_page():
    findings = []
    for path in project.sources(".cpp"):
        page = "docs/oxpush-directives.md" if path.startswith("mod_oxpush/") else "docs/directives.md"
        numbers = {number for _, content in project.string_runs(project.text(path))
                   for number in re.findall(r"\b(?:GW|OXP)\d{4}\b", content)}
        findings += [f"{page} lacks {number} of {path}" for number in sorted(numbers) if number not in project.text(page)]
    fail_with(findings)


def test_no_exemption_outlives_its_reason():
    if sys.argv[1:]:
        raise runner.Skipped("only after all other checks")
    fail_with(exemptions.unused(("untested", "sql", "long")), "remove from tests/style/exemptions.txt:")


def main() -> int:
    report = runner.Report()
    tests = [runner.Test(f"style::{name[5:]}", function) for name, function in globals().items() if name.startswith("test_")]
    tests += [runner.Test(f"support/{name}", function) for _, _, name, function in
              runner.load_functions(FOLDER.parent / "support", [])]
    chosen = [test for test in tests if runner.matches(test.name, sys.argv[1:])]
    runner.run_in_order(chosen, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
