package io.convoke.actors.xmpp.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Steps 9 to 12: the stream, the proof, what is up, and what is used. */
final class FaultsOfTheStream {
    private static final String LOGIN = "<iq type='set' id='l1' from='" + Walks.DOMAIN + "' to='" + Walks.NAME
            + "'><auth xmlns='urn:convoke:login:1' mechanism='ANONYMOUS' session='s1'/></iq>";

    private FaultsOfTheStream() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "the server says nothing",
                        9,
                        "streamTimeout",
                        stage -> stage.afterTls(ScriptedServer.Line::swallow),
                        "the server's stream header within 1500 ms",
                        "port is for components"),
                Fault.of(
                        "the server drips its header",
                        9,
                        "streamTimeout",
                        stage -> stage.afterTls(line -> {
                            line.send("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' a='");
                            for (int i = 0; i < 100; i++) {
                                line.send("x");
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                            }
                        }),
                        "the server's stream header"),
                Fault.of(
                        "a web server answers",
                        9,
                        "notXmpp",
                        stage -> stage.afterTls(line -> {
                            line.anything();
                            line.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                            line.swallow();
                        }),
                        "something else answers",
                        "Check address and port"),
                Fault.of(
                        "the server closes at once",
                        9,
                        "connectionClosed",
                        stage -> stage.afterTls(ScriptedServer.Line::anything),
                        "the server's stream header",
                        "closed"),
                Fault.of(
                        "no such component",
                        9,
                        "hostUnknown",
                        stage -> stage.afterTls(line -> {
                            line.until("accept'");
                            line.send("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                                    + " xmlns:stream='http://etherx.jabber.org/streams'>");
                            line.error("host-unknown", "Never heard of it");
                            line.swallow();
                        }),
                        "to know a component " + Walks.NAME,
                        "Never heard of it"),
                Fault.of(
                        "a port for clients",
                        9,
                        "streamError",
                        stage -> stage.afterTls(line -> {
                            line.until("accept'");
                            line.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
                                    + " xmlns:stream='http://etherx.jabber.org/streams' id='x'>");
                            line.error("invalid-namespace", "");
                            line.swallow();
                        }),
                        "invalid-namespace"),
                Fault.of(
                        "a wrong secret",
                        10,
                        "notAuthorized",
                        stage -> stage.afterTls(line -> {
                            line.header().until("</handshake>");
                            line.error("not-authorized", "Given token does not match");
                            line.swallow();
                        }),
                        "accept the unique name " + Walks.NAME,
                        "not-authorized",
                        "the same secret"),
                Fault.of(
                        "the name is taken",
                        10,
                        "conflict",
                        stage -> stage.afterTls(line -> {
                            line.header().until("</handshake>");
                            line.error("conflict", "");
                            line.swallow();
                        }),
                        "to be the only " + Walks.NAME,
                        "unique name of its own"),
                Fault.of(
                        "no answer to the proof",
                        10,
                        "streamTimeout",
                        stage -> stage.afterTls(line -> line.header().swallow()),
                        "the server's answer to the handshake"),
                Fault.of(
                        "reset at the proof",
                        10,
                        "connectionClosed",
                        stage -> stage.afterTls(line -> {
                            line.header().until("</handshake>");
                            line.reset();
                        }),
                        "the server's answer to the handshake"),
                Fault.of(
                        "a stream error in the midst of the handshake",
                        10,
                        "streamError",
                        stage -> stage.afterTls(line -> {
                            line.header().until("</handshake>");
                            line.error("internal-server-error", "out of luck");
                            line.swallow();
                        }),
                        "internal-server-error: out of luck"),
                Fault.of(
                        "the server stops",
                        11,
                        "serverShutdown",
                        stage -> stage.afterTls(line -> {
                            line.accept().error("system-shutdown", "");
                            line.swallow();
                        }),
                        "system-shutdown",
                        "it is dialled again"),
                Fault.of(
                        "the server dies",
                        11,
                        "connectionClosed",
                        stage -> stage.afterTls(line -> line.accept().reset()),
                        "to stay, but the connection was reset"),
                Fault.of(
                        "the server hangs",
                        11,
                        "serverSilent",
                        stage -> stage.afterTls(line -> line.accept().swallow()),
                        "a sign of life within 600 ms"),
                Fault.of(
                        "another takes the name over",
                        11,
                        "conflict",
                        stage -> stage.afterTls(line -> {
                            line.accept().error("conflict", "Replaced by new connection");
                            line.swallow();
                        }),
                        "Replaced by new connection"),
                Fault.of(
                        "a stanza that is too large, in use",
                        12,
                        "badStream",
                        stage -> stage.afterTls(line -> {
                            line.accept().send(LOGIN);
                            line.send("<message><body>" + "x".repeat(100_000) + "</body></message>");
                            line.swallow();
                        }),
                        "well-formed XML within its limits",
                        "max-stanza"),
                Fault.of(
                        "an entity declaration, in use",
                        12,
                        "badStream",
                        stage -> stage.afterTls(line -> {
                            line.accept().send(LOGIN);
                            line.send("<!DOCTYPE a [<!ENTITY b 'c'>]>");
                            line.swallow();
                        }),
                        "well-formed XML"),
                Fault.of(
                        "the connection is lost in use",
                        12,
                        "connectionClosed",
                        stage -> stage.afterTls(line -> {
                            line.accept().send(LOGIN);
                            line.until("service-unavailable");
                            line.reset();
                        }),
                        "to stay, but the connection was reset"));
    }
}
