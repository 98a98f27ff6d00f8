package io.convoke.http.c2w;

import static scala.jdk.javaapi.DurationConverters.toScala;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.WebSocketRequest;
import akka.http.javadsl.model.ws.WebSocketUpgradeResponse;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wFailure.Reason;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.PeerCertificate;
import io.convoke.http.tls.TlsContexts;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One attempt to open one link. */
final class C2wDial {
    /** Path and subprotocol of the WebSocket. */
    static final String PATH = "/c2w";

    static final String SUBPROTOCOL = "c2w.convoke.v1";

    private final ActorSystem<?> system;
    private final C2wSettings settings;
    private final C2wContext context;
    private final C2wContext.Ready ready;
    private final URI url;
    private final C2wWire wire;
    private final CompletableFuture<C2wConnection> result = new CompletableFuture<>();
    private volatile @Nullable WatchedEngine engine;
    private volatile @Nullable SSLException tlsFailure;

    C2wDial(ActorSystem<?> system, C2wSettings settings, C2wContext context, C2wContext.Ready ready, URI url) {
        this.system = system;
        this.settings = settings;
        this.context = context;
        this.ready = ready;
        this.url = url;
        this.wire = new C2wWire(system, C2wEnd.DIALER, settings);
    }

    CompletionStage<C2wConnection> run(C2wInbound inbound) {
        var dialed = Http.get(system)
                .singleWebSocketRequest(
                        WebSocketRequest.create("wss://" + url.getRawAuthority() + PATH)
                                .requestSubprotocol(SUBPROTOCOL),
                        wire.flow().viaMat(KillSwitches.<Message>single(), Keep.right()),
                        ConnectionContext.httpsClient(this::engine),
                        Optional.empty(),
                        clientSettings(),
                        system.classicSystem().log(),
                        Materializer.matFromSystem(system));
        var timeout = system.scheduler()
                .scheduleOnce(settings.connectTimeout(), () -> refuse(late()), system.executionContext());
        CompletionStage<C2wConnection> outcome = result;
        outcome.whenComplete((connection, failure) -> {
            timeout.cancel();
            if (failure instanceof C2wFailure why) {
                wire.close(why);
                dialed.second().abort(why);
            }
        });
        dialed.first().whenComplete((response, failure) -> {
            if (failure == null) {
                answered(response, inbound);
            } else {
                refuse(classify(failure));
            }
        });
        return result;
    }

    private SSLEngine engine(String host, int port) {
        WatchedEngine watched =
                new WatchedEngine(TlsContexts.clientEngine(ready.tls(), host, port), e -> tlsFailure = e);
        engine = watched;
        return watched;
    }

    /** The stream of a link may be silent for as long as the machine allows; the dial has its own bound. */
    private ClientConnectionSettings clientSettings() {
        return ClientConnectionSettings.create(system.settings().config())
                .withConnectingTimeout(toScala(settings.connectTimeout()))
                .withIdleTimeout(toScala(
                        settings.connectTimeout().plus(settings.keepAlive().multipliedBy(4))));
    }

    private void answered(WebSocketUpgradeResponse response, C2wInbound inbound) {
        WatchedEngine tls = engine;
        PeerCertificate peer = tls == null ? null : PeerCertificates.of(tls.getSession());
        if (!response.isValid() || peer == null) {
            int status = response.response().status().intValue();
            response.response().discardEntityBytes(system);
            refuse(new C2wFailure(
                    status == 426 ? Reason.VERSION : Reason.PROTOCOL,
                    "Expected a web bridge's C2W port at " + url.getRawAuthority()
                            + ", but found a server that answers " + status));
            return;
        }
        wire.prove(peer);
        if (result.complete(wire)) {
            wire.start(inbound);
        }
    }

    private void refuse(C2wFailure why) {
        result.completeExceptionally(why);
    }

    private C2wFailure late() {
        return new C2wFailure(
                Reason.CONNECT_TIMEOUT,
                "The web bridge at " + url.getRawAuthority() + " did not answer within "
                        + settings.connectTimeout().toMillis() + " ms");
    }

    private C2wFailure classify(Throwable failure) {
        SSLException tls = tlsFailure;
        if (tls != null) {
            return TlsFailures.classify(C2wEnd.DIALER, tls, context.suspicion(ready.certificate()));
        }
        String at = url.getRawAuthority();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = cause.toString();
            if (text.contains("UnknownHostException") || text.contains("failed to resolve")) {
                return new C2wFailure(Reason.DNS, "The name " + url.getHost() + " does not resolve");
            }
            if (text.contains("Connection refused")) {
                return new C2wFailure(Reason.CONNECT_REFUSED, "Nothing listens at " + at);
            }
            if (text.contains("Connect timeout")) {
                return late();
            }
        }
        WatchedEngine begun = engine;
        if (begun != null && begun.isHandshaken()) {
            // In TLS 1.3 the server looks at the certificate after that, and its alert may be lost with the connection.
            return TlsFailures.refused(
                    C2wEnd.DIALER, "it hung up right after the handshake", context.suspicion(ready.certificate()));
        }
        return new C2wFailure(Reason.CLOSED, "The server at " + at + " hung up before the TLS handshake was over");
    }
}
