package io.convoke.actors.webbridge;

import java.util.UUID;

/** The answer to a client's {@code authenticate}. */
public sealed interface SessionOutcome {
    /** Go on with {@code connection}; {@code welcome} comes as {@link ToClient}. */
    record SessionAccepted(UUID connection, UUID participant) implements SessionOutcome {}

    /** Send {@code error} with {@code fatal: true} and this code, then close with {@code closeCode}. */
    record SessionRefused(String code, String detail, int closeCode) implements SessionOutcome {}
}
