package io.convoke.actors.c2w;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A STUN or TURN server as {@code RTCPeerConnection} takes it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    public IceServer {
        urls = List.copyOf(urls);
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
