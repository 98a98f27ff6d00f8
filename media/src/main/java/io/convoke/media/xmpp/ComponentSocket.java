package io.convoke.media.xmpp;

import io.convoke.media.tcp.Wheel;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.component.ComponentAcceptor;
import io.convoke.protocols.xmpp.component.ComponentAcceptor.Output;
import io.convoke.protocols.xmpp.xml.Element;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The wire of one component: feeds its machine, and does what that says. */
final class ComponentSocket extends ChannelInboundHandlerAdapter
        implements ComponentConnection, Wheel.Due, WireLoop.Flushable {
    private final ComponentServer server;
    private final WireLoop loop;
    private final Channel channel;
    private final long id;
    private final Instant since;
    private final ComponentAcceptor machine;
    private final ReadGate gate;
    private final Credits credits;
    private final ComponentRoutes routes;
    private final Outbox outbox = new Outbox();
    private final Stall stall;
    private final WholeStanzas wholeStanzas;
    private final Wheel.Entry deadline = new Wheel.Entry(this);
    private final AtomicLong stanzasOut = new AtomicLong();
    private @Nullable ComponentSocket rival;
    private long stanzasIn;
    private volatile long stanzasInSeen;
    private volatile @Nullable PeerCertificate certificate;
    private volatile boolean open;
    private boolean ended;
    private boolean accepting;
    private long closeNanos = Long.MAX_VALUE;
    private long rivalNanos = Long.MAX_VALUE;
    private long heardNanos;
    private boolean unflushed;

    ComponentSocket(ComponentServer server, WireLoop loop, Channel channel, Instant since) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.since = since;
        id = server.nextId();
        long nowNanos = System.nanoTime();
        machine = new ComponentAcceptor(server.machineSettings(), loop.nextStreamId(), nowNanos);
        gate = new ReadGate(channel);
        credits = new Credits(server.settings().maxInFlight(), loop.eventLoop(), gate);
        routes = new ComponentRoutes(loop, gate);
        stall = new Stall(channel, server.stallNanos());
        wholeStanzas = new WholeStanzas(server.settings().limits());
    }

    Channel channel() {
        return channel;
    }

    /** Whether stanzas may be routed to it. From any thread. */
    boolean isOpen() {
        return open;
    }

    void countOut(int stanzas) {
        stanzasOut.addAndGet(stanzas);
    }

    /** Runs it once the connection takes bytes again, or is gone. From any thread. */
    void awaitWritable(Runnable then) {
        run(() -> stall.await(then));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loop.wheel().watch(deadline);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (ended) {
                return;
            }
            int length = bytes.readableBytes();
            byte[] read = loop.read(bytes);
            heardNanos = System.nanoTime();
            machine.handlePacket(heardNanos, read, 0, length);
            drain();
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        stanzasInSeen = stanzasIn;
        routes.flush();
        flushNow();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        machine.handleEnd();
        drain();
        gone("The connection closed");
        stall.release();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (stall.changed(System.nanoTime())) {
            loop.wheel().watch(deadline);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            certificate = tls == null ? null : XmppTls.shown(tls);
        }
        context.fireUserEventTriggered(event);
    }

    /** TLS that fails, a connection that is reset: the end of this connection, and nothing more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        server.failed(this, cause);
        ChannelFuture ignored = channel.close();
    }

    @Override
    public long deadlineNanos() {
        long due = Math.min(Math.min(closeNanos, rivalNanos), stall.deadlineNanos());
        return ended ? due : Math.min(due, machine.deadlineNanos());
    }

    @Override
    public void handleTimeout(long nowNanos) {
        if (nowNanos - closeNanos >= 0) {
            ChannelFuture ignored = channel.close();
            return;
        }
        if (!ended && stall.isOver(nowNanos)) {
            closeWith(StreamCondition.RESOURCE_CONSTRAINT, "Expected what is sent to be read");
            ChannelFuture ignored = channel.close();
            return;
        }
        if (rival != null && nowNanos - rivalNanos >= 0) {
            judgeRival(rival);
        }
        machine.handleTimeout(nowNanos);
        drain();
        flushNow();
    }

    @Override
    public void send(Element stanza) {
        if (!open) {
            return;
        }
        loop.eventLoop().execute(() -> {
            machine.handleSend(System.nanoTime(), stanza);
            stanzasOut.incrementAndGet();
            drain();
            flushSoon();
        });
    }

    @Override
    public void close(StreamCondition condition, String text) {
        run(() -> closeWith(condition, text));
    }

    @Override
    public void flushNow() {
        unflushed = false;
        outbox.write(channel);
        channel.flush();
    }

    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            loop.flushSoon(this);
        }
    }

    private void run(Runnable task) {
        if (loop.eventLoop().inEventLoop()) {
            task.run();
        } else {
            loop.eventLoop().execute(task);
        }
    }

    private void closeWith(StreamCondition condition, String text) {
        machine.handleClose(System.nanoTime(), condition, text);
        drain();
        flushNow();
    }

    private void drain() {
        for (Output output = machine.poll(); output != null; output = machine.poll()) {
            perform(output);
        }
        if (accepting) {
            accepting = false;
            accept();
        }
        loop.wheel().watch(deadline);
    }

    private void perform(Output output) {
        if (output instanceof Output.ReceivedRaw raw) {
            receive(raw);
        } else if (output instanceof Output.Send send) {
            outbox.append(channel, send.bytes());
        } else if (output instanceof Output.Received received) {
            stanzasIn++;
            hand(received.stanza());
        } else if (output instanceof Output.AskSecret ask) {
            askSecret(ask.name());
        } else if (output instanceof Output.Authenticated) {
            authenticated();
        } else if (output instanceof Output.Ended end) {
            end(end);
        }
    }

    private void receive(Output.ReceivedRaw raw) {
        stanzasIn++;
        String to = raw.head().attribute("to");
        ComponentSocket target = to == null ? null : server.table().find(to);
        if (target != null) {
            routes.route(target, raw.bytes());
        } else {
            hand(wholeStanzas.read(raw.bytes()));
        }
    }

    private void hand(Element stanza) {
        credits.take();
        server.port().fromComponent(this, stanza, credits);
    }

    private void askSecret(String name) {
        server.port()
                .componentSecret(name)
                .whenComplete((secret, failure) -> loop.eventLoop().execute(() -> {
                    long nowNanos = System.nanoTime();
                    if (failure != null) {
                        machine.handleClose(
                                nowNanos,
                                StreamCondition.INTERNAL_SERVER_ERROR,
                                "Expected to look up the component, but that failed");
                    } else {
                        machine.handleSecret(nowNanos, secret.orElse(null));
                    }
                    drain();
                    flushSoon();
                }));
    }

    private void authenticated() {
        ComponentSocket other = server.table().claim(machine.name(), this);
        if (other == null) {
            accepting = true;
            return;
        }
        rival = other;
        rivalNanos = System.nanoTime() + server.pingNanos();
        other.prove();
    }

    /** Another connection claims our name: a component that is alive answers this. */
    private void prove() {
        run(() -> {
            machine.handleSend(System.nanoTime(), server.proofPing(machine.name()));
            drain();
            flushNow();
        });
    }

    /** The time for a sign of life of the one who has our name is over. */
    private void judgeRival(ComponentSocket other) {
        long askedNanos = rivalNanos - server.pingNanos();
        rivalNanos = Long.MAX_VALUE;
        rival = null;
        other.run(() -> {
            boolean alive = other.open && other.heardNanos - askedNanos >= 0;
            if (!alive) {
                other.closeWith(
                        StreamCondition.CONFLICT, "Another connection proved this name while this one was silent");
                ChannelFuture ignored = other.channel.close();
            }
            run(() -> settle(alive));
        });
    }

    private void settle(boolean rivalAlive) {
        if (ended) {
            return;
        }
        if (rivalAlive || server.table().claim(machine.name(), this) != null) {
            machine.handleConflict(System.nanoTime());
        } else {
            accept();
        }
        drain();
        flushNow();
    }

    private void accept() {
        machine.handleAccepted(System.nanoTime());
        for (Output output = machine.poll(); output != null; output = machine.poll()) {
            perform(output);
            if (!open && output instanceof Output.Send) {
                // What others route here must come behind the handshake's answer.
                outbox.write(channel);
                open = true;
                server.port().componentUp(this);
            }
        }
    }

    private void end(Output.Ended end) {
        gone(end.condition().isEmpty() ? end.text() : end.condition() + ": " + end.text());
        outbox.write(channel);
        Farewell.say(channel);
        closeNanos = System.nanoTime() + Farewell.PATIENCE_NANOS;
    }

    /** Once: takes the name back and tells. */
    private void gone(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        routes.flush();
        stanzasInSeen = stanzasIn;
        server.table().leave(machine.name(), this);
        server.ended(this, open, reason);
        open = false;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        loop.wheel().remove(deadline);
        outbox.discard();
        routes.discard();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        return machine.name();
    }

    @Override
    public String transport() {
        return channel.pipeline().get(SslHandler.class) == null ? "tcp" : "tls";
    }

    @Override
    public String remoteAddress() {
        return ComponentServer.addressOf(channel);
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public Optional<PeerCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    @Override
    public Traffic traffic() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return new Traffic(stanzasInSeen, stanzasOut.get(), waiting == null ? 0 : waiting.totalPendingWriteBytes());
    }
}
