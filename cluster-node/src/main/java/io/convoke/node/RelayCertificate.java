package io.convoke.node;

import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemFailure;
import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.media.relay.RelayTls;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.node.settings.RelaySection;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The relay's certificate: that of the settings, or one generated in the data folder. */
final class RelayCertificate {
    private RelayCertificate() {}

    static RelayTls of(NodeSettings settings, List<InetAddress> addresses, Instant now) throws StartFailure {
        Pem pem = settings.relay().listening().pem();
        PemPaths paths = pem.certificate().isEmpty()
                ? generated(settings, addresses, now)
                : new PemPaths(Path.of(pem.certificate()), Path.of(pem.key()));
        try {
            PemIdentity identity = PemIdentity.read(paths);
            return new RelayTls(identity.key(), identity.chain());
        } catch (PemFailure failure) {
            throw new StartFailure("The relay cannot start: " + failure.words(), failure);
        }
    }

    private static PemPaths generated(NodeSettings settings, List<InetAddress> addresses, Instant now)
            throws StartFailure {
        Set<String> names = new LinkedHashSet<>();
        if (!settings.relay().told().host().isEmpty()) {
            names.add(settings.relay().told().host());
        }
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            // A machine whose own name does not resolve is reached by its addresses.
        }
        names.add("localhost");
        for (InetAddress address : addresses) {
            names.add(address.getHostAddress());
        }
        for (RelaySection.PublicIp ip : settings.relay().listening().publicIps()) {
            names.add(ip.seen());
        }
        Path folder = settings.data().resolve("certs");
        try {
            return GeneratedCertificate.ensure(folder, "turn", List.copyOf(names), now);
        } catch (UncheckedIOException failure) {
            throw StartFailure.of("The relay's certificate cannot be written to " + folder, failure);
        }
    }
}
