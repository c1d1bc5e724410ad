#!/usr/bin/env python3
"""Writes the manual page of groupwarectl to stdout, out of what the program says of itself.

    make.py PATH/OF/groupwarectl
"""

import os
import re
import subprocess
import sys
import time

#: Commands have sub-commands, and these have none. What looks deeper was misread.
DEEPEST = 3
GLOBAL_OPTIONS = ("--database", "--config", "--file-store", "--json", "-h,--help")


def help_of(program: str, *words: str) -> str:
    return subprocess.run([program, *words, "--help"], check=True, capture_output=True, text=True).stdout


def sections(text: str) -> dict[str, list[str]]:
    """The parts of a help text by their headings ("Options:", "Subcommands:", …); what stands before under ""."""
    found: dict[str, list[str]] = {"": []}
    name = ""
    for line in text.splitlines():
        if re.fullmatch(r"[A-Z][\w ]*:", line):
            name = line[:-1]
            found[name] = []
        elif line.strip():
            found[name].append(line)
    return found


def escape(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def entries(lines: list[str]) -> list[tuple[str, str]]:
    """Rows of two columns; the second may go on in lines of its own."""
    rows: list[tuple[str, str]] = []
    for line in lines:
        parts = re.split(r"\s{2,}", line.strip(), maxsplit=1)
        if line.startswith("  ") and not line.startswith("      ") and parts[0]:
            rows.append((parts[0], parts[1] if len(parts) > 1 else ""))
        elif rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {line.strip()}".strip())
    return rows


def write_entries(lines: list[str], leave_out: tuple[str, ...] = ()) -> None:
    for name, text in entries(lines):
        if not name.startswith(leave_out) or not leave_out:
            print(f".TP\n.B {escape(name)}\n{escape(text) if text else 'no further words'}")


def commands_of(found: dict[str, list[str]]) -> list[str]:
    """Of a command with several names the first."""
    return [name.split(",")[0] for name, _ in entries(found.get("Subcommands", []))]


def write_command(program: str, words: tuple[str, ...]) -> None:
    if len(words) > DEEPEST:
        raise SystemExit(f"make.py: the help of {' '.join(words)} cannot be read")
    found = sections(help_of(program, *words))
    commands = commands_of(found)
    if not commands:
        about = [line for line in found[""] if not line.startswith("Usage:")]
        print(f".SS {escape(' '.join(words))}")
        print(escape(" ".join(about)) or "See above.")
        for heading in ("Positionals", "Options"):
            write_entries(found.get(heading, []), GLOBAL_OPTIONS)
    for command in commands:
        write_command(program, (*words, command))


def main() -> int:
    program = sys.argv[1]
    os.environ["COLUMNS"] = "1000"
    top = sections(help_of(program))
    # The date of the package's last change, as dpkg-buildpackage and rpmbuild tell it.
    date = time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())))
    print(f'.TH GROUPWARECTL 8 {date} "groupware" "Groupware for Apache httpd"')
    print(".SH NAME\ngroupwarectl \\- administration of the groupware from the command line")
    print(".SH SYNOPSIS\n.B groupwarectl\n[\\fIoptions\\fR] \\fIcommand\\fR [\\fIoptions of the command\\fR]")
    print(".SH OPTIONS\nThese stand before or behind the command.")
    write_entries(top.get("Options", []))
    print(".SH COMMANDS")
    for command in commands_of(top):
        write_command(program, (command,))
    print(".SH EXIT STATUS\n0 done, 1 failed, 2 wrong options, 3 the database cannot be reached, 4 something does not exist, "
          "5 something is there already.")
    print(".SH ENVIRONMENT\n.TP\n.B GROUPWARE_DATABASE\nthe database, where neither option tells it")
    print(".TP\n.B GROUPWARE_FILE_STORE\nthe file store\n.TP\n.B TMPDIR\nwhere a restore keeps its rows meanwhile")
    print(".SH SEE ALSO\n.BR groupware (7)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
