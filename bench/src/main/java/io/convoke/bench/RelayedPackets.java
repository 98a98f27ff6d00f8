package io.convoke.bench;

import io.convoke.media.relay.RelaySettings;
import io.convoke.media.relay.TurnEvents;
import io.convoke.media.relay.TurnRelay;
import io.convoke.media.udp.PortOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Packets through the whole relay over loopback sockets, both ways, in a closed loop: clients and peers send back what they get. Run by {@code
 * bench/run micro} with the bytes allocated for each packet, relay, event loop, clients and peers together. The relay's own processor time for each
 * packet is printed at the end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RelayedPackets {
    private static final int PACKETS = 2000;
    private static final long LOOK_NANOS = 200_000;
    private static final int LOOKS_BEFORE_LOSS = 1000;
    private static final String RELAY_THREAD = "convoke-relay";

    /** Single datagrams as plain sockets send them, or bursts with UDP_SEGMENT. */
    @Param({"single", "burst"})
    String pattern = "single";

    @Param({"172", "1200"})
    int payloadBytes = 172;

    @Param({"10"})
    int allocations = 10;

    private @Nullable TurnRelay relay;
    private @Nullable RelayEchoes echoes;
    private long relayNanos;
    private long relayPackets;

    /** A relay with one loop; clients and peers on another. */
    @Setup
    public void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        TurnRelay started = TurnRelay.start(
                RelaySettings.udp(loopback, 0, RelayEchoes.REALM), RelayEchoes.policy(), TurnEvents.NONE);
        relay = started;
        boolean burst = pattern.equals("burst");
        PortOptions options = burst ? PortOptions.fast() : new PortOptions(false, false, false, true, 0, 0);
        RelayEchoes opened = new RelayEchoes(started.endpoints().get(0).bound(), options);
        echoes = opened;
        for (int i = 0; i < allocations; i++) {
            opened.open(burst ? 16 : 8, payloadBytes);
        }
        // Not when the last iteration is torn down: what that allocates would be counted.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        relayNanos = relayCpuNanos();
        relayPackets = opened.arrived();
    }

    /** So many packets at both ends. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long relayed() {
        RelayEchoes ends = echoes;
        if (ends == null) {
            return 0;
        }
        long target = ends.arrived() + PACKETS;
        long before = 0;
        int looks = 0;
        while (ends.arrived() < target) {
            LockSupport.parkNanos(LOOK_NANOS);
            looks = ends.arrived() == before ? looks + 1 : 0;
            before = ends.arrived();
            if (looks == LOOKS_BEFORE_LOSS) {
                ends.kick(); // all were lost
                looks = 0;
            }
        }
        return target;
    }

    private void stop() {
        RelayEchoes ends = echoes;
        if (ends != null) {
            System.out.printf(
                    Locale.ROOT,
                    "relay: %.3f µs of processor time per packet, warm-up included%n",
                    (relayCpuNanos() - relayNanos) / 1000.0 / (ends.arrived() - relayPackets));
        }
        if (relay != null) {
            relay.close();
        }
    }

    private static long relayCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
            if (thread.getThreadName().startsWith(RELAY_THREAD)) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }
}
