"""What `httpd -t` says of wrong directives, and an existing push.properties."""

import http.client
import re

from support.push import CONTACT, PushServer

WRONG = (("OXPushPort 0\n", "OXPushPort: '0' is no port from 1 to 65535"),
         ("OXPushDelay 2h\n", "OXPushDelay: '2h' is no time from 0 to 1h"),
         ("OXPushClientBind localhost\n", "write * or a literal address"),
         ("OXPushDistribution both\n", "write none, event or register"),
         ("OXPushUdp On\nOXPushDistribution event\n", "OXP0008: OXPushDistribution finds no other server"),
         ("OXPushUdp On\nOXPushMulticast On\nOXPushPeerLife 30s\n", "OXPushPeerLife must be longer"),
         ("OXPushUdp On\nOXPushSignatures require\n", "write OXPushKeyFile FILE"),
         ("OXPushUdp On\nOXPushClientSignatures prefer\n", "OXPushClientSignatures derives the clients' keys"),
         ("OXPushKeyFile missing.keys\n", "OXPushKeyFile missing.keys cannot be read"),
         ("OXPushProperties missing.properties\n", "cannot read missing.properties"),
         ("OXPushLimits wishes=3\n", "'wishes=3' is no limit; there are clients=N"),
         (f"OXPushSockets {'x' * 120}\n", "OXP0009: OXPushSockets is no usable path"),
         ("<VirtualHost *:80>\nOXPushPort 5\n</VirtualHost>\n", "OXPushPort cannot occur within <VirtualHost> section"))

PROPERTIES = """\
com.openexchange.push.udp.pushEnabled=true
com.openexchange.push.udp.registerPort={port} \n\
com.openexchange.push.udp.senderAddress=127.0.0.1
com.openexchange.push.udp.outputQueueDelay=0
com.openexchange.push.udp.outputBlockSize=65536
com.openexchange.push.udp.eventDistributionEnabled=false
com.openexchange.push.udp.registerDistributionEnabled={both}
"""


def test_wrong_directives_name_the_fix():
    for config, wanted in WRONG:
        httpd = PushServer(base="OXPush On\n" + config)
        try:
            said = httpd.check_config()
            assert said.returncode != 0 and wanted in said.stderr, config + said.stderr
        finally:
            httpd.stop()


def test_the_properties_of_an_existing_install_are_read():
    httpd = PushServer(base="OXPush On\nOXPushProperties push.properties\n"
                            "<Location /server-status>\nSetHandler server-status\n</Location>\n")
    path = httpd.folder / "push.properties"
    path.write_text(PROPERTIES.format(port=httpd.udp, both="false"))
    said = httpd.check_config()
    assert said.returncode == 0 and "OXP0015" in said.stderr and "outputBlockSize has no effect" in said.stderr, said.stderr
    httpd.log.always_fine.append(re.compile("OXP0015"))
    with httpd, httpd.client() as client:
        client.register(3, 1)
        httpd.raise_event(1, CONTACT, [(42, [3])])
        assert client.folders(1) == [42]


def test_both_distributions_are_refused():
    httpd = PushServer(base="OXPush On\nOXPushProperties push.properties\n")
    try:
        text = PROPERTIES.format(port=httpd.udp, both="true").replace("eventDistributionEnabled=false", "eventDistributionEnabled=true")
        (httpd.folder / "push.properties").write_text(text)
        said = httpd.check_config()
        assert said.returncode != 0 and "are both true: clients would get every packet twice" in said.stderr, said.stderr
    finally:
        httpd.stop()


def test_the_status_page_shows_the_counters_to_people_too():
    with PushServer() as httpd:
        httpd.the_child()
        connection = http.client.HTTPConnection("127.0.0.1", httpd.port)
        connection.request("GET", "/server-status")
        page = connection.getresponse().read().decode()
        connection.close()
        assert "<h2>Push</h2>" in page and "<td>Registered clients now</td><td>0</td>" in page
