package io.convoke.protocols.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** Two queues back to back, with a loss of one's choice on the way. Everything sent is kept for a look. */
final class Wire {
    final List<byte[]> sent = Collections.synchronizedList(new ArrayList<>());
    final List<byte[]> sentByClient;
    final List<byte[]> refused = Collections.synchronizedList(new ArrayList<>());
    final DatagramQueue client;
    final DatagramQueue server;

    /** @param lost told the number of a datagram in its direction, from 0 */
    Wire(IntPredicate lost) {
        Direction toServer = new Direction(lost);
        Direction toClient = new Direction(lost);
        client = new DatagramQueue(64, toServer);
        server = new DatagramQueue(64, toClient);
        sentByClient = toServer.own;
        toServer.to = server;
        toClient.to = client;
    }

    static Wire perfect() {
        return new Wire(n -> false);
    }

    private final class Direction implements DatagramQueue.Output {
        private final IntPredicate lost;
        private DatagramQueue to;
        private final List<byte[]> own = Collections.synchronizedList(new ArrayList<>());
        private int count;

        Direction(IntPredicate lost) {
            this.lost = lost;
        }

        @Override
        public synchronized void send(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            sent.add(copy);
            own.add(copy);
            if (!lost.test(count++) && !to.offer(copy.clone()) && !to.isClosed()) {
                refused.add(copy);
            }
        }
    }
}
