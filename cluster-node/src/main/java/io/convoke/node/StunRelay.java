package io.convoke.node;

import io.convoke.actors.relay.RelayServer;
import io.convoke.media.relay.RelayCounters;
import io.convoke.media.relay.StunServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The relay's data plane, as its actor starts and stops it. */
final class StunRelay implements RelayServer {
    private final List<InetAddress> addresses;
    private final int port;
    private final int maxPerSourcePerSecond;
    private final Executor blocking;

    /** {@code maxPerSourcePerSecond} requests are answered to one address; {@code blocking} binds and closes sockets. */
    StunRelay(List<InetAddress> addresses, int port, int maxPerSourcePerSecond, Executor blocking) {
        this.addresses = List.copyOf(addresses);
        this.port = port;
        this.maxPerSourcePerSecond = maxPerSourcePerSecond;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Running> start() {
        CompletableFuture<Running> started = new CompletableFuture<>();
        blocking.execute(() -> {
            try {
                started.complete(running(StunServer.start(addresses, port, maxPerSourcePerSecond)));
            } catch (IOException | RuntimeException failure) {
                started.completeExceptionally(failure);
            }
        });
        return started;
    }

    private Running running(StunServer server) {
        return new Running() {
            @Override
            public List<InetSocketAddress> listeners() {
                return server.listeners();
            }

            @Override
            public Map<String, Long> counters() {
                RelayCounters counters = server.counters();
                Map<String, Long> named = new LinkedHashMap<>();
                named.put("received", counters.received());
                named.put("answered", counters.answered());
                named.put("malformed", counters.malformed());
                named.put("notBinding", counters.notBinding());
                named.put("limited", counters.limited());
                return named;
            }

            @Override
            public void stop() {
                // Closing waits for the sockets' thread; that must not be an actor's.
                new Thread(server::close, "convoke-stun-close").start();
            }
        };
    }
}
