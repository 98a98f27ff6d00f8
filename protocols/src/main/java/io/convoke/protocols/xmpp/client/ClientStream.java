package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Keepalive;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.StreamError;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of one client's connection, over TCP or WebSocket: stream, STARTTLS, SASL, binding or resumption, then stanzas.
 *
 * <p>Pure: one change, then {@link #poll()} until it is null. Where an output asks ({@link Output.StartTls}, {@link Output.Authenticate}, {@link
 * Output.Bind}, {@link Output.Resume}), it is answered once by the method named there, at any later time; what the client sends until then waits in here,
 * bounded. Answers that come too late are ignored. After {@link Output.Ended} nothing more comes out: flush, close the connection, throw the machine away.
 */
public final class ClientStream {
    /** What the shell has to do. */
    public sealed interface Output {
        /** TCP: send it in UTF-8. WebSocket: send it as one text message. */
        record Send(String xml) implements Output {}

        /** Make the connection a TLS server's, then {@link #handleSecured}. What the client sent in the clear is forgotten. */
        record StartTls() implements Output {}

        /**
         * A step of SASL. Answer with {@link #handleChallenge}, {@link #handleSuccess} or {@link #handleFailure}. {@code first}: a new exchange begins.
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Authenticate(String mechanism, byte[] data, boolean first) implements Output {}

        /** The exchange begun has no end: the client gave up, or its stream ended. */
        record AuthenticationAbandoned() implements Output {}

        /** Answer with {@link #handleBound} or {@link #handleBindRefused}. {@code resource} is empty where the server is to choose. */
        record Bind(String resource) implements Output {}

        /**
         * The client wants to go on with a lost stream, of which it had {@code h} stanzas. Answer with {@link #handleResumed} or {@link
         * #handleResumeRefused}. To be refused unless that stream's {@link #local} is the same.
         */
        record Resume(String previousId, long h) implements Output {}

        /** Stream management is on; with {@code resumable} the stream may be asked for by {@link StreamManagement#id}. */
        record Enabled(StreamManagement management) implements Output {}

        /** The client's stanza, {@code from} its full address; {@code to} may be missing. */
        record Received(Element stanza) implements Output {}

        /**
         * The last output.
         *
         * @param condition the stream error's, sent or received; empty where stream or connection just ended
         * @param text for people
         * @param resumable the client may come back for {@link #management}
         */
        record Ended(String condition, String text, boolean resumable) implements Output {}
    }

    private final ClientSettings settings;
    private final Input input;
    private final Keepalive keepalive;
    private final Outbox outbox;
    private final Login login;
    private final Binding binding;
    private final Established established;
    private final long deadlineNanos;
    private Phase phase = Phase.OPENING;
    private long unauthenticatedBytes;
    private String local = "";

    /** @param tokens makes stream IDs: each a new one, not guessable, of letters and digits */
    public ClientStream(ClientSettings settings, Supplier<String> tokens, long nowNanos) {
        this.settings = settings;
        ClientSettings.Bounds bounds = settings.bounds();
        input = new Input(bounds.limits());
        keepalive = new Keepalive(bounds.keepAliveNanos(), bounds.pingTimeoutNanos(), nowNanos);
        deadlineNanos = nowNanos + bounds.authenticationTimeoutNanos();
        outbox = new Outbox(settings, tokens, keepalive, nowNanos);
        login = new Login(settings, outbox);
        binding = new Binding(outbox);
        established = new Established(settings, tokens, outbox);
    }

    /** The local part that the client has authenticated as; empty until then. */
    public String local() {
        return local;
    }

    /** The full address, once bound or resumed. */
    public @Nullable Jid address() {
        return established.address();
    }

    public boolean isEncrypted() {
        return login.isEncrypted();
    }

    /** What stream management knows; null where the client did not enable it. */
    public @Nullable StreamManagement management() {
        return established.management();
    }

    /** Bytes of TCP, cut anywhere; the array is not kept. */
    public void handlePacket(long nowNanos, byte[] bytes, int offset, int length) {
        if (phase == Phase.ENDED || phase == Phase.SECURING) {
            return;
        }
        input.add(Arrays.copyOfRange(bytes, offset, offset + length));
        handleInput(nowNanos, length);
    }

    /** One text message of a WebSocket. */
    public void handleMessage(long nowNanos, String message) {
        if (phase != Phase.ENDED) {
            input.add(message);
            handleInput(nowNanos, message.length());
        }
    }

    private void handleInput(long nowNanos, int length) {
        outbox.now(nowNanos);
        keepalive.heard(nowNanos);
        if (local.isEmpty()) {
            unauthenticatedBytes += length;
            if (unauthenticatedBytes > settings.bounds().maxUnauthenticatedBytes()) {
                fail(StreamCondition.POLICY_VIOLATION, "Expected the login in fewer bytes");
                return;
            }
        }
        drain();
        if (phase.isAsking()
                && input.waitingBytes() > settings.bounds().limits().maxStanzaBytes()) {
            fail(StreamCondition.POLICY_VIOLATION, "Expected to wait for the answer");
        }
    }

    /** TLS is up. */
    public void handleSecured(long nowNanos) {
        if (isAsking(Phase.SECURING, nowNanos)) {
            login.secured();
            phase = Phase.OPENING;
        }
    }

    /** The mechanism's next word for the client. */
    public void handleChallenge(long nowNanos, byte[] data) {
        if (isAsking(Phase.ASKING_SASL, nowNanos)) {
            phase = login.challenge(data);
            drain();
        }
    }

    /** Authenticated: {@code local} is the address's local part from now on; {@code data} for the client, null for none. */
    public void handleSuccess(long nowNanos, String local, byte @Nullable [] data) {
        if (isAsking(Phase.ASKING_SASL, nowNanos)) {
            this.local = local;
            phase = login.succeed(data);
            outbox.restart();
            input.restart();
            drain();
        }
    }

    /** Refused, with a condition of RFC 6120 §6.5 such as {@code not-authorized}; {@code text} for people, empty for none. */
    public void handleFailure(long nowNanos, String condition, String text) {
        if (isAsking(Phase.ASKING_SASL, nowNanos)) {
            onAttempt(login.refuse(condition, text));
            drain();
        }
    }

    /** Stanzas come and go from now on. */
    public void handleBound(long nowNanos, Jid address) {
        if (isAsking(Phase.ASKING_BIND, nowNanos)) {
            phase = Phase.ESTABLISHED;
            established.bound(address);
            binding.bound(address);
            drain();
        }
    }

    /** The client may ask again. */
    public void handleBindRefused(long nowNanos, StanzaCondition condition, String text) {
        if (isAsking(Phase.ASKING_BIND, nowNanos)) {
            phase = binding.refuseBinding(condition, text);
            drain();
        }
    }

    /** Goes on where the stream was lost: what the client has not acknowledged is sent again. */
    public void handleResumed(long nowNanos, StreamManagement previous, Jid address) {
        if (isAsking(Phase.ASKING_RESUME, nowNanos)) {
            phase = Phase.ESTABLISHED;
            act(established.resumed(previous, address, binding.previousId(), binding.previousH()));
            drain();
        }
    }

    /** The client may bind instead. {@code h}: how many of its stanzas came on that stream, if that is known. */
    public void handleResumeRefused(long nowNanos, OptionalLong h) {
        if (isAsking(Phase.ASKING_RESUME, nowNanos)) {
            phase = binding.refuseResumption(h);
            drain();
        }
    }

    private boolean isAsking(Phase asked, long nowNanos) {
        if (phase != asked) {
            return false;
        }
        outbox.now(nowNanos);
        return true;
    }

    /** A stanza for the client, in {@code jabber:client}. Dropped unless it has bound or resumed. */
    public void handleSend(long nowNanos, Element stanza) {
        if (phase == Phase.ESTABLISHED) {
            outbox.now(nowNanos);
            act(established.deliver(stanza));
        }
    }

    /** Ends the stream with an error, and without resumption. */
    public void handleClose(long nowNanos, StreamCondition condition, String text) {
        if (phase != Phase.ENDED) {
            outbox.now(nowNanos);
            fail(condition, text);
        }
    }

    /** The connection is gone. */
    public void handleEnd() {
        if (phase != Phase.ENDED) {
            end("", "The client's connection is gone", true);
        }
    }

    /** Time has passed; call at {@link #deadlineNanos()} or later. */
    public void handleTimeout(long nowNanos) {
        if (phase == Phase.ENDED) {
            return;
        }
        outbox.now(nowNanos);
        if (phase != Phase.ESTABLISHED) {
            if (nowNanos - deadlineNanos >= 0) {
                fail(StreamCondition.CONNECTION_TIMEOUT, "Expected the login earlier");
            }
            return;
        }
        switch (keepalive.due(nowNanos)) {
            case BLANK -> outbox.blank();
            case PING -> established.ping();
            case LOST ->
                leave(
                        StreamError.of(StreamCondition.CONNECTION_TIMEOUT, "Expected a sign of life")
                                .element(),
                        true);
            case NOTHING -> {}
        }
    }

    /** When {@link #handleTimeout} is due next; may come earlier after any change. {@code Long.MAX_VALUE}: never. */
    public long deadlineNanos() {
        return switch (phase) {
            case ESTABLISHED -> keepalive.deadlineNanos();
            case ENDED -> Long.MAX_VALUE;
            default -> deadlineNanos;
        };
    }

    /** The next thing to do, or null. */
    public @Nullable Output poll() {
        return outbox.poll();
    }

    private void drain() {
        while (!phase.isAsking() && phase != Phase.ENDED) {
            StreamEvent event = input.poll();
            if (event == null) {
                return;
            }
            if (event instanceof StreamEvent.Stanza stanza) {
                onElement(stanza.element());
            } else if (event instanceof StreamEvent.Opened header) {
                onOpened(header);
            } else if (event instanceof StreamEvent.Violated violated) {
                fail(new StreamError(violated.condition(), violated.text()));
            } else {
                outbox.close();
                end("", "The client closed the stream", false);
            }
        }
    }

    private void onOpened(StreamEvent.Opened event) {
        Element header = event.header();
        StreamError error = Headers.error(header, event.contentNamespace(), settings.domain(), phase == Phase.OPENING);
        if (error != null) {
            fail(error);
            return;
        }
        outbox.open();
        phase = local.isEmpty() ? Phase.NEGOTIATING : Phase.UNBOUND;
        outbox.send(local.isEmpty() ? login.features() : Features.afterAuthentication());
    }

    private void onElement(Element element) {
        StreamError error = StreamError.read(element).orElse(null);
        if (error != null) {
            outbox.close();
            end(error.condition(), "The client ended the stream: " + error.text(), false);
            return;
        }
        switch (phase) {
            case NEGOTIATING, IN_SASL, UNBOUND -> onNegotiation(element);
            case ESTABLISHED -> act(established.handle(element));
            default -> fail(StreamCondition.INVALID_NAMESPACE, "Expected the start of a stream");
        }
    }

    private void onNegotiation(Element element) {
        if (element.is("starttls", Namespaces.TLS) && phase == Phase.NEGOTIATING) {
            onStartTls();
            return;
        }
        Phase next = phase == Phase.UNBOUND ? binding.handle(element) : login.handle(element);
        if (next == null) {
            fail(StreamCondition.NOT_AUTHORIZED, "Expected the login, then a resource to be bound, first");
        } else {
            onAttempt(next);
        }
    }

    private void onAttempt(Phase next) {
        phase = next;
        if (login.isExhausted()) {
            fail(StreamCondition.POLICY_VIOLATION, "Expected fewer attempts to log in");
        }
    }

    /** RFC 6120 §5.4.2. */
    private void onStartTls() {
        if (!login.offersTls()) {
            outbox.send(Element.of("failure", Namespaces.TLS));
            outbox.close();
            end("", "Expected no STARTTLS: it was not offered", false);
            return;
        }
        outbox.send(Element.of("proceed", Namespaces.TLS));
        phase = Phase.SECURING;
        outbox.restart();
        input.discard();
        outbox.add(new Output.StartTls());
    }

    private void act(@Nullable Element error) {
        if (error != null) {
            leave(error, false);
        }
    }

    private void leave(Element error, boolean lost) {
        outbox.send(error);
        outbox.close();
        StreamError said = StreamError.read(error).orElseThrow();
        end(said.condition(), said.text(), lost);
    }

    private void fail(StreamCondition condition, String text) {
        fail(StreamError.of(condition, text));
    }

    private void fail(StreamError error) {
        if (phase == Phase.SECURING) {
            // In the midst of a TLS handshake nothing can be said.
            end(error.condition(), error.text(), false);
            return;
        }
        outbox.open();
        leave(error.element(), false);
    }

    private void end(String condition, String text, boolean lost) {
        login.abandon();
        phase = Phase.ENDED;
        StreamManagement management = established.management();
        outbox.add(new Output.Ended(condition, text, lost && management != null && management.isResumable()));
    }
}
