package io.convoke.bench.xmpp;

import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.media.xmpp.ClientConnection;
import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.SaslExchange;
import io.convoke.media.xmpp.ServerPort;
import io.convoke.media.xmpp.XmppIdentity;
import io.convoke.media.xmpp.XmppListeners;
import io.convoke.media.xmpp.XmppServerSettings;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The production wire alone, with a control plane that knows the components of the measurement and lets every guest in. */
public final class XmppServerMain {
    private static final int UNBOUNDED = 1_000_000;
    private static final Duration LONG = Duration.ofMinutes(10);

    private XmppServerMain() {}

    /** Arguments: ports for components, components with TLS and clients, then certificate and key. */
    public static void main(String[] arguments) throws Exception {
        PemIdentity pem = PemIdentity.read(new PemPaths(Path.of(arguments[3]), Path.of(arguments[4])));
        XmppListeners listeners =
                new XmppListeners(settings(), new XmppIdentity(pem.key(), pem.chain(), List.of()), new Everybody());
        Listener.Kind[] kinds = {Listener.Kind.PLAIN_COMPONENTS, Listener.Kind.COMPONENTS, Listener.Kind.CLIENTS};
        for (int index = 0; index < kinds.length; index++) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[index]));
            listeners
                    .bind(new Listener(kinds[index], address))
                    .toCompletableFuture()
                    .get();
        }
        System.out.println("TLS: " + XmppListeners.tlsProvider());
        // A line on the standard input asks for the memory that is really used.
        for (int octet = System.in.read(); octet >= 0; octet = System.in.read()) {
            System.gc();
        }
        listeners.close();
    }

    /** The defaults of conf/convoke.conf, but for the numbers of connections, and keepalives that would fall into the measurement. */
    private static XmppServerSettings settings() {
        return new XmppServerSettings(
                Contender.DOMAIN,
                false,
                new XmppServerSettings.Components(
                        1,
                        new StreamLimits(1 << 20, 64, 64, 16_384),
                        Duration.ofSeconds(10),
                        16 << 10,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        256,
                        UNBOUNDED,
                        UNBOUNDED),
                new XmppServerSettings.Clients(
                        2,
                        false,
                        List.of("ANONYMOUS"),
                        new StreamLimits(128 << 10, 32, 32, 2048),
                        Duration.ofSeconds(60),
                        16 << 10,
                        LONG,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        32,
                        1 << 20,
                        50,
                        200,
                        UNBOUNDED,
                        UNBOUNDED));
    }

    private static final class Everybody implements ServerPort {
        private static final CompletionStage<Optional<String>> SECRET =
                CompletableFuture.completedFuture(Optional.of(Contender.SECRET));

        @Override
        public void authenticate(SaslExchange exchange, byte[] data) {
            exchange.success("guest" + exchange.id(), null);
        }

        @Override
        public void authenticationAbandoned(SaslExchange exchange) {}

        @Override
        public CompletionStage<Jid> bind(ClientConnection client, Optional<String> requested) {
            return CompletableFuture.completedFuture(
                    Jid.of(client.local(), Contender.DOMAIN, "r").orElseThrow());
        }

        @Override
        public void fromClient(ClientConnection client, Element stanza, Runnable done) {
            done.run();
        }

        @Override
        public void clientGone(ClientConnection client, String reason, List<Element> undelivered) {}

        @Override
        public CompletionStage<Optional<String>> componentSecret(String name) {
            return SECRET;
        }

        @Override
        public void componentUp(ComponentConnection component) {}

        @Override
        public void componentGone(ComponentConnection component, String reason) {}

        @Override
        public void fromComponent(ComponentConnection component, Element stanza, Runnable done) {
            done.run();
        }

        @Override
        public void event(String step, String text) {}
    }
}
