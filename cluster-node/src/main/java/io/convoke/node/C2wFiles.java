package io.convoke.node;

import io.convoke.http.c2w.C2wTls;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.NodeSettings.Pem;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificate files of both ends of C2W: those of the settings, or generated ones that trust each other where none are named. */
record C2wFiles(C2wTls callbridge, C2wTls webbridge) {
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1");

    static C2wFiles of(NodeSettings settings, Instant now) throws StartFailure {
        NodeSettings.C2w c2w = settings.c2w();
        Path folder = settings.data().resolve("certs");
        if (!c2w.generate() || (c2w.pem().isConfigured() && c2w.listenPem().isConfigured())) {
            return new C2wFiles(configured(c2w.pem()), configured(c2w.listenPem()));
        }
        Pair made = generate(folder, THIS_MACHINE, THIS_MACHINE, now);
        return new C2wFiles(
                c2w.pem().isConfigured() ? configured(c2w.pem()) : trusting(made.callbridge, made.webbridge),
                c2w.listenPem().isConfigured()
                        ? configured(c2w.listenPem())
                        : trusting(made.webbridge, made.callbridge));
    }

    /** A certificate for each end. */
    record Pair(PemPaths callbridge, PemPaths webbridge) {}

    static Pair generate(Path folder, List<String> core, List<String> edge, Instant now) throws StartFailure {
        try {
            return new Pair(
                    GeneratedCertificate.ensure(folder, "callbridge", core, now),
                    GeneratedCertificate.ensure(folder, "webbridge", edge, now));
        } catch (UncheckedIOException failure) {
            throw StartFailure.of("Certificates cannot be written to " + folder, failure);
        }
    }

    private static C2wTls trusting(PemPaths own, PemPaths other) {
        return new C2wTls(own.certificate(), own.key(), other.certificate());
    }

    private static C2wTls configured(Pem pem) {
        return new C2wTls(path(pem.certificate()), path(pem.key()), path(pem.trust()));
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }
}
