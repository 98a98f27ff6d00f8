package io.convoke.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.actors.xmpp.session.RegistrationWalk;
import io.convoke.actors.xmpp.session.XmppSessionsSettings;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.media.xmpp.dial.StreamDialer;
import io.convoke.node.settings.NodeSettings;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.registration.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the twelve steps. Where a node of this data folder is registered under the same name, the walk ends before the registration and that
 * node's own session is reported: a second registration could throw the first out.
 */
final class XmppCheck {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String NOT_SENT = "not needed: the node is registered";

    /** What the command line says; null where it says nothing. */
    record Wanted(
            @Nullable String uniqueName,
            @Nullable String domain,
            String secret,
            @Nullable String server,
            boolean plainTcp) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Wanted[uniqueName=" + uniqueName + ", domain=" + domain + ", server=" + server + "]";
        }
    }

    private final NodeSettings settings;
    private final Wanted wanted;

    XmppCheck(NodeSettings settings, Wanted wanted) {
        this.settings = settings;
        this.wanted = wanted;
    }

    CheckOutcome run() throws StartFailure, InterruptedException {
        LiveSessions live = LiveSessions.find(settings);
        XmppConfiguration known = configuration(live);
        boolean same = live.isRunning() && live.first("uniqueName").equals(known.uniqueName());
        boolean asConfigured = wanted.server() == null && wanted.domain() == null;
        if (same && asConfigured && live.first("ownServer").equals("true")) {
            return CheckReport.ofOwnServer(live.sessions().get(0));
        }
        RegistrationSettings registration = registration(known, same);
        Path temporary = temporaryCertificate();
        try (StreamDialer dialer = new StreamDialer(settings.xmppCallbridge().maxQueuedBytes())) {
            XmppOwnTls tls = temporary == null
                    ? XmppOwnTls.of(settings, false, Runnable::run)
                    : XmppOwnTls.in(temporary, settings, Runnable::run);
            try (RegistrationWalk walk = new RegistrationWalk(
                    registration,
                    XmppCallbridgeSettings.resolver(settings.xmppCallbridge()),
                    dialer,
                    () -> tls.read(null))) {
                RegistrationView view = walk.until(
                        now -> !now.state().equals("connecting")
                                || (same && now.step().compareTo(Step.REGISTER) >= 0),
                        LONGEST,
                        now -> {});
                JsonNode session = same ? live.sessions().get(0) : null;
                return new CheckReport(registration, view, session, temporary != null).outcome();
            }
        } finally {
            remove(temporary);
        }
    }

    private XmppConfiguration configuration(LiveSessions live) throws StartFailure {
        boolean complete = wanted.uniqueName() != null
                && wanted.domain() != null
                && !wanted.secret().isEmpty();
        XmppConfiguration stored = live.isRunning()
                ? new XmppConfiguration(live.first("uniqueName"), live.first("domain"), "", live.first("serverAddress"))
                : complete ? XmppConfiguration.EMPTY : StoredXmppConfiguration.read(settings);
        return new XmppConfiguration(
                wanted.uniqueName() == null ? stored.uniqueName() : wanted.uniqueName(),
                wanted.domain() == null ? stored.domain() : wanted.domain(),
                wanted.secret().isEmpty() ? stored.sharedSecret() : wanted.secret(),
                wanted.server() != null
                        ? wanted.server()
                        // A server address belongs to the domain that it was configured with.
                        : wanted.domain() == null ? stored.serverAddressOverride() : "");
    }

    private RegistrationSettings registration(XmppConfiguration known, boolean same) {
        XmppSessionsSettings sessions = XmppCallbridgeSettings.sessions(settings.xmppCallbridge());
        Set<ServerAddress> plainTcp = new HashSet<>(sessions.plainTcp());
        if (wanted.plainTcp()) {
            ServerAddress.parse(known.serverAddressOverride(), ServerAddress.DEFAULT_PORT)
                    .ifPresent(plainTcp::add);
        }
        return new RegistrationSettings(
                known.uniqueName(),
                known.domain(),
                same && known.sharedSecret().isEmpty() ? NOT_SENT : known.sharedSecret(),
                known.serverAddressOverride(),
                null,
                plainTcp,
                true,
                sessions.limits(),
                sessions.bounds());
    }

    /** A node that never ran has no certificate yet, and a check leaves nothing behind. */
    private @Nullable Path temporaryCertificate() throws StartFailure {
        if (settings.xmppCallbridge().pem().isConfigured()
                && !settings.xmppCallbridge().pem().certificate().isEmpty()) {
            return null;
        }
        if (Files.isReadable(settings.data().resolve("certs").resolve(XmppOwnTls.GENERATED + ".crt"))) {
            return null;
        }
        try {
            Path folder = Files.createTempDirectory("convoke-check");
            GeneratedCertificate.ensure(folder, XmppOwnTls.GENERATED, List.of("localhost"), Instant.now());
            return folder;
        } catch (IOException | UncheckedIOException failure) {
            throw StartFailure.of("A certificate for the check cannot be written", failure);
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException left) {
            // In the system's folder for temporary files, which the system cleans.
        }
    }
}
