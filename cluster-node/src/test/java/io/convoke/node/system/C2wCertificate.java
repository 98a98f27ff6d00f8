package io.convoke.node.system;

import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Certificates for the ends of C2W in tests. */
final class C2wCertificate {
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1");
    private static final int LONG_AGO_DAYS = 20 * 365;

    private C2wCertificate() {}

    static PemPaths good(Path folder, String name) {
        return GeneratedCertificate.ensure(folder, name, HOSTS, Instant.now());
    }

    static PemPaths expired(Path folder, String name) {
        return GeneratedCertificate.ensure(folder, name, HOSTS, Instant.now().minus(LONG_AGO_DAYS, ChronoUnit.DAYS));
    }
}
