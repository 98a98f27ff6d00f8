package io.convoke.protocols.turn;

/** The relayed addresses that clients hold at this moment, on all loops of this relay. Thread-safe, answers at once. */
public interface LiveRelays {
    /** None ever: for tests, and rules that should not know any. */
    LiveRelays NONE = new LiveRelays() {
        @Override
        public boolean hasIp(long high, long low) {
            return false;
        }

        @Override
        public boolean isLive(long high, long low, int port) {
            return false;
        }
    };

    /** Whether relayed addresses have this IP, as clients are told it. */
    boolean hasIp(long high, long low);

    /** Whether exactly this is the relayed address of an allocation. */
    boolean isLive(long high, long low, int port);
}
