package io.convoke.media.relay;

import io.convoke.protocols.turn.CloseReason;

/** What becomes of allocations, told on event loops: to be handed over, not worked on. */
public interface TurnEvents {
    /** Nobody listens. */
    TurnEvents NONE = new TurnEvents() {
        @Override
        public void allocated(AllocationView allocation) {}

        @Override
        public void freed(AllocationView allocation, CloseReason why) {}
    };

    /** There is a new one. */
    void allocated(AllocationView allocation);

    /** It is gone, its ports are closed; the counts are the last. */
    void freed(AllocationView allocation, CloseReason why);
}
