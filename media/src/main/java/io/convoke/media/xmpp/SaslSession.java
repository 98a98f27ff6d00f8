package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.client.ClientStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One exchange of one socket: takes the control plane's answers to the socket's event loop. */
final class SaslSession implements SaslExchange {
    private final long id;
    private final String mechanism;
    private final String remoteAddress;
    private final boolean secure;
    private final Consumer<Consumer<ClientStream>> answer;

    /** @param answer has it done to the machine, on the event loop */
    SaslSession(
            long id, String mechanism, String remoteAddress, boolean secure, Consumer<Consumer<ClientStream>> answer) {
        this.id = id;
        this.mechanism = mechanism;
        this.remoteAddress = remoteAddress;
        this.secure = secure;
        this.answer = answer;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String mechanism() {
        return mechanism;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public void challenge(byte[] data) {
        answer.accept(machine -> machine.handleChallenge(System.nanoTime(), data));
    }

    @Override
    public void success(String local, byte @Nullable [] data) {
        answer.accept(machine -> machine.handleSuccess(System.nanoTime(), local, data));
    }

    @Override
    public void failure(String condition, String text) {
        answer.accept(machine -> machine.handleFailure(System.nanoTime(), condition, text));
    }
}
