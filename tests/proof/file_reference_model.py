"""What the API's description says about the rights to files, said once more in the shortest way: the measure of
file_matrix_test.py.

The folders are those of reference_model.py. An item in one is `own` (made by the caller) or `foreign`, and `foreign` items
may be shared with the caller, or his group, one by one. An outcome is None (done), the code of the refusal, or what a list
contains. Nothing here is taken from the server's source; source: spec infostore 4, 8, 9, 11.
"""

from dataclasses import dataclass

import reference_model as folders
from reference_model import Case, allows

NO_FOLDER = folders.NOT_VISIBLE
KEPT = folders.KEPT
NOT_FOUND = "IFO-0300"
NO_READ, NO_CREATE, NO_WRITE, NO_TARGET = "IFO-0400", "IFO-0402", "IFO-0403", "IFO-0404"
NO_VERSION_DELETE, NO_UNLOCK, NO_LOCK, NO_SOURCE, NO_DELETE = "IFO-0406", "IFO-0417", "IFO-0418", "IFO-0421", "IFO-0445"

NOTHING, READ, WRITE, DELETE = 0, 1, 2, 4  # levels of an object permission


@dataclass(frozen=True)
class Item:
    is_own: bool
    shared: int = NOTHING  # what the item itself gives to the caller

    @property
    def name(self) -> str:
        return "own" if self.is_own else f"foreign {self.shared}"


ITEMS = (Item(True), Item(False), Item(False, READ), Item(False, WRITE), Item(False, DELETE))


def reads(case: Case, item: Item) -> bool:
    """The larger of both rights counts."""
    return case.is_visible and allows(case.rights.read, item.is_own) or item.shared >= READ


def writes(case: Case, item: Item) -> bool:
    return case.is_visible and allows(case.rights.write, item.is_own) or item.shared >= WRITE


def deletes(case: Case, item: Item) -> bool:
    return case.is_visible and allows(case.rights.delete, item.is_own) or item.shared >= DELETE


def list_folder(case: Case, items):
    """`all` and `updates`: a refusal, or the items that are there."""
    if not case.is_visible:
        return NO_FOLDER
    if not case.rights.read:
        return NO_READ
    return {item for item in items if reads(case, item)}


def list_shared(items) -> set:
    """The view of single files that others share."""
    return {item for item in items if item.shared}


def get(case: Case, item: Item):
    """What lies in a folder that the caller may not see does not exist for him."""
    if reads(case, item):
        return None
    return NO_READ if case.is_visible else NOT_FOUND


def download(case: Case, item: Item) -> int:
    return {None: 200, NO_READ: 403, NOT_FOUND: 404}[get(case, item)]


def _change(case: Case, item: Item, is_allowed: bool, refusal: str):
    if not reads(case, item):
        return get(case, item)
    return None if is_allowed else refusal


def update(case: Case, item: Item):
    return _change(case, item, writes(case, item), NO_WRITE)


def lock(case: Case, item: Item):
    return _change(case, item, writes(case, item), NO_LOCK)


def unlock(case: Case, item: Item):
    return _change(case, item, writes(case, item), NO_UNLOCK)


def revert(case: Case, item: Item):
    """Removes versions, so it asks for the right to delete."""
    return _change(case, item, deletes(case, item), NO_VERSION_DELETE)


def move_away(case: Case, item: Item):
    return _change(case, item, deletes(case, item), NO_SOURCE)


def delete(case: Case, item: Item):
    refusal = _change(case, item, deletes(case, item), NO_DELETE)
    # What cannot be found needs no delete: its id comes back as not deleted.
    return KEPT if refusal == NOT_FOUND else refusal


def copy_away(case: Case, item: Item):
    return get(case, item)


def create(case: Case):
    if not case.is_visible:
        return NO_FOLDER
    return None if case.rights.folder >= 2 else NO_CREATE


def copy_in(case: Case):
    return create(case)


def move_in(case: Case):
    if not case.is_visible:
        return NO_FOLDER
    return None if case.rights.folder >= 2 else NO_TARGET
