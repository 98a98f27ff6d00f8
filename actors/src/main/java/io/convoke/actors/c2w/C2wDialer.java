package io.convoke.actors.c2w;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Opens C2W links: a WebSocket over mutual TLS towards a web bridge. */
public interface C2wDialer {
    /**
     * Dials {@code c2w://host:port}. The stage fails with {@link C2wFailure} (as it is or as the cause of a CompletionException), within a bound that
     * the dialer keeps. {@code inbound} hears nothing before the stage has completed.
     */
    CompletionStage<C2wConnection> dial(URI c2wUrl, C2wInbound inbound);
}
