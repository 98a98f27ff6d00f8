package io.convoke.http.tls;

import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The identity of an HTTPS server, read anew for the next connection once its files have changed. While what is in the files now cannot be used, the
 * last good identity stays. Safe from any thread.
 */
public final class HttpsIdentity {
    private record Loaded(FileStamp stamp, SSLContext context) {}

    private final PemPaths paths;
    private final Consumer<String> trouble;
    private volatile Loaded loaded;

    private HttpsIdentity(PemPaths paths, Consumer<String> trouble, Loaded loaded) {
        this.paths = paths;
        this.trouble = trouble;
        this.loaded = loaded;
    }

    /**
     * Reads the files.
     *
     * @param trouble hears, in words for the operator, once for each change of the files that cannot be used
     */
    public static HttpsIdentity read(PemPaths paths, Consumer<String> trouble) throws PemFailure {
        FileStamp stamp = FileStamp.of(paths.files());
        return new HttpsIdentity(paths, trouble, new Loaded(stamp, TlsContexts.of(PemIdentity.read(paths), null)));
    }

    /** The server's end of a new connection. */
    public SSLEngine engine() {
        return TlsContexts.serverEngine(current());
    }

    private SSLContext current() {
        FileStamp stamp = FileStamp.of(paths.files());
        if (!stamp.equals(loaded.stamp())) {
            reload(stamp);
        }
        return loaded.context();
    }

    private synchronized void reload(FileStamp stamp) {
        if (stamp.equals(loaded.stamp())) {
            return;
        }
        SSLContext context = loaded.context();
        try {
            context = TlsContexts.of(PemIdentity.read(paths), null);
        } catch (PemFailure e) {
            trouble.accept("HTTPS goes on with the certificate it had: " + e.words());
        }
        loaded = new Loaded(stamp, context);
    }
}
