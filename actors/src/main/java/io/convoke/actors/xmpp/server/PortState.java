package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.Listener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One port of the server: what it is for, and whether it is open. Owned by {@link XmppServer}. */
final class PortState {
    private final Listener listener;
    private @Nullable InetSocketAddress bound;
    private @Nullable String lastError;
    private @Nullable Instant nextRetry;
    private int failures;

    PortState(Listener listener) {
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    boolean isOpen() {
        return bound != null;
    }

    void opened(InetSocketAddress address) {
        bound = address;
        nextRetry = null;
        failures = 0;
    }

    /** Answers how long to wait before the next try: twice as long each time, up to the longest. */
    Duration failed(String words, Instant now, Duration first, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 20));
        pause = pause.compareTo(longest) > 0 ? longest : pause;
        failures++;
        lastError = words;
        nextRetry = now.plus(pause);
        return pause;
    }

    /** {@code clients}, {@code components}, {@code plainComponents}, {@code webSocket} or {@code secureWebSocket}. */
    String name() {
        return switch (listener.kind()) {
            case CLIENTS -> "clients";
            case COMPONENTS -> "components";
            case PLAIN_COMPONENTS -> "plainComponents";
            case WEB_SOCKET -> "webSocket";
            case SECURE_WEB_SOCKET -> "secureWebSocket";
        };
    }

    String address() {
        InetSocketAddress address = bound == null ? listener.address() : bound;
        return address.getHostString() + ":" + address.getPort();
    }

    Map<String, @Nullable Object> view() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("for", name());
        view.put("address", address());
        view.put("state", bound != null ? "listening" : nextRetry == null ? "starting" : "waiting");
        if (failures > 0) {
            view.put("failures", failures);
        }
        if (nextRetry != null) {
            view.put("nextRetry", nextRetry);
        }
        if (lastError != null) {
            view.put("lastError", lastError);
        }
        return view;
    }
}
