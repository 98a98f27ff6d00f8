package io.convoke.media.xmpp;

import io.convoke.media.tcp.Wheel;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.client.ClientStream;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.client.StreamManagement;
import io.convoke.protocols.xmpp.xml.Element;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The wire of one client, TCP or WebSocket: feeds its machine, and does what that says. */
final class ClientSocket extends ChannelInboundHandlerAdapter implements Wheel.Due, WireLoop.Flushable {
    private final ClientServer server;
    private final WireLoop loop;
    private final Channel channel;
    private final long id;
    private final boolean webSocket;
    private final Supplier<SslHandler> startTls;
    private final ClientStream machine;
    private final ClientOutput output;
    private final ReadGate gate;
    private final Credits credits;
    private final Pace pace;
    private final Wheel.Entry deadline = new Wheel.Entry(this);
    private @Nullable SaslSession exchange;
    private @Nullable ClientSession session;
    private boolean asking;
    private boolean replaced;
    private boolean ended;
    private boolean unflushed;
    private long readNanos = Long.MAX_VALUE;
    private long closeNanos = Long.MAX_VALUE;
    private volatile String local = "";

    /** @param startTls makes the server's end of TLS where the client asks for it in the stream */
    ClientSocket(
            ClientServer server,
            WireLoop loop,
            Channel channel,
            boolean webSocket,
            boolean encrypted,
            Supplier<SslHandler> startTls) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.webSocket = webSocket;
        this.startTls = startTls;
        id = server.nextId();
        long nowNanos = System.nanoTime();
        machine = new ClientStream(server.machineSettings(webSocket, encrypted), loop::nextStreamId, nowNanos);
        output = new ClientOutput(channel, webSocket);
        gate = new ReadGate(channel);
        credits = new Credits(server.settings().maxInFlight(), loop.eventLoop(), gate);
        pace = new Pace(server.settings().stanzasPerSecond(), server.settings().burst(), nowNanos);
    }

    long id() {
        return id;
    }

    WireLoop loop() {
        return loop;
    }

    /** Authenticated as; empty until then. */
    String local() {
        return local;
    }

    String transport() {
        if (webSocket) {
            return "webSocket";
        }
        return channel.pipeline().get(SslHandler.class) == null ? "tcp" : "tls";
    }

    String remoteAddress() {
        return ClientServer.addressOf(channel);
    }

    long pendingBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loop.wheel().watch(deadline);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (ended) {
                return;
            }
            if (message instanceof ByteBuf bytes) {
                int length = bytes.readableBytes();
                machine.handlePacket(System.nanoTime(), loop.read(bytes), 0, length);
                drain();
            } else if (message instanceof TextWebSocketFrame text) {
                machine.handleMessage(System.nanoTime(), text.text());
                drain();
            } else {
                unexpected(context, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** RFC 7395 §3.2: text messages only. Of HTTP nothing but the way to the WebSocket is here. */
    private void unexpected(ChannelHandlerContext context, Object message) {
        if (message instanceof CloseWebSocketFrame) {
            return; // Netty answers it, and closes
        }
        if (!WebSocketUpgrade.refuse(context, message)) {
            closeWith(StreamCondition.BAD_FORMAT, "Expected text messages");
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flushNow();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        machine.handleEnd();
        drain();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            machine.handleSecured(System.nanoTime());
        } else if (event instanceof HandshakeComplete handshake) {
            output.open();
            if (!WebSocketUpgrade.SUBPROTOCOL.equals(handshake.selectedSubprotocol())) {
                closeWith(StreamCondition.UNSUPPORTED_FEATURE, "Expected the WebSocket subprotocol xmpp");
            }
        }
        context.fireUserEventTriggered(event);
    }

    /** TLS that fails, a reset, a message that is too long: the end of this connection, and nothing more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture ignored = channel.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        loop.wheel().remove(deadline);
        output.discard();
        server.ended(this);
    }

    @Override
    public long deadlineNanos() {
        long due = Math.min(closeNanos, readNanos);
        return ended ? due : Math.min(due, machine.deadlineNanos());
    }

    @Override
    public void handleTimeout(long nowNanos) {
        if (nowNanos - closeNanos >= 0) {
            ChannelFuture ignored = channel.close();
            return;
        }
        if (readNanos != Long.MAX_VALUE && nowNanos - readNanos >= 0) {
            readNanos = Long.MAX_VALUE;
            gate.release();
        }
        machine.handleTimeout(nowNanos);
        drain();
        flushNow();
    }

    @Override
    public void flushNow() {
        unflushed = false;
        output.flush();
        bound();
    }

    private void bound() {
        if (!ended && pendingBytes() > server.settings().maxQueuedBytes()) {
            closeWith(StreamCondition.RESOURCE_CONSTRAINT, "Expected what is sent to be read");
        }
    }

    /** On the event loop: a stanza for the client. */
    void deliver(ClientSession from, Element stanza) {
        boolean ours = !ended && session == from;
        if (ours) {
            machine.handleSend(System.nanoTime(), stanza);
            drain();
            bound();
            if (!unflushed) {
                unflushed = true;
                loop.flushSoon(this);
            }
        }
        from.delivered(stanza, ours);
    }

    /** From any thread. */
    void close(StreamCondition condition, String text) {
        loop.eventLoop().execute(() -> closeWith(condition, text));
    }

    /** The client is back on another connection. From any thread. */
    void replaced() {
        loop.eventLoop().execute(() -> {
            replaced = true;
            closeWith(StreamCondition.CONFLICT, "The stream was resumed on another connection");
        });
    }

    private void closeWith(StreamCondition condition, String text) {
        machine.handleClose(System.nanoTime(), condition, text);
        drain();
        output.flush();
    }

    private void drain() {
        for (Output next = machine.poll(); next != null; next = machine.poll()) {
            perform(next);
        }
        loop.wheel().watch(deadline);
    }

    private void perform(Output next) {
        if (next instanceof Output.Send send) {
            output.send(send.xml());
        } else if (next instanceof Output.Received received) {
            receive(received.stanza());
        } else if (next instanceof Output.Authenticate step) {
            authenticate(step);
        } else if (next instanceof Output.AuthenticationAbandoned) {
            abandon();
        } else if (next instanceof Output.StartTls) {
            output.flush();
            channel.pipeline().addFirst(startTls.get());
        } else if (next instanceof Output.Bind bind) {
            bind(bind.resource());
        } else if (next instanceof Output.Resume resume) {
            resume(resume.previousId());
        } else if (next instanceof Output.Enabled enabled && session != null) {
            session.enabled(enabled.management());
        } else if (next instanceof Output.Ended end) {
            end(end);
        }
    }

    private void receive(Element stanza) {
        ClientSession client = session;
        if (client == null) {
            return;
        }
        long nowNanos = System.nanoTime();
        long readOnNanos = pace.take(nowNanos);
        if (readOnNanos - nowNanos > 0) {
            if (readNanos == Long.MAX_VALUE) {
                gate.hold();
            }
            readNanos = readOnNanos;
        }
        client.countIn();
        credits.take();
        server.port().fromClient(client, stanza, credits);
    }

    private void authenticate(Output.Authenticate step) {
        SaslSession current = exchange;
        if (step.first() || current == null) {
            current = new SaslSession(
                    server.nextId(), step.mechanism(), remoteAddress(), machine.isEncrypted(), this::answer);
            exchange = current;
        }
        ask();
        server.port().authenticate(current, step.data());
    }

    private void abandon() {
        SaslSession abandoned = exchange;
        exchange = null;
        if (abandoned != null) {
            server.port().authenticationAbandoned(abandoned);
        }
    }

    /** Until the answer is there, nothing more is read. */
    private void ask() {
        asking = true;
        gate.hold();
    }

    /** From any thread: does it to the machine, as an answer to what was asked. */
    private void answer(Consumer<ClientStream> change) {
        loop.eventLoop().execute(() -> {
            if (asking) {
                asking = false;
                gate.release();
            }
            change.accept(machine);
            local = machine.local();
            drain();
            flushNow();
        });
    }

    private void bind(String resource) {
        ClientSession client = new ClientSession(server, this, Instant.now());
        session = client;
        ask();
        server.port()
                .bind(client, resource.isEmpty() ? Optional.empty() : Optional.of(resource))
                .whenComplete((address, failure) -> answer(asked -> bound(client, address, failure)));
    }

    private void bound(ClientSession client, @Nullable Jid address, @Nullable Throwable failure) {
        if (address != null && failure == null) {
            if (client.bound(address)) {
                machine.handleBound(System.nanoTime(), address);
            }
        } else {
            session = null;
            machine.handleBindRefused(
                    System.nanoTime(),
                    StanzaCondition.RESOURCE_CONSTRAINT,
                    "Expected to get a resource, but there is none");
        }
    }

    private void resume(String previousId) {
        ask();
        ClientSession previous = server.session(previousId);
        if (previous == null || !previous.resume(machine.local(), () -> answer(asked -> attach(previous)))) {
            answer(asked -> asked.handleResumeRefused(System.nanoTime(), OptionalLong.empty()));
        }
    }

    private void attach(ClientSession previous) {
        if (ended) {
            return; // gone again meanwhile: the session waits on
        }
        StreamManagement management = previous.attach(this);
        if (management == null) {
            machine.handleResumeRefused(System.nanoTime(), OptionalLong.empty());
        } else {
            session = previous;
            machine.handleResumed(System.nanoTime(), management, previous.address());
        }
    }

    private void end(Output.Ended end) {
        ended = true;
        String reason = end.condition().isEmpty() ? end.text() : end.condition() + ": " + end.text();
        if (session != null) {
            session.left(this, end.resumable() || replaced, reason);
        }
        output.end();
        closeNanos = System.nanoTime() + Farewell.PATIENCE_NANOS;
    }
}
