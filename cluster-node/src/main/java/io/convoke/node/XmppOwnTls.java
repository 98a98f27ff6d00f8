package io.convoke.node;

import io.convoke.actors.xmpp.session.OwnTls;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemFailure;
import io.convoke.http.tls.PemFiles;
import io.convoke.http.tls.PemIdentity;
import io.convoke.http.tls.PemPaths;
import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.node.settings.NodeSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The callbridge's certificate, key and trust for XMPP, from the files of the settings; a certificate is generated where none is named. */
final class XmppOwnTls implements OwnTls {
    /** The generated certificate's name in its folder. */
    static final String GENERATED = "xmpp-callbridge";

    private static final String HOST_NAME = "[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?";

    private final PemPaths own;
    private final String trust;
    private final Executor blocking;

    private XmppOwnTls(PemPaths own, String trust, Executor blocking) {
        this.own = own;
        this.trust = trust;
        this.blocking = blocking;
    }

    /** @param generate whether a certificate may be made in the data folder; else a generated one must be there already */
    static XmppOwnTls of(NodeSettings settings, boolean generate, Executor blocking) throws StartFailure {
        NodeSettings.Pem pem = settings.xmppCallbridge().pem();
        if (pem.certificate().isEmpty() != pem.key().isEmpty()) {
            throw new StartFailure("Expected convoke.xmpp.callbridge.certificate and key together, or none of them.");
        }
        PemPaths own = pem.certificate().isEmpty()
                ? generated(settings, generate)
                : new PemPaths(Path.of(pem.certificate()), Path.of(pem.key()));
        return new XmppOwnTls(own, pem.trust(), blocking);
    }

    /** With the generated certificate of another folder. */
    static XmppOwnTls in(Path folder, NodeSettings settings, Executor blocking) {
        return new XmppOwnTls(
                new PemPaths(folder.resolve(GENERATED + ".crt"), folder.resolve(GENERATED + ".key")),
                settings.xmppCallbridge().pem().trust(),
                blocking);
    }

    private static PemPaths generated(NodeSettings settings, boolean generate) throws StartFailure {
        Path folder = settings.data().resolve("certs");
        String name = settings.name().matches(HOST_NAME) ? settings.name() : "localhost";
        if (!generate) {
            return new PemPaths(folder.resolve(GENERATED + ".crt"), folder.resolve(GENERATED + ".key"));
        }
        try {
            return GeneratedCertificate.ensure(folder, GENERATED, List.of(name), Instant.now());
        } catch (UncheckedIOException failure) {
            throw StartFailure.of("A certificate cannot be written to " + folder, failure);
        }
    }

    @Override
    public CompletionStage<DialTls> read(@Nullable X509Certificate pinned) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return readNow(pinned);
                    } catch (PemFailure failure) {
                        throw new CompletionException(new StartFailure(failure.words(), failure));
                    }
                },
                blocking);
    }

    private DialTls readNow(@Nullable X509Certificate pinned) throws PemFailure {
        PemIdentity identity = PemIdentity.read(own);
        Set<X509Certificate> anchors;
        String trustedBy;
        if (pinned != null) {
            anchors = Set.of(pinned);
            trustedBy = "this node's own XMPP server";
        } else if (trust.isEmpty()) {
            anchors = ofTheJdk();
            trustedBy = "the JDK's list of issuers";
        } else {
            anchors = new HashSet<>(PemFiles.certificates(Path.of(trust)));
            trustedBy = "the trust file " + Path.of(trust).getFileName();
        }
        return new DialTls(identity.key(), identity.chain(), anchors, trustedBy, InstantSource.system());
    }

    private static Set<X509Certificate> ofTheJdk() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<X509Certificate> anchors = new HashSet<>();
            Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                    .forEach(anchors::add);
            return anchors;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected a JDK with a list of issuers", e);
        }
    }
}
