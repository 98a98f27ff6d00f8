package io.convoke.http.c2w;

import static java.util.Objects.requireNonNull;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ws.BinaryMessage;
import akka.http.javadsl.model.ws.Message;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wFailure.Reason;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.PeerCertificate;
import io.convoke.http.outbox.Outbox;
import io.convoke.protocols.c2w.C2wFrame;
import io.convoke.protocols.c2w.C2wFrameCodec;
import io.convoke.protocols.c2w.C2wLinkMachine;
import io.convoke.protocols.c2w.C2wLinkMachine.Output;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One end of one open link: a WebSocket's two streams around a {@link C2wLinkMachine}. Any thread may send; the machine is only touched under this
 * object's lock, and so {@link C2wInbound} hears one thing at a time. What waits for a peer that does not read is bounded in number and bytes.
 */
final class C2wWire implements C2wConnection {
    private final ActorSystem<?> system;
    private final C2wEnd end;
    private final C2wSettings settings;
    private final C2wLinkMachine machine;
    private final Outbox<ByteString> out;
    private final Flow<Message, Message, ?> flow;
    private @Nullable PeerCertificate peer;
    private @Nullable C2wInbound inbound;
    private @Nullable Cancellable timer;
    private @Nullable C2wFailure ended;
    private boolean draining;

    C2wWire(ActorSystem<?> system, C2wEnd end, C2wSettings settings) {
        this.system = system;
        this.end = end;
        this.settings = settings;
        this.machine = new C2wLinkMachine(end.side(), settings.machine(), System.nanoTime());
        this.out = new Outbox<>(system, settings.maxQueuedMessages(), settings.maxQueuedBytes(), ByteString::size);
        Source<Message, ?> source = out.source().map(BinaryMessage::create);
        Sink<Message, ?> sink = Flow.<Message>create()
                .mapAsync(1, this::whole)
                .map(bytes -> {
                    received(bytes);
                    return bytes;
                })
                .toMat(Sink.ignore(), Keep.right())
                .mapMaterializedValue(done -> done.whenComplete((ok, failure) -> gone(failure)));
        this.flow = Flow.fromSinkAndSourceCoupled(sink, source);
    }

    /** To be materialized once. */
    Flow<Message, Message, ?> flow() {
        return flow;
    }

    /** Says who is at the other end; before anybody gets the connection. */
    synchronized void prove(PeerCertificate peer) {
        this.peer = peer;
    }

    /** From now on what comes is handed over. What came before has waited: at most a hello, for the peer may not send more before it got one. */
    synchronized void start(C2wInbound inbound) {
        C2wFailure already = ended;
        if (already != null) {
            inbound.closed(already);
            return;
        }
        this.inbound = inbound;
        drain();
        watchClock();
    }

    @Override
    public synchronized PeerCertificate peer() {
        // Nobody has the connection before that is known.
        return requireNonNull(peer);
    }

    @Override
    public void send(C2wMessage message) {
        C2wFrame frame = C2wFrames.frame(message);
        synchronized (this) {
            if (ended == null) {
                machine.handleSend(System.nanoTime(), frame);
                drain();
            }
        }
    }

    @Override
    public synchronized void close(C2wFailure why) {
        if (ended == null) {
            out.complete();
            closedBecause(why);
        }
    }

    private CompletionStage<ByteString> whole(Message message) {
        if (message.isText()) {
            return CompletableFuture.failedFuture(
                    new C2wFailure(Reason.PROTOCOL, "Expected a binary message, but found text"));
        }
        BinaryMessage binary = message.asBinaryMessage();
        if (binary.isStrict()) {
            return CompletableFuture.completedFuture(binary.getStrictData());
        }
        int most = settings.maxPayloadBytes() + C2wFrameCodec.OVERHEAD_BYTES + 64;
        return binary.getStreamedData()
                .limitWeighted(most, bytes -> (long) bytes.size())
                .runFold(ByteString.emptyByteString(), ByteString::concat, system);
    }

    private synchronized void received(ByteString bytes) {
        machine.handleMessage(System.nanoTime(), bytes.toArray());
        drain();
    }

    private synchronized void gone(@Nullable Throwable failure) {
        if (ended != null) {
            return;
        }
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null && !(cause instanceof C2wFailure)) {
            cause = cause.getCause();
        }
        closedBecause(
                cause instanceof C2wFailure named
                        ? named
                        : new C2wFailure(
                                Reason.CLOSED,
                                "The " + end.peer() + " is gone: "
                                        + (cause == null ? "it closed the link" : "the connection broke")));
    }

    /** Carries the machine's outputs out. A receiver that sends in the same breath comes back here and leaves its frame to the outer round. */
    private void drain() {
        C2wInbound receiver = inbound;
        if (draining || receiver == null) {
            return;
        }
        draining = true;
        try {
            for (Output output = machine.poll(); output != null && ended == null; output = machine.poll()) {
                if (output instanceof Output.Transmit transmit) {
                    transmit(ByteString.fromArrayUnsafe(transmit.message()));
                } else if (output instanceof Output.Deliver deliver) {
                    deliver(receiver, deliver.frame());
                } else if (output instanceof Output.Ended last) {
                    close(failure(last));
                }
            }
        } finally {
            draining = false;
        }
    }

    private void transmit(ByteString bytes) {
        if (!out.offer(bytes)) {
            C2wFailure why = new C2wFailure(
                    Reason.CLOSED,
                    "The " + end.peer() + " does not read: more than " + settings.maxQueuedMessages() + " messages or "
                            + settings.maxQueuedBytes() + " bytes wait for it");
            // Not completed: that would wait for the peer to read what is queued.
            out.fail(why);
            closedBecause(why);
        }
    }

    private void deliver(C2wInbound receiver, C2wFrame frame) {
        try {
            receiver.message(C2wFrames.message(end, frame));
        } catch (C2wFailure e) {
            close(e);
        }
    }

    private static C2wFailure failure(Output.Ended last) {
        return switch (last.end()) {
            case VERSION -> new C2wFailure(Reason.VERSION, last.words());
            case PROTOCOL -> new C2wFailure(Reason.PROTOCOL, last.words());
            case HELLO_TIMEOUT, SILENCE, OVERLOAD -> new C2wFailure(Reason.CLOSED, last.words());
        };
    }

    private void closedBecause(C2wFailure why) {
        ended = why;
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
        }
        C2wInbound receiver = inbound;
        if (receiver != null) {
            receiver.closed(why);
        }
    }

    private synchronized void tick() {
        if (ended == null) {
            machine.handleTimeout(System.nanoTime());
            drain();
            watchClock();
        }
    }

    private void watchClock() {
        if (ended == null) {
            long delay = Math.max(1_000_000, machine.deadlineNanos() - System.nanoTime());
            timer = system.scheduler().scheduleOnce(Duration.ofNanos(delay), this::tick, system.executionContext());
        }
    }
}
