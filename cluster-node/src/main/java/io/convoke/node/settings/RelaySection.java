package io.convoke.node.settings;

import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.node.settings.NodeSettings.Secret;
import java.time.Duration;
import java.util.List;

/**
 * The relay's settings, {@code convoke.relay}.
 *
 * @param ports of relayed addresses
 * @param access who may use it
 * @param peers whom its clients may reach
 * @param maxRequestsPerSecond without valid credentials that are answered to one source; {@code requestBurst} at once
 * @param loops event loops; 0: one for each processor
 * @param mobility whether clients may take their allocations to another address (RFC 8016)
 * @param tcpRelay whether clients may relay TCP (RFC 6062)
 * @param alternate where a relay that is being drained sends new clients, as {@code address:port}; empty: nowhere
 * @param told what browsers are told of it
 */
public record RelaySection(
        Listening listening,
        PortRange ports,
        Access access,
        Peers peers,
        Lifetimes lifetimes,
        Quotas quotas,
        Streams streams,
        int maxRequestsPerSecond,
        int requestBurst,
        int sendBufferBytes,
        int receiveBufferBytes,
        int loops,
        boolean mobility,
        boolean tcpRelay,
        String alternate,
        Told told) {

    /** No such listener. */
    public static final int OFF = -1;

    /**
     * Where clients come in.
     *
     * @param addresses local ones; empty: those that media is received on
     * @param port for UDP and TCP; 0: any free one
     * @param tlsPort {@link #OFF}, or the TCP port for TLS and the UDP port for DTLS
     * @param pem certificate and key, both empty where one is to be generated
     * @param publicIps as clients see the addresses behind a NAT
     * @param alternatePort {@link #OFF}, or the second port of RFC 5780
     */
    public record Listening(
            List<String> addresses,
            int port,
            boolean udp,
            boolean tcp,
            int tlsPort,
            boolean dtls,
            Pem pem,
            List<PublicIp> publicIps,
            int alternatePort) {}

    /** {@code local} is empty where it stands for each address of the family that is no loopback one. */
    public record PublicIp(String local, String seen) {}

    /** Both inclusive. */
    public record PortRange(int first, int last) {}

    /** A user that is always there. */
    public record User(String name, Secret password) {}

    /**
     * Who may use the relay.
     *
     * @param sharedSecret for time-limited credentials, which this node issues with it too; may be empty
     * @param formerSecrets still taken, no longer issued with
     * @param restHash {@code sha1} or {@code sha256}: what time-limited credentials are issued with
     * @param participantLifetime of what a participant is given when joining
     */
    public record Access(
            String realm,
            List<User> users,
            Secret sharedSecret,
            List<Secret> formerSecrets,
            String restHash,
            Duration participantLifetime) {}

    /**
     * {@code any}: everybody public, and not the announced media addresses alone. The lists hold networks such as {@code 127.0.0.0/8}. {@code keptFor}: how
     * long what stands towards a callbridge's media goes on when its link has broken.
     */
    public record Peers(boolean any, List<String> allow, List<String> deny, Duration keptFor) {}

    public record Lifetimes(Duration usual, Duration longest, Duration nonce) {}

    /** 0 stands for no bound. Bandwidths in bits a second, both directions together. */
    public record Quotas(
            int allocations,
            int allocationsPerUser,
            int allocationsPerSource,
            int allocationsPerParticipant,
            long bandwidthPerUserBps,
            long bandwidthPerSourceBps) {}

    /** Bounds of TCP, TLS and DTLS clients. */
    public record Streams(
            int maxConnections,
            int maxConnectionsPerSource,
            int maxHandshakes,
            Duration handshakeTimeout,
            Duration idleTimeout,
            Duration stallTimeout,
            int maxQueuedBytes) {}

    /**
     * What browsers are told.
     *
     * @param host name or address of this relay for browsers; empty: the one that their request was for
     * @param urls other servers to name instead, as {@code turn:host:port?transport=udp}; empty: this relay
     * @param icePolicy {@code all} or {@code relay}
     */
    public record Told(String host, List<String> urls, String icePolicy) {}
}
