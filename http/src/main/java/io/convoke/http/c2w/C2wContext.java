package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.http.tls.FileStamp;
import io.convoke.http.tls.PemFailure;
import io.convoke.http.tls.PemFiles;
import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.http.tls.TlsContexts;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One side's TLS, read anew whenever its files have changed since the last connection. Without all three files there is none. Thread-safe. */
final class C2wContext {
    /** What a connection starts with. {@code certificate} is the own one. */
    record Ready(SSLContext tls, X509Certificate certificate) {}

    private final C2wEnd end;
    private final C2wTls files;
    private final InstantSource clock;
    private @Nullable FileStamp stamp;
    private @Nullable Ready ready;

    C2wContext(C2wEnd end, C2wTls files, InstantSource clock) {
        this.end = end;
        this.files = files;
        this.clock = clock;
    }

    /** Fails with {@link C2wFailure.Reason#NOT_CONFIGURED}; an earlier context is not used on, for what an operator removed must be gone. */
    synchronized Ready current() throws C2wFailure {
        FileStamp now = FileStamp.of(files.files());
        Ready last = ready;
        if (last != null && now.equals(stamp)) {
            return last;
        }
        ready = null;
        Ready fresh = read();
        ready = fresh;
        stamp = now;
        return fresh;
    }

    private Ready read() throws C2wFailure {
        Path trust = given(files.trust(), "trust bundle");
        PemPaths own = new PemPaths(given(files.certificate(), "certificate"), given(files.key(), "key"));
        try {
            PemIdentity identity = PemIdentity.read(own);
            C2wTrust peers = new C2wTrust(end, trust, PemFiles.certificates(trust), clock);
            return new Ready(TlsContexts.of(identity, peers), identity.certificate());
        } catch (PemFailure e) {
            throw end.notConfigured(e.words());
        }
    }

    private Path given(@Nullable Path path, String what) throws C2wFailure {
        if (path == null) {
            throw end.notConfigured("no " + what + " is named");
        }
        return path;
    }

    /** What a peer most likely has against this side's certificate, for it can only say that it does not want it. */
    String suspicion(X509Certificate own) {
        Instant now = clock.instant();
        if (now.isAfter(own.getNotAfter().toInstant())) {
            return "it has expired, on " + own.getNotAfter().toInstant();
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return "it is not valid before " + own.getNotBefore().toInstant();
        }
        return "is it, or its issuer, in the " + end.peer() + "'s trust bundle"
                + (end == C2wEnd.LISTENER ? ", and is it for the name that was dialled?" : "?");
    }
}
