"""The runner's own choice of tests."""

import pathlib
import tempfile

from support import runner

SAMPLE = "def test_alone():\n    pass\n\n\ndef test_stored(database):\n    assert database\n"


def test_a_test_with_a_database_runs_on_both():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "sample_test.py").write_text(SAMPLE)
        found = runner.on_each_database(folder, [])
        assert [test.name for test in found] == ["sample_test.py::alone", "sample_test.py::stored (sqlite)",
                                                 "sample_test.py::stored (mysql)"]
        assert [test.name for test in runner.on_each_database(folder, ["mysql"])] == ["sample_test.py::stored (mysql)"]
        for test in found:
            test.run()


def test_counts_of_several_runs_are_told_together():
    total, one = runner.Report(), runner.Report(passed=1, failed=1, skipped=1, failures=["broken"])
    total.add(one, "first: ")
    total.add(one, "second: ")
    assert (total.passed, total.failed, total.skipped) == (2, 2, 2)
    assert total.failures == ["first: broken", "second: broken"]


def test_patterns_choose_and_leave_out():
    assert runner.matches("mail/lists_test.py::a", []) and runner.matches("mail/lists_test.py::a", ["lists", "x"])
    assert not runner.matches("mail/lists_test.py::a", ["!mail/"]) and runner.matches("login/x", ["!mail/"])
    assert not runner.matches("mail/lists_test.py::a", ["lists", "!::a"]) and not runner.matches("login/x", ["mail"])
