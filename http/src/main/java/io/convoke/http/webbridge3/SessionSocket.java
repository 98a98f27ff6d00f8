package io.convoke.http.webbridge3;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.TextMessage;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.StreamLimitReachedException;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.typed.javadsl.ActorSink;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.RequestFacts;
import io.convoke.http.outbox.Outbox;
import io.convoke.http.problem.Problem;
import io.convoke.http.webbridge3.SessionConnection.ClientFrame;
import io.convoke.http.webbridge3.SessionConnection.Next;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The session WebSocket at {@code /api/session} (client protocol §2): an actor for each connection, and bounded queues in both directions. */
public final class SessionSocket extends AllDirectives {
    private final ActorSystem<?> system;
    private final SessionLimits limits;
    private final String allowedOrigin;
    private final ActorRef<Webbridge.Command> webbridge;

    /** @param allowedOrigin the only origin that browsers may come from, such as {@code https://meet.example.org}; empty lets all in */
    public SessionSocket(
            ActorSystem<?> system, SessionLimits limits, String allowedOrigin, ActorRef<Webbridge.Command> webbridge) {
        this.system = system;
        this.limits = limits;
        this.allowedOrigin = allowedOrigin;
        this.webbridge = webbridge;
    }

    public Route route() {
        return path(
                PathMatchers.segment("api").slash("session"),
                () -> get(() -> extractRequest(request -> complete(open(request)))));
    }

    private HttpResponse open(HttpRequest request) {
        WebSocketUpgrade upgrade =
                request.getAttribute(AttributeKeys.webSocketUpgrade).orElse(null);
        if (upgrade == null) {
            return Problem.of(426, "upgradeRequired", "Upgrade required", "This address takes WebSockets only.")
                    .response()
                    .addHeader(RawHeader.create("Upgrade", "websocket"));
        }
        String origin = RequestFacts.header(request, "Origin");
        if (!allowedOrigin.isEmpty() && !origin.isEmpty() && !origin.equalsIgnoreCase(allowedOrigin)) {
            return Problem.of(
                            403,
                            "foreignOrigin",
                            "Foreign origin",
                            "Pages of another origin than " + allowedOrigin + " may not open sessions here.")
                    .response();
        }
        return connect(upgrade);
    }

    private HttpResponse connect(WebSocketUpgrade upgrade) {
        Outbox<String> queue =
                new Outbox<>(system, limits.maxQueuedMessages(), limits.maxQueuedBytes(), String::length);
        SharedKillSwitch stop = KillSwitches.shared("session-socket");
        QueuedOutlet outlet = new QueuedOutlet(queue, stop);
        ActorRef<SessionConnection.Command> connection = system.systemActorOf(
                SessionConnection.create(limits, webbridge, outlet),
                "session-socket-" + UUID.randomUUID(),
                Props.empty());
        Source<Message, ?> out = queue.source().map(TextMessage::create);
        Sink<Message, ?> in = Flow.<Message>create()
                .via(stop.flow())
                .mapAsync(1, this::whole)
                .to(ActorSink.<ClientFrame, SessionConnection.Command, Next>actorRefWithBackpressure(
                        connection,
                        (stream, frame) -> new SessionConnection.Received(frame, stream),
                        SessionConnection.Began::new,
                        Next.MESSAGE,
                        new SessionConnection.Gone("the client closed the WebSocket"),
                        failure -> new SessionConnection.Gone("the connection broke")));
        // Not coupled: after the close frame is sent the inbound side still has to hear the client's.
        return CloseCodes.upgrade(system, upgrade, Flow.fromSinkAndSource(in, out), outlet::closeCode);
    }

    private CompletionStage<ClientFrame> whole(Message message) {
        if (!message.isText()) {
            message.asBinaryMessage().getStreamedData().runWith(Sink.cancelled(), system);
            return CompletableFuture.completedFuture(new ClientFrame.Binary());
        }
        TextMessage text = message.asTextMessage();
        if (text.isStrict()) {
            String whole = text.getStrictText();
            return CompletableFuture.completedFuture(
                    bytes(whole) > limits.maxMessageBytes() ? new ClientFrame.TooLarge() : new ClientFrame.Text(whole));
        }
        return text.getStreamedText()
                .limitWeighted(limits.maxMessageBytes(), SessionSocket::bytes)
                .runFold(new StringBuilder(), StringBuilder::append, system)
                .<ClientFrame>thenApply(whole -> new ClientFrame.Text(whole.toString()))
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof StreamLimitReachedException) {
                        return new ClientFrame.TooLarge();
                    }
                    throw new CompletionException(cause);
                });
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The way to a client. Used by the connection's actor; the close code also by the stream. */
    private static final class QueuedOutlet implements SessionConnection.Outlet {
        private final Outbox<String> queue;
        private final SharedKillSwitch stop;
        private final AtomicInteger code = new AtomicInteger(SessionMachine.NORMAL);
        private boolean ended;

        QueuedOutlet(Outbox<String> queue, SharedKillSwitch stop) {
            this.queue = queue;
            this.stop = stop;
        }

        @Override
        public boolean send(String json) {
            return queue.offer(json);
        }

        int closeCode() {
            return code.get();
        }

        @Override
        public void close(int closeCode) {
            if (!ended) {
                ended = true;
                code.set(closeCode);
                queue.complete();
            }
        }

        @Override
        public void abort() {
            IOException why = new IOException("The client does not read");
            ended = true;
            queue.fail(why);
            stop.abort(why);
        }
    }
}
