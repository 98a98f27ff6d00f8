package io.convoke.http.c2w;

import akka.actor.typed.ActorSystem;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wDialer;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wFailure.Reason;
import io.convoke.actors.c2w.C2wInbound;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Dials web bridges with Akka HTTP's WebSocket client over mutual TLS. The certificates are those in the files at the time of the dial. */
public final class C2wDialerHttp implements C2wDialer {
    private final ActorSystem<?> system;
    private final C2wSettings settings;
    private final C2wContext context;

    public C2wDialerHttp(ActorSystem<?> system, C2wTls files, C2wSettings settings) {
        this(system, files, settings, InstantSource.system());
    }

    C2wDialerHttp(ActorSystem<?> system, C2wTls files, C2wSettings settings, InstantSource clock) {
        this.system = system;
        this.settings = settings;
        this.context = new C2wContext(C2wEnd.DIALER, files, clock);
    }

    @Override
    public CompletionStage<C2wConnection> dial(URI c2wUrl, C2wInbound inbound) {
        try {
            String scheme = c2wUrl.getScheme();
            if (!"c2w".equals(scheme) || c2wUrl.getHost() == null || c2wUrl.getPort() < 1) {
                throw new C2wFailure(
                        Reason.NOT_CONFIGURED, "Expected c2w://host:port of a web bridge, but found " + c2wUrl);
            }
            return new C2wDial(system, settings, context, context.current(), c2wUrl).run(inbound);
        } catch (C2wFailure e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
