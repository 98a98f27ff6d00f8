package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.xmpp.component.ComponentInitiator;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a registration is started with.
 *
 * @param uniqueName the Callbridge's ID, its address at the server
 * @param address {@code host} or {@code host:port}; empty: the domain's SRV records say
 * @param only of the SRV records' servers, the one that is meant; null for whichever is best
 * @param plainTcp servers that are spoken to without TLS
 * @param namesChecked whether the server's certificate must carry its names; false only where that very certificate is all that is trusted
 */
public record RegistrationSettings(
        String uniqueName,
        String domain,
        String secret,
        String address,
        @Nullable ServerAddress only,
        Set<ServerAddress> plainTcp,
        boolean namesChecked,
        StreamLimits limits,
        Bounds bounds) {
    public RegistrationSettings {
        plainTcp = Set.copyOf(plainTcp);
    }

    /**
     * How long things may take.
     *
     * @param connectTimeoutNanos for one TCP connection
     * @param tlsTimeoutNanos for one TLS handshake
     * @param streamTimeoutNanos from the stream's start until the server has accepted the secret
     * @param keepAliveNanos of silence before a sign of life
     * @param pingTimeoutNanos for the answer to a ping
     * @param retryMinNanos pause after the first failure; doubles with each further one, with jitter of a fifth
     * @param retryMaxNanos longest pause
     */
    public record Bounds(
            long connectTimeoutNanos,
            long tlsTimeoutNanos,
            long streamTimeoutNanos,
            long keepAliveNanos,
            long pingTimeoutNanos,
            long retryMinNanos,
            long retryMaxNanos) {
        private static final double SPREAD = 0.2;
        private static final int MOST_DOUBLINGS = 40;

        /** After that many failures before this one. */
        long pauseNanos(int failures, RandomGenerator random) {
            double doubled = retryMinNanos * Math.pow(2, Math.min(failures, MOST_DOUBLINGS));
            double capped = Math.min(doubled, (double) retryMaxNanos);
            return Math.round(capped * (1 - SPREAD + 2 * SPREAD * random.nextDouble()));
        }
    }

    ComponentInitiator.Settings stream() {
        return new ComponentInitiator.Settings(
                uniqueName,
                secret,
                domain,
                limits,
                bounds.streamTimeoutNanos(),
                bounds.keepAliveNanos(),
                bounds.pingTimeoutNanos());
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "RegistrationSettings[uniqueName=" + uniqueName + ", domain=" + domain + ", address=" + address
                + ", only=" + only + "]";
    }
}
