package io.convoke.http.c2w;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.PeerCertificate;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.tls.TlsContexts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The web bridge's C2W port: takes callbridges that prove themselves with a certificate of the trust bundle, and hands each link to the {@link
 * Webbridge}. It listens without certificates too and turns everybody away then, until the files are there; the Webbridge hears why.
 */
public final class C2wListener {
    /** Connections at once, whether proven or not. */
    private static final int MAX_CONNECTIONS = 256;

    /** How often the certificate files are looked at while nobody dials. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final C2wSettings settings;
    private final C2wContext context;
    private final ActorRef<Webbridge.Command> webbridge;
    private final Set<C2wWire> open = ConcurrentHashMap.newKeySet();
    /** Whether the Webbridge was told last that the files cannot be used. */
    private boolean unusable;

    private C2wListener(
            ActorSystem<?> system, C2wSettings settings, C2wContext context, ActorRef<Webbridge.Command> webbridge) {
        this.system = system;
        this.settings = settings;
        this.context = context;
        this.webbridge = webbridge;
    }

    /** A listening port. */
    public static final class Bound {
        private final ServerBinding binding;
        private final C2wListener listener;
        private final Cancellable looking;

        private Bound(ServerBinding binding, C2wListener listener, Cancellable looking) {
            this.binding = binding;
            this.listener = listener;
            this.looking = looking;
        }

        /** TCP port. */
        public int port() {
            return binding.localAddress().getPort();
        }

        /** What a callbridge dials, under the name or address that it knows this machine by. */
        public URI url(String host) {
            return URI.create("c2w://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port());
        }

        /** Takes no more links and ends those there are. */
        public CompletionStage<Done> stop() {
            looking.cancel();
            CompletionStage<Done> unbound = binding.unbind();
            C2wFailure why = new C2wFailure(C2wFailure.Reason.CLOSED, "The web bridge is stopping");
            List.copyOf(listener.open).forEach(wire -> wire.close(why));
            return unbound.thenCompose(done -> binding.terminate(Duration.ofSeconds(1)))
                    .thenApply(terminated -> Done.done());
        }
    }

    /** Listens. Fails when the address cannot be bound. {@code port} 0 takes any free one. */
    public static CompletionStage<Bound> start(
            ActorSystem<?> system,
            String host,
            int port,
            C2wTls files,
            C2wSettings settings,
            ActorRef<Webbridge.Command> webbridge) {
        return start(system, host, port, files, settings, webbridge, InstantSource.system());
    }

    static CompletionStage<Bound> start(
            ActorSystem<?> system,
            String host,
            int port,
            C2wTls files,
            C2wSettings settings,
            ActorRef<Webbridge.Command> webbridge,
            InstantSource clock) {
        C2wContext context = new C2wContext(C2wEnd.LISTENER, files, clock);
        C2wListener listener = new C2wListener(system, settings, context, webbridge);
        listener.checkFiles();
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(listener.serverSettings())
                .enableHttps(ConnectionContext.httpsServer(listener::engine))
                .bindSync(listener::answer)
                .thenApply(binding -> new Bound(binding, listener, listener.lookFromTimeToTime()));
    }

    private Cancellable lookFromTimeToTime() {
        return system.scheduler()
                .scheduleWithFixedDelay(LOOK_EVERY, LOOK_EVERY, this::checkFiles, system.executionContext());
    }

    /** Tells a change only: what a dial has said since then may know more. */
    private synchronized void checkFiles() {
        try {
            context.current();
            if (unusable) {
                unusable = false;
                webbridge.tell(new Webbridge.ListenerReady());
            }
        } catch (C2wFailure e) {
            if (!unusable) {
                unusable = true;
                trouble(e);
            }
        }
    }

    private void trouble(C2wFailure why) {
        webbridge.tell(new Webbridge.ListenerTrouble(why));
    }

    private ServerSettings serverSettings() {
        long idleMillis = settings.connectTimeout()
                .plus(settings.keepAlive().multipliedBy(4))
                .toMillis();
        return ServerSettings.create(ConfigFactory.parseMap(Map.of(
                                "akka.http.server.parsing.ssl-session-attribute",
                                "on",
                                "akka.http.server.idle-timeout",
                                idleMillis + " ms"))
                        .withFallback(system.settings().config()))
                .withMaxConnections(MAX_CONNECTIONS);
    }

    private SSLEngine engine() {
        try {
            C2wContext.Ready ready = context.current();
            SSLEngine engine = TlsContexts.serverEngine(ready.tls());
            engine.setNeedClientAuth(true);
            return new WatchedEngine(engine, failure -> trouble(classify(ready, failure)));
        } catch (C2wFailure e) {
            trouble(e);
            // Without a certificate it fails every handshake, and the callbridge learns that from the alert.
            return TlsContexts.serverEngine(TlsContexts.of(null, null));
        }
    }

    private C2wFailure classify(C2wContext.Ready ready, SSLException failure) {
        return TlsFailures.classify(C2wEnd.LISTENER, failure, context.suspicion(ready.certificate()));
    }

    private HttpResponse answer(HttpRequest request) {
        WebSocketUpgrade upgrade =
                request.getAttribute(AttributeKeys.webSocketUpgrade).orElse(null);
        PeerCertificate peer = request.getAttribute(AttributeKeys.sslSession)
                .map(session -> PeerCertificates.of(session.getSession()))
                .orElse(null);
        if (peer == null) {
            return refused(request, StatusCodes.FORBIDDEN.intValue());
        }
        if (upgrade == null || !request.getUri().path().equals(C2wDial.PATH)) {
            return refused(request, StatusCodes.NOT_FOUND.intValue());
        }
        boolean speaksIt = StreamSupport.stream(upgrade.getRequestedProtocols().spliterator(), false)
                .anyMatch(C2wDial.SUBPROTOCOL::equals);
        if (!speaksIt) {
            trouble(new C2wFailure(
                    C2wFailure.Reason.VERSION,
                    "The callbridge speaks another version of C2W: expected " + C2wDial.SUBPROTOCOL));
            return refused(request, StatusCodes.UPGRADE_REQUIRED.intValue());
        }
        C2wWire wire = new C2wWire(system, C2wEnd.LISTENER, settings);
        UUID link = UUID.randomUUID();
        HttpResponse response = upgrade.handleMessagesWith(wire.flow(), C2wDial.SUBPROTOCOL);
        wire.prove(peer);
        webbridge.tell(new Webbridge.LinkUp(link, wire));
        open.add(wire);
        wire.start(new ToWebbridge(link, webbridge, () -> open.remove(wire)));
        return response;
    }

    private HttpResponse refused(HttpRequest request, int status) {
        request.discardEntityBytes(system);
        return HttpResponse.create().withStatus(status);
    }

    private record ToWebbridge(UUID link, ActorRef<Webbridge.Command> webbridge, Runnable over) implements C2wInbound {
        @Override
        public void message(C2wMessage message) {
            webbridge.tell(new Webbridge.LinkMessage(link, message));
        }

        @Override
        public void closed(C2wFailure why) {
            over.run();
            webbridge.tell(new Webbridge.LinkDown(link, why));
        }
    }
}
