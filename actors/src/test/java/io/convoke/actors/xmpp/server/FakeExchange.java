package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.SaslExchange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client's authentication as the wire would have it; what it is answered stands in words. */
final class FakeExchange implements SaslExchange {
    private static final AtomicLong IDS = new AtomicLong();

    final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final long id = IDS.incrementAndGet();
    private final String mechanism;

    FakeExchange(String mechanism) {
        this.mechanism = mechanism;
    }

    String answer() throws InterruptedException {
        String answer = answers.poll(TestXmppNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("Expected an answer to a login with " + mechanism);
        }
        return answer;
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
        return "192.0.2.7";
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public void challenge(byte[] data) {
        answers.add("challenge " + new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public void success(String local, byte @Nullable [] data) {
        answers.add("success " + local);
    }

    @Override
    public void failure(String condition, String text) {
        answers.add("failure " + condition + ": " + text);
    }
}
