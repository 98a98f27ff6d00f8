package io.convoke.node.certificates;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates for both ends of C2W; each end's trust bundle is the other end's certificate. */
public record C2wCertificates(CertificateFiles callbridge, CertificateFiles webbridge) {
    private static final Duration VALIDITY = Duration.ofDays(3 * 365);

    /** Makes those that are missing in the folder. */
    public static C2wCertificates ensure(
            Path folder, List<String> callbridgeHosts, List<String> webbridgeHosts, Instant now) throws IOException {
        return new C2wCertificates(
                CertificateFiles.ensure(folder, "callbridge", "Convoke callbridge", callbridgeHosts, now, VALIDITY),
                CertificateFiles.ensure(folder, "webbridge", "Convoke web bridge", webbridgeHosts, now, VALIDITY));
    }
}
