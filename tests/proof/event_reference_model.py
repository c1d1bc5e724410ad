"""What the API's description says about who sees and changes events, said once more in the shortest way: the measure of
event_matrix_test.py.

The folders are those of reference_model.py; a case is a folder of user1 and a caller with rights in it. An event is `own` (made
by the caller) or not, has a class, and the caller takes part in it or not. An outcome is None (done), the code of the
refusal, a set of refusals of which each is right, or what is seen: ALL, BLOCK (times alone), SLOT (a busy time of nobody
knows what) or NOTHING. Nothing here is taken from the server's source; source: spec chronos 6-10, calendar 5, 7-9,
export-import 2.
"""

from dataclasses import dataclass

import reference_model as folders
from reference_model import Case, allows

PUBLIC, CONFIDENTIAL, PRIVATE = "PUBLIC", "CONFIDENTIAL", "PRIVATE"
SINGLE, SERIES, EXCEPTION = "single", "series", "exception"
ALL, BLOCK, SLOT, NOTHING = "all", "block", "slot", "nothing"

NO_FOLDER = folders.NOT_VISIBLE
NOT_EXPORTABLE = folders.NOT_EXPORTABLE
NO_READ, NO_WRITE, NO_DELETE = "CAL-4030", "CAL-4031", "CAL-4032"
RESTRICTED, NOT_ORGANIZER, NOT_FOUND, NO_ATTENDEE = "CAL-4037", "CAL-4038", "CAL-4040", "CAL-4043"
CLASS_NOT_HERE, SERIES_MOVES, OCCURRENCE_MOVES, CLASS_BLOCKS_MOVE = "CAL-4222", "CAL-4224", "CAL-4225", "CAL-4226"


@dataclass(frozen=True)
class Event:
    is_own: bool  # made by the caller
    classification: str = PUBLIC
    shape: str = SINGLE
    is_invited: bool = False  # the caller takes part

    @property
    def name(self) -> str:
        words = ["own" if self.is_own else "foreign", self.classification, self.shape, "invited" if self.is_invited else ""]
        return " ".join(word for word in words if word)


def takes_part(case: Case, event: Event) -> bool:
    """Chronos 7 speaks of non-participants. The organizer is none: in private calendars their owner, in public folders whoever
    made the event (chronos 5)."""
    is_organizer = case.role == folders.OWNER if case.kind == folders.PRIVATE else event.is_own
    return event.is_invited or is_organizer


def sight(case: Case, event: Event) -> str:
    """Of one who gets at it, through whatever folder (chronos 7)."""
    if event.classification == PUBLIC or takes_part(case, event):
        return ALL
    return BLOCK if event.classification == CONFIDENTIAL else NOTHING


def reads(case: Case, event: Event) -> bool:
    return case.is_visible and allows(case.rights.read, event.is_own)


def is_always_his(case: Case, event: Event) -> bool:
    """Whoever takes part reads and answers by id whatever the folder gives him (calendar 7); in private calendars through his
    own one, while events of public folders lie in one place for all."""
    return case.kind == folders.PUBLIC and takes_part(case, event)


def get(case: Case, event: Event):
    """Through the folder. What is PRIVATE does not exist, before rights are spoken of."""
    if is_always_his(case, event):
        return ALL
    if not case.is_visible:
        return NO_FOLDER
    if sight(case, event) == NOTHING:
        return NOT_FOUND
    return sight(case, event) if reads(case, event) else NO_READ


def files(case: Case, event: Event):
    """Who sees the block alone sees no files of it."""
    outcome = get(case, event)
    return RESTRICTED if outcome == BLOCK else outcome


def get_by_own_folder(case: Case, event: Event):
    """Calendar 7: an attendee without folder access reads it through his own calendar."""
    return ALL if takes_part(case, event) else None


def list_by_id(case: Case, event: Event) -> str:
    return sight(case, event) if reads(case, event) or is_always_his(case, event) else NOTHING


def list_folder(case: Case, event: Event):
    """`all` of a folder, `updates` from the beginning."""
    if not case.is_visible:
        return NO_FOLDER
    if not case.rights.read:
        return NO_READ
    return sight(case, event) if reads(case, event) else NOTHING


def search(case: Case, event: Event) -> str:
    """By its title, which the block does not have; everywhere, so what one takes part in is found."""
    return ALL if takes_part(case, event) or list_by_id(case, event) == ALL else NOTHING


def export(case: Case, event: Event):
    """Private objects of others are left out (export-import 2)."""
    if not case.is_visible or not case.rights.read:
        return NOT_EXPORTABLE
    return ALL if list_folder(case, event) == ALL else NOTHING


def busy(case: Case, event: Event) -> str:
    """Chronos 10 asks for no folder right: PRIVATE of others is skipped, the rest is a slot, with details if readable."""
    if sight(case, event) == NOTHING:
        return NOTHING
    return ALL if takes_part(case, event) or reads(case, event) and sight(case, event) == ALL else SLOT


def public_busy(event: Event) -> str:
    """VFREEBUSY without sign-in: nobody's participant, and no details."""
    return NOTHING if event.classification == PRIVATE else SLOT


def _change(case: Case, event: Event, level: int, refusal: str):
    if is_always_his(case, event):
        return None if allows(level, event.is_own) else refusal
    if not case.is_visible:
        return NO_FOLDER
    if sight(case, event) == NOTHING:
        return NOT_FOUND
    if sight(case, event) == BLOCK:
        return RESTRICTED
    if allows(level, event.is_own):
        return None
    # Which right is named first where both are missing is nobody's business.
    return refusal if reads(case, event) else {refusal, NO_READ}


def update(case: Case, event: Event):
    return _change(case, event, case.rights.write, NO_WRITE)


def update_by_own_folder():
    """An attendee changes his answer and his reminders alone, and deletes for himself (calendar 7)."""
    return NOT_ORGANIZER


def delete(case: Case, event: Event):
    return _change(case, event, case.rights.delete, NO_DELETE)


def respond(case: Case, event: Event):
    """In private calendars for their owner, in whose name one acts there (calendar 5, 7): needs the right to write."""
    if is_always_his(case, event):
        return None
    if case.kind == folders.PUBLIC and case.is_visible:
        # He answers for himself, and does not take part.
        return {NO_ATTENDEE, NO_READ, NO_WRITE}
    return _change(case, event, case.rights.write, NO_WRITE)


def move_away(case: Case, event: Event):
    """Into the caller's own calendar: read, write and delete are needed (calendar 9); series and exceptions stay."""
    if not case.is_visible:
        return NO_FOLDER
    if sight(case, event) == NOTHING:
        return NOT_FOUND
    if sight(case, event) == BLOCK:
        return RESTRICTED
    missing = {code for code, level in ((NO_READ, case.rights.read), (NO_WRITE, case.rights.write), (NO_DELETE, case.rights.delete))
               if not allows(level, event.is_own)}
    by_shape = {SERIES: SERIES_MOVES, EXCEPTION: OCCURRENCE_MOVES}.get(event.shape)
    if by_shape:
        return missing | {by_shape}
    return missing or None


def move_to_public(event: Event):
    """By the owner, who may everything in both (chronos 7, calendar 9)."""
    refusals = {code for code, counts in ((CLASS_BLOCKS_MOVE, event.classification != PUBLIC), (SERIES_MOVES, event.shape == SERIES),
                                          (OCCURRENCE_MOVES, event.shape == EXCEPTION)) if counts}
    return refusals or None


def create(case: Case, classification: str = PUBLIC):
    if not case.is_visible:
        return NO_FOLDER
    allowed = case.rights.folder >= 2
    if classification != PUBLIC and (case.kind == folders.PUBLIC or case.role != folders.OWNER):
        return CLASS_NOT_HERE if allowed else {CLASS_NOT_HERE, NO_WRITE}
    return None if allowed else NO_WRITE


def alarms(case: Case) -> bool:
    """Whether the reminders that the owner has set are due for the caller: each has his own (calendar 7, chronos 9)."""
    return case.role == folders.OWNER
