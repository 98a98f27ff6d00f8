package io.convoke.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has opened, closed in the reverse order: when a start fails half-way, and at the end. */
final class Resources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("host:server");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes everything; one that cannot be closed does not keep the others open. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failure) {
                LOG.warn("Closing failed while the node stopped", failure);
            }
        }
    }
}
