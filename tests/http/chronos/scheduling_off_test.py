"""GroupwareScheduling Off: no mails about events and tasks, neither out nor in."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from support import agenda as cal  # noqa: E402
from support.invitations import Outside, itip, look, mail  # noqa: E402
from support.tasks import give_to, new_task  # noqa: E402

MAIL = True
DIRECTIVES = "GroupwareScheduling Off\n"


def test_nothing_goes_out_and_nothing_is_taken_by_itself(api):
    guest, own = Outside(api, "guest"), api.mail("user1")
    attendees = [cal.user(api.user(1)), cal.user(api.user(2)), {"uri": f"mailto:{guest.address}", "cuType": "INDIVIDUAL"}]
    made = cal.created(api.user(1), api.calendar_folder(), cal.event(attendees=attendees))
    new_task(api.user(1), notification=True, **give_to(api.user(2)))
    api.save_mail("user1", mail("google", "request", guest.address, own, organizer=guest.address, attendee=own))
    [row] = look(api.user(1))
    year = {"start": "20300101T000000Z", "end": "20310101T000000Z"}
    assert cal.seen(api.user(1), api.calendar_folder(), **year) == []
    # The user may take it; nobody hears of it.
    itip(api.user(1), row[0], "accept").data
    assert len(cal.seen(api.user(1), api.calendar_folder(), **year)) == 1
    cal.delete(api.user(1), cal.names(made)).data
    assert guest.all() == [] and look(api.user(2)) == []
    assert len(look(api.user(1))) == 1
