"""Makes people of many scripts, as vCards and as the CSV files of other programs. The same seed gives the same people."""

import csv
import io
import random
from dataclasses import dataclass

# Script -> (first names, last names).
NAMES = {
    "Latin": (("Émile", "Zoë", "Jörg", "Ana", "Šimon", "Ágnes", "Noël", "Íñigo", "Cătălin", "Ülo"),
              ("Müller", "Muller", "Ångström", "Zidane", "Ñuñez", "Čapek", "de Souza", "O'Brien", "Dvořák", "Nagy", "Abel")),
    "Cyrillic": (("Анна", "Сергей", "Юлия", "Фёдор", "Игорь"),
                 ("Иванов", "Йорданов", "Ёлкин", "Елкин", "Яковлев", "Борисова", "Щукин", "Абрамов")),
    "Greek": (("Ελένη", "Γιώργος", "Άννα"), ("Παπαδόπουλος", "Ωνάσης", "Βασιλείου")),
    "Arabic": (("محمد", "ليلى", "يوسف"), ("الحداد", "بن علي", "خوري")),
    "Hebrew": (("שרה", "דוד", "מיכל"), ("כהן", "לוי", "מזרחי")),
    "Devanagari": (("प्रिया", "राहुल", "सीता"), ("शर्मा", "वर्मा", "गुप्ता")),
    "Thai": (("สมชาย", "สุดา", "ก้อง"), ("ใจดี", "วงศ์สวัสดิ์", "ศรีสุข")),
    "Chinese": (("伟", "芳", "秀英"), ("王", "李", "欧阳")),
    "Japanese": (("太郎", "さくら", "ケン"), ("田中", "佐藤", "渡邊")),
    "Hangul": (("민수", "지영", "서준"), ("김", "이", "박")),
    "Emoji": (("Joy 😀", "Flag 🇳🇱", "Family 👨‍👩‍👧"), ("Star ⭐", "Cat 🐈", "Heart ❤️")),
}


@dataclass
class Person:
    script: str
    number: int
    first: str
    last: str

    @property
    def mail(self) -> str:
        return f"p{self.number}@example.test"

    @property
    def phone(self) -> str:
        return f"+31 20 {self.number:07d}"

    @property
    def company(self) -> str:
        return f"{self.last} & Co; {self.number % 7}, Ltd."

    @property
    def note(self) -> str:
        return f"First line of {self.first}\nsecond, with \"quotes\"; and \\ backslash"

    @property
    def birthday(self) -> tuple[int, int, int]:
        return 1950 + self.number % 60, 1 + self.number % 12, 1 + self.number % 28

    @property
    def city(self) -> str:
        return f"City of {self.last}"


def people(count: int) -> list[Person]:
    chance, scripts = random.Random(11), list(NAMES)
    return [Person(script, number, chance.choice(NAMES[script][0]), chance.choice(NAMES[script][1]))
            for number, script in ((number, scripts[number % len(scripts)]) for number in range(count))]


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character."""
    pieces, current = [], b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > (75 if not pieces else 74):
            pieces.append(current)
            current = b""
        current += octets
    return b"\r\n ".join(pieces + [current]).decode()


def vcard(person: Person) -> str:
    year, month, day = person.birthday
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:proof-{person.number}", f"N:{_text(person.last)};{_text(person.first)};;;",
             f"FN:{_text(person.first)} {_text(person.last)}", f"EMAIL;TYPE=INTERNET,WORK:{person.mail}",
             f"TEL;TYPE=WORK,VOICE:{person.phone}", f"ORG:{_text(person.company)}", f"NOTE:{_text(person.note)}",
             f"BDAY;VALUE=date:{year}-{month:02d}-{day:02d}", f"ADR;TYPE=HOME:;;Street {person.number};{_text(person.city)};;12345;NL",
             "X-PROOF-UNKNOWN;X-P=1:kept as it is", "END:VCARD"]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _csv(titles: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue().encode()


def outlook_csv(persons: list[Person]) -> bytes:
    titles = ["Title", "First Name", "Last Name", "Company", "E-mail Address", "Business Phone", "Home City", "Notes", "Birthday"]
    return b"\xef\xbb\xbf" + _csv(titles, [
        ["", p.first, p.last, p.company, p.mail, p.phone, p.city, p.note, f"{p.birthday[1]:02d}/{p.birthday[2]:02d}/{p.birthday[0]}"]
        for p in persons])


def google_csv(persons: list[Person]) -> bytes:
    titles = ["Name", "Given Name", "Family Name", "Birthday", "Notes", "E-mail 1 - Type", "E-mail 1 - Value",
              "Phone 1 - Type", "Phone 1 - Value", "Address 1 - Type", "Address 1 - City", "Organization 1 - Name"]
    return _csv(titles, [
        [f"{p.first} {p.last}", p.first, p.last, f"{p.birthday[0]}-{p.birthday[1]:02d}-{p.birthday[2]:02d}", p.note, "* Work",
         p.mail, "Work", p.phone, "Home", p.city, p.company] for p in persons])
