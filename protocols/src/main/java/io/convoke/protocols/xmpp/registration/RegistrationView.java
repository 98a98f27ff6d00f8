package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.DnsAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registration as it is now, for people. Times are those of the clock that the machine is given.
 *
 * @param state {@code connecting}, {@code registered}, {@code waiting} (for the next attempt), {@code stopped} (until the configuration changes)
 * @param server that is tried or spoken to; null before one is known
 * @param transport {@code tls}, {@code tcp}, or empty while there is no connection
 * @param certificate the one seen last
 * @param lastError stays after a success
 * @param nextRetryNanos null for none
 * @param attempts rounds so far
 * @param registeredSinceNanos null while it is not
 */
public record RegistrationView(
        Step step,
        long stepSinceNanos,
        String state,
        @Nullable ServerAddress server,
        String transport,
        List<Look> dns,
        List<CandidateView> candidates,
        List<String> warnings,
        @Nullable CertificateSeen certificate,
        @Nullable RegistrationFailure lastError,
        long lastErrorAtNanos,
        @Nullable Long nextRetryNanos,
        long attempts,
        @Nullable Long registeredSinceNanos) {
    /** An answer, and when it came. */
    public record Look(DnsAnswer answer, long atNanos) {}

    public boolean isRegistered() {
        return registeredSinceNanos != null;
    }
}
