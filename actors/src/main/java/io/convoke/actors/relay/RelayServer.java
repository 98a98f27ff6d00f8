package io.convoke.actors.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The data plane behind a {@link Relay}, which owns it: it alone starts and stops it. */
public interface RelayServer {
    /** Binds all listeners, or none and fails with the reason. */
    CompletionStage<Running> start();

    /** Listeners that are bound. */
    interface Running {
        /** What is bound, with the ports really in use. */
        List<InetSocketAddress> listeners();

        /** Counts since the start by stable names in camel case, such as {@code bindingRequests}. From any thread. */
        Map<String, Long> counters();

        /** Closes the listeners. Never blocks. */
        void stop();
    }
}
