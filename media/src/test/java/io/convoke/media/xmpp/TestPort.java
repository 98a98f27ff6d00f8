package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A control plane that writes down what it is told. */
final class TestPort implements ServerPort {
    static final String SECRET = "s3cret";
    static final String DOMAIN = "example.org";

    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final List<ComponentConnection> components = new ArrayList<>();
    final List<ClientConnection> clients = new ArrayList<>();
    final List<Runnable> kept = new ArrayList<>();
    /** Whether stanzas are taken over at once; otherwise their {@code done} is kept. */
    volatile boolean prompt = true;

    /** What comes next, but for events of the log. */
    String next() throws InterruptedException {
        while (true) {
            String text = told.poll(10, TimeUnit.SECONDS);
            assertThat(text).as("something told to the control plane").isNotNull();
            if (!text.startsWith("event ")) {
                return text;
            }
        }
    }

    /** Waits until this is told; what else comes is passed over. */
    void await(String begin) throws InterruptedException {
        for (String text = next(); !text.startsWith(begin); text = next()) {
            assertThat(text).isNotNull();
        }
    }

    @Override
    public void authenticate(SaslExchange exchange, byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        told.add("authenticate " + exchange.mechanism() + " " + text.replace('\0', '|'));
        if (exchange.mechanism().equals("ANONYMOUS")) {
            exchange.success("guest" + exchange.id(), null);
        } else if (text.endsWith("\0" + SECRET)) {
            exchange.success(text.split("\0", -1)[1], null);
        } else if (exchange.mechanism().equals("PLAIN")) {
            exchange.failure("not-authorized", "Expected another password");
        }
    }

    @Override
    public void authenticationAbandoned(SaslExchange exchange) {
        told.add("abandoned");
    }

    @Override
    public CompletionStage<Jid> bind(ClientConnection client, Optional<String> requested) {
        synchronized (clients) {
            clients.add(client);
        }
        Jid address = Jid.of(client.local(), DOMAIN, requested.orElse("r" + client.id()))
                .orElseThrow();
        told.add("bound " + address.bare());
        return CompletableFuture.completedFuture(address);
    }

    @Override
    public void fromClient(ClientConnection client, Element stanza, Runnable done) {
        told.add("client " + XmlOutput.text(stanza, "jabber:client"));
        take(done);
    }

    @Override
    public void clientGone(ClientConnection client, String reason, List<Element> undelivered) {
        told.add("clientGone " + client.local() + ": " + reason + " undelivered " + undelivered.size());
    }

    @Override
    public CompletionStage<Optional<String>> componentSecret(String name) {
        return CompletableFuture.supplyAsync(() -> name.startsWith("unknown") ? Optional.empty() : Optional.of(SECRET));
    }

    @Override
    public void componentUp(ComponentConnection component) {
        synchronized (components) {
            components.add(component);
        }
        told.add("up " + component.name());
    }

    @Override
    public void componentGone(ComponentConnection component, String reason) {
        told.add("gone " + component.name() + ": " + reason);
    }

    @Override
    public void fromComponent(ComponentConnection component, Element stanza, Runnable done) {
        told.add("component " + XmlOutput.text(stanza, "jabber:client"));
        take(done);
    }

    @Override
    public void event(String step, String text) {
        told.add("event " + step + ": " + text);
    }

    private void take(Runnable done) {
        if (prompt) {
            done.run();
            return;
        }
        synchronized (kept) {
            kept.add(done);
        }
    }
}
