package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.client.ClientSettings.Tls;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that has not authenticated yet: what it is offered, and its attempts. */
final class Login {
    private final ClientSettings settings;
    private final Outbox outbox;
    private final SaslDialogue sasl = new SaslDialogue();
    private boolean encrypted;
    private boolean exhausted;

    Login(ClientSettings settings, Outbox outbox) {
        this.settings = settings;
        this.outbox = outbox;
        encrypted = settings.tls() == Tls.ENCRYPTED;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    void secured() {
        encrypted = true;
    }

    /** Whether STARTTLS would be right now. */
    boolean offersTls() {
        return !encrypted && settings.tls() != Tls.NONE;
    }

    /** Whether the client has failed too often. */
    boolean isExhausted() {
        return exhausted;
    }

    Element features() {
        return Features.beforeAuthentication(offersTls(), settings.tls() == Tls.REQUIRED, offered());
    }

    /** Takes a word of SASL; null where it is none. */
    @Nullable
    Phase handle(Element element) {
        SaslDialogue.Verdict verdict = sasl.handle(element, offered());
        if (verdict instanceof SaslDialogue.Verdict.Ask ask) {
            outbox.add(new Output.Authenticate(ask.mechanism(), ask.data(), ask.first()));
            return Phase.ASKING_SASL;
        }
        if (verdict instanceof SaslDialogue.Verdict.Challenge) {
            return challenge(new byte[0]);
        }
        if (verdict instanceof SaslDialogue.Verdict.Aborted) {
            abandon();
            return refuse("aborted", "");
        }
        if (verdict instanceof SaslDialogue.Verdict.Refused refused) {
            abandon();
            boolean needsTls = !encrypted && settings.tls() == Tls.REQUIRED;
            return refuse(needsTls ? "encryption-required" : refused.condition(), refused.text());
        }
        return null;
    }

    Phase challenge(byte[] data) {
        outbox.send(SaslDialogue.challenge(data));
        return Phase.IN_SASL;
    }

    /** A new stream begins. */
    Phase succeed(byte @Nullable [] data) {
        sasl.reset();
        outbox.send(SaslDialogue.success(data));
        return Phase.OPENING;
    }

    Phase refuse(String condition, String text) {
        outbox.send(SaslDialogue.failure(condition, text));
        exhausted = sasl.failed() >= settings.bounds().maxAuthenticationAttempts();
        return Phase.NEGOTIATING;
    }

    /** Tells the caller that the exchange it knows of has no end. */
    void abandon() {
        if (sasl.isOpen()) {
            sasl.reset();
            outbox.add(new Output.AuthenticationAbandoned());
        }
    }

    private List<String> offered() {
        if (!encrypted && settings.tls() == Tls.REQUIRED) {
            return List.of();
        }
        return settings.mechanisms().stream()
                .filter(mechanism -> encrypted || !mechanism.equals("PLAIN"))
                .toList();
    }
}
