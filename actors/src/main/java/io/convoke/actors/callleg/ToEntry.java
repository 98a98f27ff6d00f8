package io.convoke.actors.callleg;

import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;

/** What a call leg tells the callbridge through whose web bridge its client is connected. */
public sealed interface ToEntry extends ClusterMessage {
    UUID participant();

    /** One message of the client protocol. */
    record Down(UUID participant, String text) implements ToEntry {}

    /** The call is over for the client of that connection. */
    record End(UUID participant, UUID connection, String code, String detail) implements ToEntry {}

    /** The leg's entity knows nothing of itself: have the conference remind it, or tell it that there is no such leg. */
    record WhoIsThis(UUID participant) implements ToEntry {}
}
