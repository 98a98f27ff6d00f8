package io.convoke.bench.turn;

import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.media.relay.RelayListener;
import io.convoke.media.relay.RelaySettings;
import io.convoke.media.relay.RelayTls;
import io.convoke.media.relay.TurnEvents;
import io.convoke.media.relay.TurnRelay;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.turn.TurnSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** The production relay without its actor: one user, loopback peers allowed, no quotas. */
public final class TurnRelayMain {
    private static final int BUFFER_BYTES = 4 << 20;

    private TurnRelayMain() {}

    /** Arguments: ports for UDP and TLS, first and last relay port, then certificate and key. */
    public static void main(String[] arguments) throws Exception {
        PemIdentity pem = PemIdentity.read(new PemPaths(Path.of(arguments[4]), Path.of(arguments[5])));
        RelayListener listener = new RelayListener(
                InetAddress.getLoopbackAddress(),
                null,
                Integer.parseInt(arguments[0]),
                RelayListener.OFF,
                Integer.parseInt(arguments[1]),
                RelayListener.OFF);
        RelaySettings settings = new RelaySettings(
                List.of(listener),
                List.of(),
                RelayListener.OFF,
                new RelayTls(pem.key(), pem.chain()),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.getInteger(
                        "convoke.bench.turn.loops", Runtime.getRuntime().availableProcessors()),
                BUFFER_BYTES,
                BUFFER_BYTES,
                !Boolean.getBoolean("convoke.bench.turn.nio"),
                TurnSettings.of(TurnContender.REALM),
                StreamLimits.DEFAULT);
        try (TurnRelay relay = TurnRelay.start(settings, new BenchPolicy(), TurnEvents.NONE)) {
            // A line on the standard input asks for the memory that is really used.
            for (int octet = System.in.read(); octet >= 0; octet = System.in.read()) {
                System.gc();
            }
        }
    }
}
