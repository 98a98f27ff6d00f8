package io.convoke.actors.relay;

import io.convoke.media.relay.AllocationView;
import io.convoke.media.relay.TurnCounters;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.media.relay.TurnEvents;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.PeerTransport;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnPolicy;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A data plane without packets: has the allocations that a test gives it. */
final class FakeRelay implements RelayServer, RelayServer.Running {
    static final Instant NOW = Instant.parse("2026-02-23T09:00:00Z");

    /** What the next starts fail with; then they succeed. */
    final Queue<Throwable> failures = new ArrayDeque<>();

    final List<AllocationView> allocations = new CopyOnWriteArrayList<>();
    final AtomicInteger peerChanges = new AtomicInteger();
    final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable TurnPolicy policy;
    private volatile @Nullable TurnEvents events;

    @Override
    public synchronized CompletionStage<Running> start(TurnPolicy policy, TurnEvents events) {
        this.policy = policy;
        this.events = events;
        Throwable failure = failures.poll();
        return failure == null ? CompletableFuture.completedFuture(this) : CompletableFuture.failedFuture(failure);
    }

    TurnPolicy policy() {
        return Objects.requireNonNull(policy);
    }

    /** A client has come. */
    AllocationView allocate(String username, int number) {
        AllocationView view = view(username, number);
        allocations.add(view);
        Objects.requireNonNull(events).allocated(view);
        return view;
    }

    static AllocationView view(String username, int number) {
        return new AllocationView(
                new UUID(7, number),
                username,
                Transport.UDP,
                PeerTransport.UDP,
                address("192.0.2.10", 1000 + number),
                address("192.0.2.1", 3478),
                List.of(address("192.0.2.1", 50_000 + number)),
                List.of(address("198.51.100.7", 0)),
                Map.of(0x4001, address("198.51.100.7", 40_000)),
                1,
                172,
                2,
                344,
                3,
                NOW.minusSeconds(60),
                NOW.plusSeconds(540));
    }

    static TransportAddress address(String ip, int port) {
        return Objects.requireNonNull(TransportAddress.ofIp(ip, port));
    }

    @Override
    public List<TurnEndpoint> endpoints() {
        InetSocketAddress address = new InetSocketAddress("192.0.2.1", 3478);
        return List.of(new TurnEndpoint(Transport.UDP, address, address));
    }

    @Override
    public TurnCounters counters() {
        return new TurnCounters(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, new TreeMap<>(Map.of(401, 13L, 437, 1L)));
    }

    @Override
    public CompletionStage<List<AllocationView>> allocations() {
        return CompletableFuture.completedFuture(List.copyOf(allocations));
    }

    @Override
    public CompletionStage<Boolean> close(UUID allocation) {
        return CompletableFuture.completedFuture(end(view -> view.id().equals(allocation), CloseReason.CLOSED) > 0);
    }

    @Override
    public CompletionStage<Integer> closeOf(String username) {
        return CompletableFuture.completedFuture(end(view -> view.username().equals(username), CloseReason.REVOKED));
    }

    private int end(java.util.function.Predicate<AllocationView> which, CloseReason why) {
        List<AllocationView> ending = allocations.stream().filter(which).toList();
        allocations.removeAll(ending);
        ending.forEach(view -> Objects.requireNonNull(events).freed(view, why));
        return ending.size();
    }

    @Override
    public void peersChanged() {
        peerChanges.incrementAndGet();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }
}
