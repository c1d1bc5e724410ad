"""The reader of case files."""

import pathlib
import tempfile

from support import case_runner

TEXT = """\
# Comment.
test: First sentence
as: user2
> PUT contacts?action=new
> X-Test: yes
> {"a":
>  1}
< 200
< Content-Type: ~ json
< {"data": "$capture:id",
<  "b": [1, "$more"]}
> GET contacts?id=${id}
< 404

test: Second sentence
only: mysql
> GET config/
< 200
< ~ a
"""


def read(text: str) -> list[case_runner.Case]:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "x.case"
        path.write_text(text)
        return case_runner.parse(path)


def test_a_file_is_read_as_written():
    first, second = read(TEXT)
    assert (first.name, second.name, second.only) == ("First sentence", "Second sentence", "mysql")
    step, other = first.steps
    assert (step.user, step.method, step.target) == ("user2", "PUT", "contacts?action=new")
    assert step.headers == {"X-Test": "yes"} and step.body == '{"a":\n 1}\n'
    assert step.status == "200" and step.expected_headers == [("Content-Type", "~ json")]
    assert (other.target, other.status, second.steps[0].user) == ("contacts?id=${id}", "404", "user1")


def test_mistakes_are_told_with_their_line():
    for text, wanted in (("> GET a\n", ":1: a file begins"), ("test: x\nwhat\n", ":2: unknown line"),
                         ("test: x\n> GET a\n", ":2: the request has no expected answer"),
                         ("test: x\n> a\n", ":2: expected 'METHOD target'"), ("test: x\n< 200\n", ":2: an answer without")):
        try:
            read(text)
        except case_runner.CaseFailure as failure:
            assert wanted in str(failure), str(failure)
        else:
            raise AssertionError(f"accepted: {text}")


def compare(wanted, found) -> str:
    run = case_runner.Run(read("test: x\n> GET a\n< 200\n")[0], None)
    try:
        run._compare_json(wanted, found, "$")
    except case_runner.CaseFailure as failure:
        return str(failure)
    return str(run.values or "same")


def test_expected_json_is_a_subset_with_placeholders():
    assert compare({"a": 1}, {"a": 1, "b": 2}) == "same"
    assert compare({"a": "$absent"}, {"a": 1}) == "$.a is there"
    assert compare({"a": 1}, {}) == "$.a is missing"
    assert compare([1], [1, 2]).startswith("$ has 2 elements")
    assert compare([1, "$more"], [1, 2]) == "same"
    assert compare({"a": "$integer"}, {"a": True}).endswith("no integer")
    assert compare(1, True).startswith("$ is true")
    assert compare({"a": "$match:^x"}, {"a": "xy"}) == "same"
    assert compare({"a": "$capture:id:string"}, {"a": "7"}) == "{'id': '7'}"
