package io.convoke.actors.xmpp.server;

import akka.Done;
import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.XmppListeners;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The server's ports and connections, as its actor opens and closes them. Safe from any thread; never blocks. */
public interface ServerWire {
    /** Opens a port; fails with the system's words, and may be tried again. */
    CompletionStage<InetSocketAddress> bind(Listener listener);

    /** Connections that are open, by stable names in camel case. */
    Map<String, Integer> connections();

    /** Closes everything; what is connected is told that the server goes. */
    CompletionStage<Done> close();

    /** {@code blocking}: where it may wait for its end. */
    static ServerWire of(XmppListeners listeners, Executor blocking) {
        return new ServerWire() {
            @Override
            public CompletionStage<InetSocketAddress> bind(Listener listener) {
                return listeners.bind(listener);
            }

            @Override
            public Map<String, Integer> connections() {
                XmppListeners.Counts counts = listeners.counts();
                return Map.of("components", counts.components(), "clients", counts.clients());
            }

            @Override
            public CompletionStage<Done> close() {
                return CompletableFuture.runAsync(listeners::close, blocking).thenApply(closed -> Done.getInstance());
            }
        };
    }
}
