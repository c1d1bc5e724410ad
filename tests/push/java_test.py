"""The Java samples of the published protocol page, completed only where they do not compile: semicolons, the variable that
the page declares as `context` and uses as `contextId`, and the constant of action 4."""

import pathlib
import shutil
import subprocess
import tempfile

from support.push import CONTACT, PushServer
from support.runner import Skipped

SOURCE = """\
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

public class Samples {
    public static final int MAGIC = 1337;
    public static final int REGISTER_ACTION = 1;
    public static final int REMOTE_HOST_REGISTER = 4;

    protected int userId = 1234;
    protected int contextId = 5678;
    protected String hostname = "yourserver.tux";
    protected int port = 12345;

    StringBuffer framed(StringBuffer packageData) {
        StringBuffer stringPackage = new StringBuffer();
        stringPackage.append(MAGIC);
        stringPackage.append('\\1');
        stringPackage.append(packageData.length());
        stringPackage.append('\\1');
        stringPackage.append(packageData);
        return stringPackage;
    }

    StringBuffer register() {
        StringBuffer packageData = new StringBuffer();
        packageData.append(REGISTER_ACTION);
        packageData.append('\\1');
        packageData.append(userId);
        packageData.append('\\1');
        packageData.append(contextId);
        packageData.append('\\1');
        return framed(packageData);
    }

    StringBuffer remoteHost() {
        StringBuffer packageData = new StringBuffer();
        packageData.append(REMOTE_HOST_REGISTER);
        packageData.append('\\1');
        packageData.append(hostname);
        packageData.append('\\1');
        packageData.append(port);
        packageData.append('\\1');
        return framed(packageData);
    }

    public static void main(String[] arguments) throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        int server = Integer.parseInt(arguments[0]);
        DatagramSocket socket = new DatagramSocket(0, address);
        socket.setSoTimeout(15000);
        for (StringBuffer text : new StringBuffer[] {new Samples().remoteHost(), new Samples().register()}) {
            byte[] bytes = text.toString().getBytes("US-ASCII");
            socket.send(new DatagramPacket(bytes, bytes.length, address, server));
        }
        for (int i = 0; i < 2; ++i) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            System.out.println(new String(packet.getData(), 0, packet.getLength(), "US-ASCII").replace('\\1', '|'));
            System.out.flush();
        }
    }
}
"""


def test_the_published_samples_register_and_receive():
    if not shutil.which("javac") or not shutil.which("java"):
        raise Skipped("no JDK on this machine")
    with tempfile.TemporaryDirectory() as name, PushServer() as httpd:
        folder = pathlib.Path(name)
        (folder / "Samples.java").write_text(SOURCE)
        built = subprocess.run(["javac", "-d", name, str(folder / "Samples.java")], capture_output=True, text=True)
        assert built.returncode == 0, built.stderr
        httpd.log.announce("OXP0012: .* announcements come by multicast")
        with subprocess.Popen(["java", "-cp", name, "-Xmx32m", "Samples", str(httpd.udp)], stdout=subprocess.PIPE,
                              text=True) as program:
            assert program.stdout.readline() == "OK|\n"
            httpd.raise_event(5678, CONTACT, [(42, [1234])])
            assert program.stdout.readline() == "42|\n"
            assert program.wait(15) == 0
