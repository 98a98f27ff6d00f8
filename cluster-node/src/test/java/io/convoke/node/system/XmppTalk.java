package io.convoke.node.system;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.sasl.ScramClient;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** An XMPP client on a bare TLS socket. */
final class XmppTalk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOMENT_MILLIS = 200;
    private static final StreamLimits LIMITS = new StreamLimits(1 << 20, 100, 100, 10_000);

    /** The server said no: SASL's condition and text. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(Element failure) {
            super(failure.children().map(Element::name).findFirst().orElse("")
                    + ": "
                    + failure.child("text", Namespaces.SASL).map(Element::text).orElse(""));
        }
    }

    private final SSLSocket socket;
    private final String domain;
    private StreamParser parser = new StreamParser(LIMITS);
    private String address = "";

    private XmppTalk(SSLSocket socket, String domain) {
        this.socket = socket;
        this.domain = domain;
    }

    /** Direct TLS, up to the server's features; nobody looks at its certificate. */
    static XmppTalk open(int port, String domain) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            XmppTalk talk = new XmppTalk(socket, domain);
            talk.begin();
            return talk;
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    /** Logged in, with a resource. */
    static XmppTalk user(int port, String domain, String user, String password) throws IOException {
        return open(port, domain).login(user, password);
    }

    static XmppTalk guest(int port, String domain) throws IOException {
        XmppTalk talk = open(port, domain);
        talk.say("<auth xmlns='" + Namespaces.SASL + "' mechanism='ANONYMOUS'>"
                + Base64.getEncoder().encodeToString("Ada".getBytes(StandardCharsets.UTF_8)) + "</auth>");
        talk.succeed();
        return talk.bind();
    }

    XmppTalk login(String user, String password) throws IOException {
        ScramClient client = startScram(user, password);
        Element challenge = await(element -> element.namespace().equals(Namespaces.SASL));
        if (challenge.name().equals("failure")) {
            throw new Refused(challenge);
        }
        byte[] answer = client.handleChallenge(Base64.getDecoder().decode(challenge.text()));
        say("<response xmlns='" + Namespaces.SASL + "'>" + Base64.getEncoder().encodeToString(answer) + "</response>");
        succeed();
        return bind();
    }

    /** The first message only. */
    ScramClient startScram(String user, String password) throws IOException {
        ScramClient client = new ScramClient(
                ScramMechanism.SCRAM_SHA_256, user, password, UUID.randomUUID().toString());
        say("<auth xmlns='" + Namespaces.SASL + "' mechanism='SCRAM-SHA-256'>"
                + Base64.getEncoder().encodeToString(client.first()) + "</auth>");
        return client;
    }

    /** Its full address. */
    String address() {
        return address;
    }

    String local() {
        return address.substring(0, address.indexOf('@'));
    }

    void say(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** The next element for which that holds; others are passed over. */
    Element await(Predicate<Element> wanted) throws IOException {
        while (true) {
            StreamEvent event = next();
            if (event instanceof StreamEvent.Stanza stanza && wanted.test(stanza.element())) {
                return stanza.element();
            }
            if (event instanceof StreamEvent.Stanza stanza && stanza.element().is("error", Namespaces.STREAMS)) {
                throw new IOException(
                        "The stream ended: " + stanza.element().children().findFirst());
            }
        }
    }

    /** As {@link #await}, but empty where there is none for a moment. */
    Optional<Element> poll(Predicate<Element> wanted) throws IOException {
        socket.setSoTimeout(MOMENT_MILLIS);
        try {
            return Optional.of(await(wanted));
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        } finally {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }
    }

    /** The body of the next message that has one. */
    Element awaitMessage(String body) throws IOException {
        return await(element -> element.name().equals("message")
                && element.child("body", Namespaces.CLIENT)
                        .map(Element::text)
                        .filter(body::equals)
                        .isPresent());
    }

    private XmppTalk bind() throws IOException {
        begin();
        say("<iq type='set' id='bind'><bind xmlns='" + Namespaces.BIND + "'/></iq>");
        Element result = await(element -> "bind".equals(element.attribute("id")));
        address = result.child("bind", Namespaces.BIND)
                .flatMap(bind -> bind.child("jid", Namespaces.BIND))
                .map(Element::text)
                .orElseThrow(() -> new IOException("Expected an address"));
        return this;
    }

    private void succeed() throws IOException {
        Element answer = await(element -> element.namespace().equals(Namespaces.SASL));
        if (!answer.name().equals("success")) {
            throw new Refused(answer);
        }
    }

    private void begin() throws IOException {
        parser = new StreamParser(LIMITS);
        say("<stream:stream to='" + domain + "' version='1.0' xmlns='jabber:client' xmlns:stream='" + Namespaces.STREAMS
                + "'>");
        await(element -> element.is("features", Namespaces.STREAMS));
    }

    private StreamEvent next() throws IOException {
        byte[] buffer = new byte[8192];
        while (true) {
            @Nullable StreamEvent event = parser.poll();
            if (event instanceof StreamEvent.Violated || event instanceof StreamEvent.Closed) {
                throw new IOException("The stream is over: " + event);
            }
            if (event != null) {
                return event;
            }
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                throw new IOException("The connection is gone");
            }
            parser.feed(buffer, 0, length);
            buffer = new byte[8192];
        }
    }

    @Override
    public void close() throws IOException {
        try {
            say("</stream:stream>");
        } catch (IOException gone) {
            // Then there is nobody to say goodbye to.
        }
        socket.close();
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
