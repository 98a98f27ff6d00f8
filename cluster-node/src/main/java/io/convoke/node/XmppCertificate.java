package io.convoke.node;

import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemFailure;
import io.convoke.http.tls.PemFiles;
import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.media.xmpp.XmppIdentity;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.NodeSettings.Pem;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The XMPP server's certificate: that of the settings, or one generated in the data folder. */
final class XmppCertificate {
    private XmppCertificate() {}

    static XmppIdentity of(NodeSettings settings, Instant now) throws StartFailure {
        Pem pem = settings.xmppServer().pem();
        PemPaths paths = pem.certificate().isEmpty()
                ? generated(settings, now)
                : new PemPaths(Path.of(pem.certificate()), Path.of(pem.key()));
        try {
            PemIdentity identity = PemIdentity.read(paths);
            List<X509Certificate> trust =
                    pem.trust().isEmpty() ? List.of() : PemFiles.certificates(Path.of(pem.trust()));
            return new XmppIdentity(identity.key(), identity.chain(), trust);
        } catch (PemFailure failure) {
            throw new StartFailure("The XMPP server cannot start: " + failure.words(), failure);
        }
    }

    private static PemPaths generated(NodeSettings settings, Instant now) throws StartFailure {
        Path folder = settings.data().resolve("certs");
        String domain = settings.xmppDomain();
        String rooms = "rooms." + domain;
        Set<String> names = new LinkedHashSet<>(List.of(domain, rooms));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            // A machine whose own name does not resolve is reached by its addresses.
        }
        names.add("localhost");
        names.add("127.0.0.1");
        String host = settings.xmppServer().host();
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            names.add(host);
        }
        try {
            return GeneratedCertificate.ensure(folder, "xmpp", List.copyOf(names), List.of(domain, rooms), now);
        } catch (UncheckedIOException failure) {
            throw StartFailure.of("The XMPP server's certificate cannot be written to " + folder, failure);
        }
    }
}
