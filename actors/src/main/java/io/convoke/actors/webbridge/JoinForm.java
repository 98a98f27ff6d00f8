package io.convoke.actors.webbridge;

import org.jspecify.annotations.Nullable;

/** What a person filled in to join: the body of {@code POST /api/join}, unchecked. */
public record JoinForm(
        @Nullable String name,
        @Nullable String callId,
        @Nullable String uri,
        @Nullable String secret,
        @Nullable String passcode) {
    /** Without passcode and secret. */
    @Override
    public String toString() {
        return "JoinForm[name=" + name + ", callId=" + callId + ", uri=" + uri + "]";
    }
}
