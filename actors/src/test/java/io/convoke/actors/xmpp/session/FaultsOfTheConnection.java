package io.convoke.actors.xmpp.session;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Steps 6 and 7: TCP and TLS. */
final class FaultsOfTheConnection {
    private static final String SRV = "_xmpp-component._tcp." + Walks.DOMAIN;

    private FaultsOfTheConnection() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "nobody listens",
                        6,
                        "connectionRefused",
                        stage -> stage.walked(Walks.settings("localhost:" + Program.freePort()), Walks.hostsOnly()),
                        "localhost",
                        "refused",
                        "running"),
                Fault.of(
                        "packets vanish",
                        6,
                        "connectTimeout",
                        FaultsOfTheConnection::blackHole,
                        "nothing answered in time",
                        "firewall"),
                Fault.of(
                        "all targets are dead",
                        6,
                        "connectionRefused",
                        stage -> stage.byNames(
                                "--local=/test/",
                                "--host-record=a.example.test,127.0.0.1",
                                "--host-record=b.example.test,127.0.0.1",
                                "--srv-host=" + SRV + ",a.example.test," + Program.freePort() + ",10,0",
                                "--srv-host=" + SRV + ",b.example.test," + Program.freePort() + ",20,0"),
                        "a.example.test",
                        "refused"),
                Fault.of(
                        "the port has no TLS",
                        7,
                        "notTls",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client'>");
                            line.swallow();
                        }),
                        "it answered without",
                        "plain-tcp"),
                Fault.of(
                        "the server says that the TLS version is wrong",
                        7,
                        "tlsVersion",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.send(new byte[] {21, 3, 1, 0, 2, 2, 70});
                            line.swallow();
                        }),
                        "TLS 1.2 or 1.3",
                        "protocol_version"),
                Fault.of(
                        "the server speaks TLS 1.0 only",
                        7,
                        "tlsVersion",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.send(oldServerHello());
                            line.swallow();
                        }),
                        "TLS 1.2 or 1.3",
                        "no such version"),
                Fault.of(
                        "nothing in common",
                        7,
                        "tlsNothingInCommon",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.send(new byte[] {21, 3, 3, 0, 2, 2, 40});
                            line.swallow();
                        }),
                        "handshake_failure",
                        "cipher"),
                Fault.of(
                        "the server wants a certificate and got none it knows",
                        7,
                        "clientCertificateRequired",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.send(new byte[] {21, 3, 3, 0, 2, 2, 116});
                            line.swallow();
                        }),
                        "certificate_required"),
                Fault.of(
                        "the server does not trust our certificate (TLS 1.3)",
                        7,
                        "clientCertificateRefused",
                        stage -> refusing(stage, "TLSv1.3"),
                        "this Callbridge's certificate",
                        "refused it"),
                Fault.of(
                        "the server does not trust our certificate (TLS 1.2)",
                        7,
                        "clientCertificateRefused",
                        stage -> refusing(stage, "TLSv1.2"),
                        "this Callbridge's certificate",
                        "refused it"),
                Fault.of(
                        "the connection is reset in the handshake",
                        7,
                        "tlsReset",
                        stage -> stage.atServer(line -> {
                            line.anything();
                            line.reset();
                        }),
                        "reset"),
                Fault.of(
                        "the server closes in the handshake",
                        7,
                        "tlsClosed",
                        stage -> stage.atServer(ScriptedServer.Line::anything),
                        "closed the connection"),
                Fault.of(
                        "the server is silent in the handshake",
                        7,
                        "tlsTimeout",
                        stage -> stage.atServer(ScriptedServer.Line::swallow),
                        "within 1500 ms",
                        "STARTTLS"),
                Fault.of(
                        "the server drips its handshake",
                        7,
                        "tlsTimeout",
                        stage -> stage.atServer(line -> {
                            line.send(new byte[] {22, 3, 3, 0x40, 0});
                            for (int i = 0; i < 100; i++) {
                                line.send(new byte[] {1});
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                            }
                        }),
                        "did not end"));
    }

    private static io.convoke.protocols.xmpp.registration.RegistrationView refusing(Fault.Stage stage, String version)
            throws Exception {
        TestCertificates.Identity good = stage.walks.authority.issue(Walks.DOMAIN, "localhost");
        TestCertificates others = new TestCertificates("Others");
        return stage.atServer(line ->
                line.tls(good, List.of(version), others.certificate()).accept().swallow());
    }

    /** A full queue of connections that nobody accepts: the system drops what comes. */
    private static io.convoke.protocols.xmpp.registration.RegistrationView blackHole(Fault.Stage stage)
            throws Exception {
        ServerSocket full = stage.opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            Socket waiting = stage.opened(new Socket());
            try {
                waiting.connect(full.getLocalSocketAddress(), 200);
            } catch (java.net.SocketTimeoutException queueIsFull) {
                break;
            }
        }
        return stage.walked(Walks.settings("127.0.0.1:" + full.getLocalPort()), Walks.hostsOnly());
    }

    /** A record with a ServerHello of version 3.1, that is TLS 1.0. */
    private static byte[] oldServerHello() {
        byte[] hello = new byte[5 + 4 + 38];
        hello[0] = 22;
        hello[1] = 3;
        hello[2] = 1;
        hello[4] = 42;
        hello[5] = 2;
        hello[8] = 38;
        hello[9] = 3;
        hello[10] = 1;
        // 32 random bytes of zero, no session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression
        hello[45] = 0x2F;
        return hello;
    }
}
