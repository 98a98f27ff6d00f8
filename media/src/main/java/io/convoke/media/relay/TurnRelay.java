package io.convoke.media.relay;

import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.NonceKeys;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TurnFeatures;
import io.convoke.protocols.turn.TurnPolicy;
import io.convoke.protocols.turn.TurnServer;
import io.convoke.protocols.turn.TurnSettings;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running TURN server (RFC 8656). Thread-safe. */
public final class TurnRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRelay.class);
    private static final int NONCE_KEY_BYTES = 32;
    private static final long NONCE_KEY_HOURS = 24;
    private static final int BIND_ATTEMPTS = 5;
    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final List<RelayLoop> loops;
    private final StreamListeners streams;
    private final List<TurnEndpoint> endpoints;

    private TurnRelay(
            MultiThreadIoEventLoopGroup group,
            List<RelayLoop> loops,
            StreamListeners streams,
            List<TurnEndpoint> endpoints) {
        this.group = group;
        this.loops = loops;
        this.streams = streams;
        this.endpoints = endpoints;
    }

    /** Binds everything, or throws and leaves nothing open. */
    public static TurnRelay start(RelaySettings settings, TurnPolicy policy, TurnEvents events) throws IOException {
        boolean anyPort = settings.listeners().stream().anyMatch(listener -> listener.udpPort() == 0);
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(settings, policy, events);
            } catch (BindException e) {
                if (!anyPort || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static TurnRelay startOnce(RelaySettings settings, TurnPolicy policy, TurnEvents events)
            throws IOException {
        UdpPlan plan = UdpPlan.of(settings);
        boolean epoll = settings.epoll() && DatagramPlane.hasEpoll();
        IoHandlerFactory io = epoll ? DatagramPlane.io() : NioIoHandler.newFactory();
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(settings.loops(), new DefaultThreadFactory("convoke-relay", true), io);
        List<RelayLoop> loops = new ArrayList<>();
        try {
            makeLoops(settings, turn(settings.turn(), epoll), policy, events, group, loops);
            PortOptions options = PortOptions.fast().buffers(settings.sendBufferBytes(), settings.receiveBufferBytes());
            for (RelayLoop loop : loops) {
                run(loop.eventLoop(), () -> {
                    for (UdpPlan.Place place : plan.places()) {
                        loop.listen(place.listener(), place.bound(), settings.loops() > 1 ? options.shared() : options);
                    }
                    return loop;
                });
            }
            StreamListeners streams = StreamListeners.start(settings, loops);
            List<TurnEndpoint> endpoints = new ArrayList<>();
            plan.places()
                    .forEach(place -> endpoints.add(new TurnEndpoint(Transport.UDP, place.bound(), place.announced())));
            endpoints.addAll(streams.endpoints());
            return new TurnRelay(group, loops, streams, List.copyOf(endpoints));
        } catch (IOException | RuntimeException e) {
            shutDown(group, loops);
            throw e;
        }
    }

    /** NIO cannot forbid fragments. */
    private static TurnSettings turn(TurnSettings turn, boolean epoll) {
        TurnFeatures wanted = turn.features();
        TurnFeatures features = new TurnFeatures(
                wanted.tcpAllocations(),
                wanted.mobility(),
                wanted.dontFragment() && epoll,
                wanted.userhash(),
                wanted.oldChannels());
        return new TurnSettings(turn.realm(), turn.software(), turn.ipv4(), turn.ipv6(), features, turn.limits());
    }

    private static void makeLoops(
            RelaySettings settings,
            TurnSettings turn,
            TurnPolicy policy,
            TurnEvents events,
            MultiThreadIoEventLoopGroup group,
            List<RelayLoop> loops)
            throws IOException {
        List<PortRange> ranges = settings.allRelayAddresses().stream()
                .map(address -> new PortRange(address, settings.firstRelayPort(), settings.lastRelayPort()))
                .toList();
        NonceKeys nonces = new NonceKeys(new SecureRandom().generateSeed(NONCE_KEY_BYTES));
        LoopNeighbours neighbours = new LoopNeighbours();
        for (int shard = 0; shard < settings.loops(); shard++) {
            IoEventLoop eventLoop = group.next();
            SecureRandom random = new SecureRandom();
            TurnServer server = new TurnServer(turn, policy, nonces, random, shard, settings.loops());
            loops.add(run(
                    eventLoop, () -> new RelayLoop(settings, eventLoop, server, neighbours, ranges, random, events)));
        }
        neighbours.are(loops);
        Future<?> ignored = loops.get(0)
                .eventLoop()
                .scheduleAtFixedRate(
                        () -> nonces.rotate(new SecureRandom().generateSeed(NONCE_KEY_BYTES)),
                        NONCE_KEY_HOURS,
                        NONCE_KEY_HOURS,
                        TimeUnit.HOURS);
    }

    /** Where clients are served, UDP first, in the order of the settings' listeners, ports as bound. */
    public List<TurnEndpoint> endpoints() {
        return endpoints;
    }

    /** The counts, at most a second old. */
    public TurnCounters counters() {
        return TurnCounters.sum(loops.stream().map(RelayLoop::counts).toList());
    }

    /** All allocations, as of now. */
    public CompletionStage<List<AllocationView>> allocations() {
        return onAll(RelayLoop::allocations)
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /** Ends an allocation; false if there is none of that id. */
    public CompletionStage<Boolean> close(UUID allocation) {
        return onAll(loop -> loop.close(allocation, CloseReason.CLOSED)).thenApply(found -> found.contains(true));
    }

    /** Ends all allocations of a user, because of that: how many. */
    public CompletionStage<Integer> closeOf(String username, CloseReason why) {
        return onAll(loop -> loop.closeOf(username, why)).thenApply(TurnRelay::sum);
    }

    /** The policy's peers have changed: what it no longer allows ends. */
    public void peersChanged() {
        for (RelayLoop loop : loops) {
            loop.execute(loop::peersChanged);
        }
    }

    /** Ends all allocations with the reason DRAINED: how many. Whether new ones are sent elsewhere is the policy's matter. */
    public CompletionStage<Integer> drain() {
        return onAll(loop -> loop.closeAll(CloseReason.DRAINED)).thenApply(TurnRelay::sum);
    }

    /** Closes all sockets and threads, and waits for them. */
    @Override
    public void close() {
        streams.close();
        shutDown(group, loops);
    }

    private static void shutDown(MultiThreadIoEventLoopGroup group, List<RelayLoop> loops) {
        try {
            for (RelayLoop loop : loops) {
                loop.eventLoop().submit(loop::shutDown).await(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).await();
        } catch (InterruptedException e) {
            LOG.warn("Interrupted while closing the relay");
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletionStage<List<T>> onAll(Function<RelayLoop, T> task) {
        List<CompletableFuture<T>> answers = loops.stream()
                .map(loop -> CompletableFuture.supplyAsync(() -> task.apply(loop), loop.eventLoop()))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    static <T> T run(IoEventLoop eventLoop, Callable<T> task) throws IOException {
        try {
            return eventLoop.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("Expected the relay's loop to start, but it did not", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the relay started", e);
        }
    }
}
