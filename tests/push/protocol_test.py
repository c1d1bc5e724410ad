"""The protocol's test vectors through a real socket: what must be accepted, what must be dropped."""

from support.push import CONTACT, PushServer, frame

DROPPED = r"OXP0010: PUSHUDP-\d{4} dropped"
REFUSED = r"OXP0012: packet of a server"

# Source: spec udp-push section 12.
REGISTER = bytes.fromhex("31333337 01 3132 01 31 01 31323334 01 35363738 01")
REGISTER_SHORT = bytes.fromhex("31333337 01 3131 01 31 01 31323334 01 35363738")

ACCEPTED = (REGISTER, REGISTER_SHORT, b"0" + REGISTER, frame("1|1234|5678|extra|tokens"), REGISTER_SHORT + b"\r",
            REGISTER_SHORT + b"\n", REGISTER_SHORT + b"\0", REGISTER + b"\x01")

BAD = (b"", REGISTER.replace(b"1337", b"1336"), REGISTER.replace(b"\x0112\x01", b"\x01x\x01"),
       REGISTER.replace(b"\x0112\x01", b"\x01-1\x01"), REGISTER.replace(b"\x0112\x01", b"\x019999\x01"),
       REGISTER.replace(b"\x0112\x01", b"\x0110\x01"), frame("5|1234|5678"), frame("1|1234"), frame("3|42|4|5678|3,,7|0"),
       frame("3|42|4|5678|3,a|0"), frame("2|yourserver.tux|12345|"), frame("1|1234||5678"), frame("1|+1|5678"),
       frame("1|12\x80|5678"), frame("1|1234|5678") + b"\r\n", frame("1|1|1|" + "x" * 2048), b"GET / HTTP/1.1\r\n\r\n")


def test_registrations_in_every_accepted_form_are_answered_with_ok():
    with PushServer() as httpd, httpd.client() as client:
        for datagram in ACCEPTED:
            client.send(datagram)
            assert client.receive() == b"OK\x01", datagram


def test_bad_datagrams_are_dropped_without_an_answer():
    with PushServer() as httpd, httpd.client() as client:
        httpd.log.announce(DROPPED)
        for datagram in BAD:
            client.send(datagram)
        # Datagrams keep their order here: only the last one may be answered.
        client.register(1234, 5678)
        assert client.waiting() == []
        counters = httpd.counters()
        assert counters["OXPushPacketsBad"] == len(BAD), counters
        assert counters["OXPushPacketsReceived"] == len(BAD) + 1


def test_a_bad_datagram_is_logged_as_hex_once_a_second():
    with PushServer() as httpd, httpd.client() as client:
        httpd.log.announce(DROPPED)
        for _ in range(50):
            client.send(b"evil\r\n[fake] line")
        client.register(1, 1)
        lines = [line for line in httpd.log_text().splitlines() if "OXP0010" in line]
        assert b"evil\r\n[fake] line".hex() in lines[0], lines
        assert len(lines) <= 5, "a flood of packets became a flood of lines"


def test_an_event_becomes_the_packet_of_the_spec():
    with PushServer() as httpd, httpd.client() as client:
        client.register(1234, 5678)
        httpd.raise_event(5678, CONTACT, [(42, [3, 7, 1234])])
        assert client.receive() == bytes.fromhex("343201")


def test_packets_of_servers_are_refused_from_strangers():
    with PushServer() as httpd, httpd.client() as client:
        httpd.log.announce(REFUSED)
        client.register(1234, 5678)
        client.send(frame("3|42|4|5678|1234|0"))
        client.send(frame("2|1234|5678|192.0.2.10|40000|false|"))
        client.send(frame("4|192.0.2.10|44335"))
        client.register(1234, 5678)
        httpd.raise_event(5678, CONTACT, [(43, [1234])])
        assert client.folders(1) == [43]
        counters = httpd.counters()
        assert counters["OXPushPeerPacketsRefused"] == 3 and counters["OXPushPeers"] == 0, counters
