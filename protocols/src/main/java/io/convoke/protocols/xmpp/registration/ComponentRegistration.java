package io.convoke.protocols.xmpp.registration;

import static io.convoke.protocols.xmpp.registration.ConnectionRace.earlier;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.xmpp.component.ComponentInitiator;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One registration of a Callbridge with an XMPP server, from its configuration to its use, and again and again after each failure: the twelve steps. A
 * server that fails gives way to the next; when all have failed, the failure that got farthest is the round's, and after a pause a new round begins, with
 * names looked up anew where their time to live is over.
 *
 * <p>Pure: one change, then {@link #poll()} until it is null. Numbers of connections ({@code attempt}) are never used twice. Never throws on what a peer
 * or a name server says.
 */
public final class ComponentRegistration {
    private final RegistrationSettings settings;
    private final RandomGenerator random;
    private final ServerSearch search;
    private final ArrayDeque<RegistrationOutput> outputs = new ArrayDeque<>();
    private Step step = Step.CONFIGURATION;
    private long stepSinceNanos;
    private @Nullable Candidate current;
    private long currentAttempt;
    private @Nullable ComponentInitiator stream;
    private String broken = "";
    private String transport = "";
    private @Nullable CertificateSeen certificate;
    private @Nullable RegistrationFailure lastError;
    private long lastErrorAtNanos;
    private long tlsDeadlineNanos = Long.MAX_VALUE;
    private @Nullable Long nextRetryNanos;
    private @Nullable Long registeredSinceNanos;
    private boolean preparing;
    private boolean stopped;
    private long rounds;
    private int failures;

    /** Begins at once. */
    public ComponentRegistration(RegistrationSettings settings, RandomGenerator random, long nowNanos) {
        this.settings = settings;
        this.random = random;
        this.search = new ServerSearch(new Searching(), settings, random);
        stepSinceNanos = nowNanos;
        startRound(nowNanos);
    }

    /** Step 1: what this side needs; answered by the shell. */
    private void startRound(long nowNanos) {
        rounds++;
        nextRetryNanos = null;
        search.newRound();
        certificate = null;
        preparing = true;
        enter(nowNanos, Step.PRECONDITION);
        outputs.add(new RegistrationOutput.Prepare());
    }

    /** What connections need is there, or why not. */
    public void handlePrepared(long nowNanos, @Nullable RegistrationFailure failure) {
        if (!preparing || stopped) {
            return;
        }
        preparing = false;
        if (failure != null) {
            failRound(nowNanos, failure);
        } else {
            configuration(nowNanos);
        }
    }

    /** Step 2. */
    private void configuration(long nowNanos) {
        enter(nowNanos, Step.CONFIGURATION);
        RegistrationFailure wrong = ConfigurationRule.firstProblem(settings).orElse(null);
        if (wrong != null) {
            failForGood(nowNanos, wrong);
        } else {
            port(nowNanos);
        }
    }

    /** Step 3. */
    private void port(long nowNanos) {
        enter(nowNanos, Step.PORT);
        if (settings.address().isEmpty()) {
            search.searchByServiceRecords(nowNanos);
            return;
        }
        ServerAddress server = ServerAddress.parse(settings.address(), ServerAddress.DEFAULT_PORT)
                .orElse(null);
        if (server == null) {
            failForGood(nowNanos, RegistrationWords.address(settings.address()));
        } else {
            search.search(nowNanos, server);
        }
    }

    /** Steps 7 and 8, where the server is not one for plain TCP. */
    public void handleConnected(long nowNanos, long attempt) {
        Candidate winner = search.handleConnected(attempt);
        if (winner == null || winner.address == null) {
            outputs.add(new RegistrationOutput.Close(attempt));
            return;
        }
        current = winner;
        currentAttempt = attempt;
        ServerAddress server = winner.target.server();
        if (settings.plainTcp().contains(server)) {
            transport = "tcp";
            register(nowNanos);
        } else {
            transport = "tls";
            enter(nowNanos, Step.TLS);
            tlsDeadlineNanos = nowNanos + settings.bounds().tlsTimeoutNanos();
            outputs.add(new RegistrationOutput.Secure(
                    attempt,
                    server,
                    new ServerCertificateCheck(settings.domain(), server, winner.address, settings.namesChecked())));
        }
    }

    /** TLS is there, and the server's certificate was checked. */
    public void handleSecured(long nowNanos, long attempt, CertificateSeen seen) {
        if (attempt != currentAttempt || current == null || stream != null) {
            return;
        }
        tlsDeadlineNanos = Long.MAX_VALUE;
        certificate = seen;
        enter(nowNanos, Step.CERTIFICATE);
        register(nowNanos);
    }

    /** Steps 9 and 10. */
    private void register(long nowNanos) {
        enter(nowNanos, Step.REGISTER);
        broken = "";
        stream = new ComponentInitiator(settings.stream(), nowNanos);
        drain(nowNanos);
    }

    private void drain(long nowNanos) {
        for (ComponentInitiator open = stream; open != null; open = stream) {
            ComponentInitiator.Output output = open.poll();
            if (output == null) {
                return;
            }
            if (output instanceof ComponentInitiator.Output.Send send) {
                if (step == Step.REGISTER && new String(send.bytes(), US_ASCII).startsWith("<handshake")) {
                    enter(nowNanos, Step.VALIDATE);
                }
                outputs.add(new RegistrationOutput.Transmit(currentAttempt, send.bytes()));
            } else if (output instanceof ComponentInitiator.Output.Established) {
                enter(nowNanos, Step.ACTIVE);
                registeredSinceNanos = nowNanos;
                noteOutcome("registered");
                outputs.add(new RegistrationOutput.Registered());
            } else if (output instanceof ComponentInitiator.Output.Received received) {
                outputs.add(new RegistrationOutput.Received(received.stanza()));
            } else if (output instanceof ComponentInitiator.Output.Ended ended) {
                Candidate of = current;
                if (of != null) {
                    connectionFailed(nowNanos, RegistrationWords.ended(step, settings, of, ended, broken));
                }
            }
        }
    }

    private void noteOutcome(String outcome) {
        Candidate of = current;
        if (of != null) {
            of.outcome = outcome;
        }
    }

    /** Step 12: a login was asked of this Callbridge. */
    public void handleUsed(long nowNanos) {
        if (step == Step.ACTIVE) {
            enter(nowNanos, Step.USE);
        }
    }

    /** The answer to a look-up. */
    public void handleAnswer(long nowNanos, DnsAnswer answer) {
        if (!stopped) {
            search.handleAnswer(nowNanos, answer);
        }
    }

    /** Bytes of the server. */
    public void handlePacket(long nowNanos, long attempt, byte[] bytes) {
        ComponentInitiator open = stream;
        if (attempt == currentAttempt && open != null) {
            open.handlePacket(nowNanos, bytes, 0, bytes.length);
            drain(nowNanos);
        }
    }

    /** A connection failed or ended; of one that is not wanted any more nothing follows. */
    public void handleBroken(long nowNanos, long attempt, Break why) {
        if (stopped || search.handleBroken(nowNanos, attempt, why)) {
            return;
        }
        Candidate of = current;
        if (of == null || attempt != currentAttempt) {
            return;
        }
        if (why instanceof Break.Refused refused) {
            certificate = refused.seen();
            connectionFailed(nowNanos, refused.failure());
        } else if (why instanceof Break.Tls tls
                && (stream == null || (registeredSinceNanos == null && tls.isAboutOurCertificate()))) {
            certificate = tls.seen() == null ? certificate : tls.seen();
            connectionFailed(nowNanos, RegistrationWords.tls(of, tls.problem()));
        } else if (why instanceof Break.Clogged clogged) {
            connectionFailed(nowNanos, RegistrationWords.clogged(step, of, clogged.words()));
        } else {
            broken = why.said();
            ComponentInitiator open = stream;
            if (open != null) {
                open.handleEnd();
                drain(nowNanos);
            } else {
                connectionFailed(nowNanos, RegistrationWords.tls(of, new TlsProblem(TlsProblem.Kind.CLOSED, broken)));
            }
        }
    }

    /** The connection was there; what follows is another address, another server, or another round. */
    private void connectionFailed(long nowNanos, RegistrationFailure failure) {
        outputs.add(new RegistrationOutput.Close(currentAttempt));
        noteOutcome(RegistrationWords.outcome(failure));
        boolean wasRegistered = registeredSinceNanos != null;
        current = null;
        currentAttempt = 0;
        stream = null;
        transport = "";
        tlsDeadlineNanos = Long.MAX_VALUE;
        enter(nowNanos, failure.step());
        if (wasRegistered) {
            failRound(nowNanos, failure);
        } else {
            search.resume(nowNanos, failure);
        }
    }

    /** No further try helps; only another configuration does. */
    private void failForGood(long nowNanos, RegistrationFailure failure) {
        failed(nowNanos, failure);
        stopped = true;
    }

    private void failRound(long nowNanos, RegistrationFailure failure) {
        failed(nowNanos, failure);
        nextRetryNanos = nowNanos + settings.bounds().pauseNanos(failures++, random);
    }

    private void failed(long nowNanos, RegistrationFailure failure) {
        Long since = registeredSinceNanos;
        if (since != null && nowNanos - since >= settings.bounds().keepAliveNanos()) {
            failures = 0;
        }
        registeredSinceNanos = null;
        search.stop();
        lastError = failure;
        lastErrorAtNanos = nowNanos;
        enter(nowNanos, failure.step());
        outputs.add(new RegistrationOutput.Failed(failure, since != null));
    }

    /** A stanza for the server, in {@code jabber:client}; dropped while there is no registration. */
    public void handleSend(long nowNanos, Element stanza) {
        ComponentInitiator open = stream;
        if (open != null) {
            open.handleSend(nowNanos, stanza);
            drain(nowNanos);
        }
    }

    /** Ends it for good; what is up is taken down properly. */
    public void handleStop(long nowNanos) {
        stopped = true;
        nextRetryNanos = null;
        search.stop();
        ComponentInitiator open = stream;
        if (open != null) {
            open.handleClose(nowNanos);
            for (ComponentInitiator.Output output = open.poll(); output != null; output = open.poll()) {
                if (output instanceof ComponentInitiator.Output.Send send) {
                    outputs.add(new RegistrationOutput.Transmit(currentAttempt, send.bytes()));
                }
            }
        }
        if (current != null) {
            outputs.add(new RegistrationOutput.Close(currentAttempt));
        }
        current = null;
        stream = null;
        registeredSinceNanos = null;
    }

    /** Time has passed; call at {@link #deadlineNanos()} or later. */
    public void handleTimeout(long nowNanos) {
        if (stopped) {
            return;
        }
        Long retry = nextRetryNanos;
        if (retry != null) {
            if (nowNanos - retry >= 0) {
                startRound(nowNanos);
            }
            return;
        }
        search.handleTimeout(nowNanos);
        Candidate of = current;
        if (of != null && tlsDeadlineNanos != Long.MAX_VALUE && nowNanos - tlsDeadlineNanos >= 0) {
            connectionFailed(
                    nowNanos, RegistrationWords.tlsTimeout(of, settings.bounds().tlsTimeoutNanos()));
        }
        ComponentInitiator open = stream;
        if (open != null) {
            open.handleTimeout(nowNanos);
            drain(nowNanos);
        }
    }

    /** When {@link #handleTimeout} is due next; may come earlier after any change. {@code Long.MAX_VALUE}: never. */
    public long deadlineNanos() {
        if (stopped) {
            return Long.MAX_VALUE;
        }
        Long retry = nextRetryNanos;
        if (retry != null) {
            return retry;
        }
        long deadline = earlier(tlsDeadlineNanos, search.deadlineNanos());
        ComponentInitiator open = stream;
        return open == null ? deadline : earlier(deadline, open.deadlineNanos());
    }

    /** The next thing to do, or null. */
    public @Nullable RegistrationOutput poll() {
        return outputs.poll();
    }

    public RegistrationView view() {
        String state = registeredSinceNanos != null
                ? "registered"
                : stopped ? "stopped" : nextRetryNanos != null ? "waiting" : "connecting";
        return new RegistrationView(
                step,
                stepSinceNanos,
                state,
                search.server(),
                transport,
                search.looks(),
                search.candidates(),
                search.warnings(),
                certificate,
                lastError,
                lastErrorAtNanos,
                nextRetryNanos,
                rounds,
                registeredSinceNanos);
    }

    private void enter(long nowNanos, Step next) {
        if (step != next) {
            step = next;
            stepSinceNanos = nowNanos;
        }
    }

    private final class Searching implements ServerSearch.Owner {
        @Override
        public void entered(long nowNanos, Step next) {
            enter(nowNanos, next);
        }

        @Override
        public void output(RegistrationOutput output) {
            outputs.add(output);
        }

        @Override
        public void exhausted(long nowNanos, RegistrationFailure failure) {
            failRound(nowNanos, failure);
        }
    }
}
