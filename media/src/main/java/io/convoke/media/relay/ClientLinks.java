package io.convoke.media.relay;

import io.convoke.protocols.turn.Client;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** A loop's ways to clients on streams and DTLS, of this loop and of others. On its thread. */
final class ClientLinks {
    private final RelayLoop loop;
    /** Those with something written in this iteration. */
    private final IdentityHashMap<ClientLink, Boolean> written = new IdentityHashMap<>();
    /** Clients whose connection is here and whose allocation is not. */
    private final IdentityHashMap<Client, Elsewhere> elsewhere = new IdentityHashMap<>();

    ClientLinks(RelayLoop loop) {
        this.loop = loop;
    }

    void send(ClientLink link, byte[] message, int length) {
        if (link.home() == loop) {
            link.send(message, 0, length);
            written.put(link, true);
        } else {
            byte[] copy = Arrays.copyOf(message, length);
            link.home().execute(() -> {
                link.send(copy, 0, copy.length);
                link.flush();
            });
        }
    }

    void sendChannelData(ClientLink link, int header, ByteBuffer memory, int at, int length) {
        if (link.home() == loop) {
            link.sendChannelData(header, memory, at, length);
            written.put(link, true);
        } else {
            byte[] copy = new byte[length];
            memory.get(at, copy);
            link.home().execute(() -> {
                link.sendChannelData(header, ByteBuffer.wrap(copy), 0, copy.length);
                link.flush();
            });
        }
    }

    void flush() {
        if (!written.isEmpty()) {
            for (ClientLink link : written.keySet()) {
                link.flush();
            }
            written.clear();
        }
    }

    @Nullable
    Elsewhere elsewhere(Client client) {
        return elsewhere.isEmpty() ? null : elsewhere.get(client);
    }

    void enterElsewhere(Elsewhere place) {
        elsewhere.put(place.client(), place);
    }

    /** Where the client was, if not here. */
    @Nullable
    Elsewhere leave(Client client) {
        return elsewhere.isEmpty() ? null : elsewhere.remove(client);
    }
}
