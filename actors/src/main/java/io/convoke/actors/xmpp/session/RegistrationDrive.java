package io.convoke.actors.xmpp.session;

import io.convoke.actors.dns.NameLookup;
import io.convoke.media.xmpp.dial.DialListener;
import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.media.xmpp.dial.Dialled;
import io.convoke.media.xmpp.dial.StreamDialer;
import io.convoke.protocols.xmpp.registration.Break;
import io.convoke.protocols.xmpp.registration.CertificateSeen;
import io.convoke.protocols.xmpp.registration.ComponentRegistration;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationOutput;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.Step;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a registration wants: look-ups, connections, TLS. Belongs to one thread at a time; what comes back from others goes into {@link
 * Ports#events}, and from there into {@link #handle}. No actor, so that the check from the command line walks the very same steps.
 */
public final class RegistrationDrive {
    /**
     * What it works with.
     *
     * @param tls for each round anew
     * @param events takes events on any thread
     */
    public record Ports(
            NameLookup names,
            StreamDialer dialer,
            Supplier<CompletionStage<DialTls>> tls,
            Consumer<RegistrationEvent> events,
            LongSupplier nanos,
            RandomGenerator random) {}

    /** Hears what came of it, on the thread that it belongs to. */
    public interface Listener {
        void registered();

        void failed(RegistrationFailure failure, boolean wasRegistered);

        void received(Element stanza);
    }

    private final Ports ports;
    private final Listener listener;
    private final ComponentRegistration machine;
    private final Map<Long, Dialled> connections = new HashMap<>();
    private final Set<Long> reading = new HashSet<>();
    private @Nullable DialTls tls;

    /** Begins at once. */
    public RegistrationDrive(RegistrationSettings settings, Ports ports, Listener listener) {
        this.ports = ports;
        this.listener = listener;
        this.machine = new ComponentRegistration(
                settings, ports.random(), ports.nanos().getAsLong());
        drain();
    }

    public void handle(RegistrationEvent event) {
        long now = ports.nanos().getAsLong();
        if (event instanceof RegistrationEvent.Prepared prepared) {
            tls = prepared.tls();
            machine.handlePrepared(now, prepared.tls() == null ? unprepared(prepared.failure()) : null);
        } else if (event instanceof RegistrationEvent.Answered answered) {
            machine.handleAnswer(now, answered.answer());
        } else if (event instanceof RegistrationEvent.Connected connected) {
            machine.handleConnected(now, connected.attempt());
        } else if (event instanceof RegistrationEvent.Secured secured) {
            machine.handleSecured(now, secured.attempt(), secured.certificate());
        } else if (event instanceof RegistrationEvent.Received received) {
            machine.handlePacket(now, received.attempt(), received.bytes());
            readOn(received.attempt());
        } else if (event instanceof RegistrationEvent.Broken broken) {
            connections.remove(broken.attempt());
            reading.remove(broken.attempt());
            machine.handleBroken(now, broken.attempt(), broken.why());
        }
        drain();
    }

    /** Time has passed. */
    public void handleTimeout() {
        machine.handleTimeout(ports.nanos().getAsLong());
        drain();
    }

    /** Sends a stanza; dropped while there is no registration. */
    public void send(Element stanza) {
        machine.handleSend(ports.nanos().getAsLong(), stanza);
        drain();
    }

    /** A login was asked for. */
    public void used() {
        machine.handleUsed(ports.nanos().getAsLong());
    }

    /** Takes everything down, for good. */
    public void stop() {
        machine.handleStop(ports.nanos().getAsLong());
        drain();
    }

    /** When {@link #handleTimeout} is due, by the clock of the ports; {@code Long.MAX_VALUE}: never. */
    public long deadlineNanos() {
        return machine.deadlineNanos();
    }

    public RegistrationView view() {
        return machine.view();
    }

    private static RegistrationFailure unprepared(@Nullable Throwable failure) {
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return new RegistrationFailure(
                Step.PRECONDITION,
                "ownCertificateUnusable",
                "Expected this Callbridge's own certificate, its key and its trust to be readable, but "
                        + (cause == null ? "they are not" : cause.getMessage()),
                "Correct convoke.xmpp.callbridge.certificate, key and trust, or the files that they name.");
    }

    private void readOn(long attempt) {
        Dialled connection = connections.get(attempt);
        if (connection != null) {
            connection.more();
        }
    }

    private void drain() {
        for (RegistrationOutput output = machine.poll(); output != null; output = machine.poll()) {
            if (output instanceof RegistrationOutput.Prepare) {
                ports.tls()
                        .get()
                        .whenComplete((read, failure) ->
                                ports.events().accept(new RegistrationEvent.Prepared(read, failure)));
            } else if (output instanceof RegistrationOutput.Ask ask) {
                ports.names()
                        .ask(ask.question())
                        .thenAccept(answer -> ports.events().accept(new RegistrationEvent.Answered(answer)));
            } else if (output instanceof RegistrationOutput.Received received) {
                listener.received(received.stanza());
            } else if (output instanceof RegistrationOutput.Registered) {
                listener.registered();
            } else if (output instanceof RegistrationOutput.Failed failed) {
                listener.failed(failed.failure(), failed.wasRegistered());
            } else {
                onConnection(output);
            }
        }
    }

    private void onConnection(RegistrationOutput output) {
        if (output instanceof RegistrationOutput.Connect connect) {
            connections.put(
                    connect.attempt(),
                    ports.dialer().open(connect.address(), connect.port(), new Hearing(connect.attempt())));
        } else if (output instanceof RegistrationOutput.Secure secure) {
            DialTls own = tls;
            Dialled connection = connections.get(secure.attempt());
            if (own != null && connection != null) {
                connection.secure(secure.check(), own);
            }
        } else if (output instanceof RegistrationOutput.Transmit transmit) {
            Dialled connection = connections.get(transmit.attempt());
            if (connection != null) {
                connection.send(transmit.bytes());
                if (reading.add(transmit.attempt())) {
                    connection.more();
                }
            }
        } else if (output instanceof RegistrationOutput.Close close) {
            Dialled connection = connections.remove(close.attempt());
            reading.remove(close.attempt());
            if (connection != null) {
                connection.close();
            }
        }
    }

    private final class Hearing implements DialListener {
        private final long attempt;

        private Hearing(long attempt) {
            this.attempt = attempt;
        }

        @Override
        public void connected() {
            ports.events().accept(new RegistrationEvent.Connected(attempt));
        }

        @Override
        public void secured(CertificateSeen certificate) {
            ports.events().accept(new RegistrationEvent.Secured(attempt, certificate));
        }

        @Override
        public void received(byte[] bytes) {
            ports.events().accept(new RegistrationEvent.Received(attempt, bytes));
        }

        @Override
        public void broken(Break why) {
            ports.events().accept(new RegistrationEvent.Broken(attempt, why));
        }
    }
}
