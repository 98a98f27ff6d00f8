package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.media.xmpp.ServerPort;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.login.LoginAnswer;
import io.convoke.protocols.xmpp.login.LoginLoad;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A registered component: a callbridge that answers as the test wants, or one that knows nothing of logins. */
final class FakeComponent implements ComponentConnection {
    private static final AtomicLong IDS = new AtomicLong();

    /** Everything but what is answered by itself. */
    final BlockingQueue<Element> inbox = new LinkedBlockingQueue<>();

    final BlockingQueue<LoginRequest> logins = new LinkedBlockingQueue<>();
    final BlockingQueue<StreamCondition> closed = new LinkedBlockingQueue<>();
    volatile LoginLoad load = new LoginLoad(0, 0, 100);
    volatile boolean silent;
    volatile boolean deaf;
    private final long id = IDS.incrementAndGet();
    private final String name;
    private final ServerPort port;
    private final boolean decidesLogins;

    FakeComponent(String name, TestXmppNode node, boolean decidesLogins) {
        this.name = name;
        this.port = node.port();
        this.decidesLogins = decidesLogins;
    }

    FakeComponent up() {
        port.componentUp(this);
        return this;
    }

    void gone() {
        port.componentGone(this, "the test ended it");
    }

    LoginRequest login() throws InterruptedException {
        LoginRequest request = logins.poll(TestXmppNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("Expected a question about a login at " + name);
        }
        return request;
    }

    Element receive() throws InterruptedException {
        Element stanza = inbox.poll(TestXmppNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (stanza == null) {
            throw new AssertionError("Expected a stanza for " + name);
        }
        return stanza;
    }

    void say(Element stanza) {
        port.fromComponent(this, stanza, () -> {});
    }

    @Override
    public void send(Element stanza) {
        Optional<LoginRequest> request = LoginRequest.of(stanza);
        if (stanza.child("query", Namespaces.DISCO_INFO).isPresent() && "get".equals(stanza.attribute("type"))) {
            Element info = Element.of("query", Namespaces.DISCO_INFO);
            say(Stanzas.result(
                    stanza,
                    decidesLogins
                            ? info.with(
                                    Element.of("feature", Namespaces.DISCO_INFO).with("var", Namespaces.LOGIN))
                            : info));
        } else if (request.isEmpty()) {
            inbox.add(stanza);
        } else if (request.get() instanceof LoginRequest.Load) {
            if (!deaf) {
                say(Stanzas.result(stanza, load.payload()));
            }
        } else {
            logins.add(request.get());
            if (!silent) {
                decide(stanza, request.get());
            }
        }
    }

    private void decide(Element iq, LoginRequest request) {
        LoginAnswer answer = null;
        if (request instanceof LoginRequest.Auth auth) {
            answer = auth.mechanism().equals("ANONYMOUS")
                    ? new LoginAnswer.Success(auth.session(), "guest" + id, null)
                    : new LoginAnswer.Challenge(auth.session(), new byte[] {'?'});
        } else if (request instanceof LoginRequest.Response response) {
            answer = response.data().length > 0 && response.data()[0] == '!'
                    ? new LoginAnswer.Success(response.session(), "alice", null)
                    : new LoginAnswer.Failure(response.session(), "not-authorized", "No.");
        }
        say(Stanzas.result(iq, answer == null ? null : answer.payload()));
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String transport() {
        return "tls";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public Instant since() {
        return TestXmppNode.NOW;
    }

    @Override
    public void close(StreamCondition condition, String text) {
        closed.add(condition);
        gone();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1, 2, 3);
    }
}
