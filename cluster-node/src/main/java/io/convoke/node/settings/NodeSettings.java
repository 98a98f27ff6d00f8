package io.convoke.node.settings;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Everything a node is started with; {@code conf/convoke.conf} explains each key.
 *
 * @param home the folder at which relative paths start
 * @param xmppDomain what follows the @ of users' addresses
 * @param akka the whole resolved configuration, for the actor system
 */
public record NodeSettings(
        Path home,
        String name,
        Set<Role> roles,
        Path data,
        Duration stopWithin,
        Http http,
        Session session,
        C2w c2w,
        Lock lock,
        Media media,
        RelaySection relay,
        Cluster cluster,
        Database database,
        Guests guests,
        Passcodes passcodes,
        List<NewMeeting> spaces,
        Seeds seeds,
        String xmppDomain,
        XmppServer xmppServer,
        XmppCallbridge xmppCallbridge,
        XmppLogins xmppLogins,
        Chat chat,
        Trace trace,
        Logs logs,
        Secret adminPassword,
        Config akka) {

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether this process is a member of the core's cluster; an edge is not. */
    public boolean isCore() {
        return roles.stream().anyMatch(Role::isCore);
    }

    /** A text that must not turn up in logs; empty where none is configured. */
    public record Secret(String reveal) {
        @Override
        public String toString() {
            return reveal.isEmpty() ? "(none)" : "(set)";
        }
    }

    /** PEM files; all paths empty where none are configured. */
    public record Pem(String certificate, String key, String trust) {
        public boolean isConfigured() {
            return !certificate.isEmpty() || !key.isEmpty() || !trust.isEmpty();
        }
    }

    public record Http(
            String host,
            int port,
            Pem pem,
            boolean tlsOnLoopback,
            String publicOrigin,
            int maxBodyBytes,
            Duration idleTimeout,
            Duration requestTimeout,
            Duration joinTimeout,
            int maxConnections,
            Duration stateTimeout) {}

    public record Session(
            Duration authenticationTimeout,
            Duration pingInterval,
            Duration silence,
            Duration reconnectWithin,
            int maxMessageBytes,
            int messagesPerSecond,
            int maxQueuedMessages,
            int maxQueuedBytes,
            int maxSessions,
            Duration openWithin) {}

    public record C2w(
            boolean generate,
            String listenHost,
            int listenPort,
            Pem listenPem,
            List<String> webbridges,
            Pem pem,
            Duration connectTimeout,
            Duration retryMin,
            Duration retryMax,
            Duration keepAlive,
            int maxInFlight,
            int maxMessageBytes,
            int maxQueuedMessages,
            int maxQueuedBytes,
            Duration stateInterval) {}

    /** {@code clockDriftPermille} in thousandths. */
    public record Lock(Duration lease, Duration renewEvery, int clockDriftPermille) {}

    /** {@code publicAddress} is empty where there is none. */
    public record Media(
            List<String> addresses,
            int port,
            String publicAddress,
            int maxSessions,
            int maxHandshakes,
            int dtlsThreads,
            Duration handshakeTimeout,
            Duration iceTimeout,
            Duration consentTimeout,
            int maxVideoBitrateBps,
            int maxSdpBytes,
            int maxSections,
            int resendCachePackets,
            int sendBufferBytes,
            int receiveBufferBytes) {}

    public record Cluster(String host, int port, List<String> seedNodes) {}

    public record Database(String url, String user, Secret password, int poolSize, Duration connectTimeout) {}

    public record Guests(int jwtExpiryHours, int credentialQueue) {}

    public record Passcodes(
            Duration firstDelay,
            Duration maxDelay,
            int freePerSpace,
            Duration maxRefusal,
            Duration maxSpaceRefusal,
            Duration forgetAfter,
            int remembered) {}

    /** {@code edgeBuffer}: events an edge keeps for the core. */
    public record Trace(int events, int edgeBuffer) {}

    /** A space to be made at start; {@code callId} and {@code passcode} are empty where there is none. */
    public record NewMeeting(
            String name,
            String uri,
            String callId,
            Secret passcode,
            int participantLimit,
            boolean locked,
            boolean chat,
            int chatHistory) {}

    public record Chat(int longestMessage, int messagesPerSecond, int mostOccupants, int historyOnEntry) {}

    public record Logs(Path folder, int rotateAtBytes, int keep, List<String> syslog, int queue) {}
}
