package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.ClientConnection;
import io.convoke.protocols.xmpp.Jid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of this node that has bound its resource, and whom it has told of its presence. Safe from any thread. */
final class BoundClient {
    private final ClientConnection connection;
    private final Jid address;
    private final int maxDirected;
    private final Map<String, String> directed = new LinkedHashMap<>();
    private volatile boolean available;
    private volatile int priority;

    BoundClient(ClientConnection connection, Jid address, int maxDirected) {
        this.connection = connection;
        this.address = address;
        this.maxDirected = maxDirected;
    }

    ClientConnection connection() {
        return connection;
    }

    /** Its full address. */
    Jid address() {
        return address;
    }

    String resource() {
        String resource = address.resource();
        return resource == null ? "" : resource;
    }

    boolean available() {
        return available;
    }

    int priority() {
        return priority;
    }

    void presence(boolean nowAvailable, int nowPriority) {
        available = nowAvailable;
        priority = nowPriority;
    }

    /**
     * It has sent its presence to that address. False where it has done so to too many.
     *
     * @param place what counts as one place: a room, whichever nickname is used in it, or the address itself
     */
    synchronized boolean direct(String place, String to) {
        if (!directed.containsKey(place) && directed.size() >= maxDirected) {
            return false;
        }
        directed.put(place, to);
        return true;
    }

    synchronized void undirect(String place) {
        directed.remove(place);
    }

    /** Everybody who is to be told that it is not available any more; nobody the next time. */
    synchronized List<String> takeDirected() {
        List<String> all = new ArrayList<>(directed.values());
        directed.clear();
        return all;
    }

    /** How many have been told. */
    synchronized int directedCount() {
        return directed.size();
    }
}
