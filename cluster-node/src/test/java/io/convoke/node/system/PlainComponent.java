package io.convoke.node.system;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginLoad;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A component on a bare socket (XEP-0114), that can play a callbridge which never comes to a decision. */
final class PlainComponent implements AutoCloseable {
    private final Socket socket;
    private final StreamParser parser = new StreamParser(new StreamLimits(1 << 20, 100, 100, 10_000));
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<String> received = new AtomicReference<>("");

    private PlainComponent(Socket socket) {
        this.socket = socket;
    }

    static PlainComponent register(int port, String name, String secret) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        PlainComponent component = new PlainComponent(socket);
        component.say("<stream:stream xmlns='" + Namespaces.COMPONENT_ACCEPT + "' xmlns:stream='" + Namespaces.STREAMS
                + "' to='" + name + "'>");
        String id = ((StreamEvent.Opened) component.next()).header().attribute("id");
        component.say("<handshake>" + hash(id + secret) + "</handshake>");
        Element answer = ((StreamEvent.Stanza) component.next()).element();
        if (!answer.name().equals("handshake")) {
            throw new IOException(
                    "Expected a handshake, but found " + answer.children().findFirst());
        }
        return component;
    }

    void say(Element stanza) throws IOException {
        say(XmlOutput.text(stanza, Namespaces.CLIENT));
    }

    /** Answers in a thread of its own: it decides logins, it is idle, and never gets to an answer about one. */
    void answerAsCallbridge() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            if (next() instanceof StreamEvent.Stanza stanza) {
                                answer(stanza.element());
                            }
                        }
                    } catch (IOException gone) {
                        // The test has ended it.
                    }
                },
                "plain-component");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Element iq) throws IOException {
        if (iq.child("query", Namespaces.DISCO_INFO).isPresent()) {
            say(Stanzas.result(
                    iq,
                    Element.of("query", Namespaces.DISCO_INFO)
                            .with(Element.of("feature", Namespaces.DISCO_INFO).with("var", Namespaces.LOGIN))));
        } else if (iq.child("ping", Namespaces.PING).isPresent()) {
            say(Stanzas.result(iq, null));
        } else {
            Optional<LoginRequest> request = LoginRequest.of(iq);
            if (request.isPresent() && request.get() instanceof LoginRequest.Load) {
                say(Stanzas.result(iq, new LoginLoad(0, 0, 10).payload()));
            } else if (request.isPresent()) {
                asked.countDown();
            } else {
                received.set(XmlOutput.text(iq, Namespaces.CLIENT));
            }
        }
    }

    void awaitLogin() throws InterruptedException {
        if (!asked.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected a question about a login");
        }
    }

    /** The last stanza that was none of those above; empty for none. */
    String received() {
        return received.get();
    }

    /** As a process that dies. */
    void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void say(String xml) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        }
    }

    private StreamEvent next() throws IOException {
        while (true) {
            StreamEvent event = parser.poll();
            if (event != null) {
                return event;
            }
            byte[] buffer = new byte[8192];
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                throw new IOException("The connection is gone");
            }
            parser.feed(buffer, 0, length);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
