"""iCalendar files that Debian packages carry for their own tests, read from where they were unpacked (cmake/packages.sh)."""

import pathlib

#: Package: below its folder, the files that are calendars.
SAMPLES = {
    "evolution-data-server-tests": ["usr/libexec/**/*.ics"],
    "golang-github-arran4-golang-ical-dev": ["usr/share/gocode/**/*.ics"],
    "php-horde-icalendar": ["usr/share/doc/**/*.ics", "usr/share/doc/**/*.vcs"],
    "python3-icalendar": ["usr/lib/python3/**/*.ics"],
}


def samples(build: pathlib.Path) -> list[pathlib.Path]:
    return [path for package, patterns in SAMPLES.items() for pattern in patterns
            for path in sorted((build / "corpora" / package).glob(pattern))]
