package io.convoke.protocols.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An allocation's channels by number and by peer; open addressing, reading allocates nothing. */
final class ChannelTable {
    private static final int FIRST_CAPACITY = 4;

    private final AddressTable<Channel> byPeer = new AddressTable<>(2);
    private @Nullable Channel[] byNumber = new @Nullable Channel[FIRST_CAPACITY];
    private int size;

    @Nullable
    Channel get(int number) {
        int mask = byNumber.length - 1;
        for (int at = number & mask; ; at = (at + 1) & mask) {
            Channel channel = byNumber[at];
            if (channel == null || channel.number() == number) {
                return channel;
            }
        }
    }

    @Nullable
    Channel get(long high, long low, int port) {
        return byPeer.get(high, low, port);
    }

    int size() {
        return size;
    }

    void add(Channel channel) {
        if (2 * (size + 1) > byNumber.length) {
            rebuild(2 * byNumber.length, null);
        }
        insert(channel);
        size++;
        byPeer.put(channel.peer(), channel);
    }

    void remove(Channel channel) {
        byPeer.remove(channel.peer());
        rebuild(byNumber.length, channel);
        size--;
    }

    List<Channel> all() {
        List<Channel> all = new ArrayList<>(size);
        for (Channel channel : byNumber) {
            if (channel != null) {
                all.add(channel);
            }
        }
        return all;
    }

    void forEach(Consumer<? super Channel> action) {
        byPeer.forEach(action);
    }

    private void insert(Channel channel) {
        int mask = byNumber.length - 1;
        int at = channel.number() & mask;
        while (byNumber[at] != null) {
            at = (at + 1) & mask;
        }
        byNumber[at] = channel;
    }

    private void rebuild(int capacity, @Nullable Channel without) {
        @Nullable Channel[] old = byNumber;
        byNumber = new @Nullable Channel[capacity];
        for (Channel channel : old) {
            if (channel != null && channel != without) {
                insert(channel);
            }
        }
    }
}
