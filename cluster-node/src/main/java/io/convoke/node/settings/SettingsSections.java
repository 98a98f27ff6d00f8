package io.convoke.node.settings;

import com.typesafe.config.Config;
import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.node.settings.NodeSettings.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the resolved configuration into {@link NodeSettings}, section by section, with the checks that need more than one key. */
final class SettingsSections {
    private final Config config;
    private final Config reference;
    private final Path home;
    private final SettingsReader convoke;

    SettingsSections(Config config, Config reference, Path home) {
        this.config = config;
        this.reference = reference;
        this.home = home;
        this.convoke = new SettingsReader(config, "convoke");
    }

    NodeSettings read() throws SettingsFailure {
        SettingsReader node = convoke.section("node");
        String name = node.text("name");
        Path data = path(node.text("data"));
        NodeSettings settings = new NodeSettings(
                home,
                name.isEmpty() ? hostName() : name,
                roles(node),
                data,
                node.duration("stop-within"),
                http(),
                session(),
                c2w(),
                lock(),
                media(),
                relay(),
                cluster(),
                database(data),
                guests(),
                passcodes(),
                spaces(),
                Seeds.read(convoke, reference),
                xmppDomain(),
                xmppServer(),
                xmppCallbridge(),
                XmppLogins.read(convoke.section("xmpp").section("logins")),
                chat(),
                trace(),
                logs(data),
                new Secret(convoke.section("admin").text("password")),
                config);
        convoke.refuseUnknown(reference);
        return settings;
    }

    private List<NodeSettings.NewMeeting> spaces() throws SettingsFailure {
        List<NodeSettings.NewMeeting> spaces = new ArrayList<>();
        for (SettingsReader space : convoke.sections("spaces", "space-defaults")) {
            spaces.add(new NodeSettings.NewMeeting(
                    space.text("name"),
                    space.text("uri"),
                    space.text("call-id"),
                    new Secret(space.text("passcode")),
                    space.whole("participant-limit", 1, 1000),
                    space.flag("locked"),
                    space.flag("chat"),
                    space.whole("chat-history", 0, 100_000)));
            space.refuseUnknown(reference);
        }
        return List.copyOf(spaces);
    }

    private String xmppDomain() throws SettingsFailure {
        SettingsReader xmpp = convoke.section("xmpp");
        String domain = xmpp.text("domain");
        if (!domain.matches("[^\\s@/:]{1,253}")) {
            throw xmpp.refusal("domain", "a domain name such as example.org");
        }
        return domain;
    }

    private XmppServer xmppServer() throws SettingsFailure {
        SettingsReader server = convoke.section("xmpp").section("server");
        Pem pem = new Pem(file(server, "certificate"), file(server, "key"), file(server, "component-trust"));
        return XmppServer.read(server, xmppDomain(), pem);
    }

    private XmppCallbridge xmppCallbridge() throws SettingsFailure {
        SettingsReader callbridge = convoke.section("xmpp").section("callbridge");
        return XmppCallbridge.read(
                callbridge,
                new Pem(file(callbridge, "certificate"), file(callbridge, "key"), file(callbridge, "trust")));
    }

    private NodeSettings.Chat chat() throws SettingsFailure {
        SettingsReader chat = convoke.section("chat");
        return new NodeSettings.Chat(
                chat.whole("longest-message", 1, 20_000),
                chat.whole("messages-per-second", 1, 1_000),
                chat.whole("max-occupants", 0, 10_000),
                chat.whole("history-on-entry", 0, 1_000));
    }

    private Set<Role> roles(SettingsReader node) throws SettingsFailure {
        String expected = "a list with some of "
                + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : node.texts("roles")) {
            roles.add(Arrays.stream(Role.values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> node.refusal("roles", expected)));
        }
        if (roles.isEmpty()) {
            throw node.refusal("roles", expected);
        }
        return Set.copyOf(roles);
    }

    private NodeSettings.Http http() throws SettingsFailure {
        SettingsReader http = convoke.section("http");
        return new NodeSettings.Http(
                http.text("host"),
                http.port("port"),
                new Pem(file(http, "certificate"), file(http, "key"), ""),
                http.flag("tls-on-loopback"),
                http.text("public-origin"),
                http.bytes("max-body"),
                http.duration("idle-timeout"),
                http.duration("request-timeout"),
                http.duration("join-timeout"),
                http.whole("max-connections", 1, 1_000_000),
                http.duration("state-timeout"));
    }

    private NodeSettings.Session session() throws SettingsFailure {
        SettingsReader session = convoke.section("session");
        return new NodeSettings.Session(
                session.duration("authentication-timeout"),
                session.duration("ping-interval"),
                session.duration("silence"),
                session.duration("reconnect-within"),
                session.bytes("max-message"),
                session.whole("messages-per-second", 1, 100_000),
                session.whole("max-queued-messages", 16, 1_000_000),
                session.bytes("max-queued"),
                session.whole("max-sessions", 1, 1_000_000),
                session.duration("open-within"));
    }

    private NodeSettings.C2w c2w() throws SettingsFailure {
        SettingsReader c2w = convoke.section("c2w");
        SettingsReader listen = c2w.section("listen");
        return new NodeSettings.C2w(
                c2w.flag("generate"),
                listen.text("host"),
                listen.port("port"),
                new Pem(file(listen, "certificate"), file(listen, "key"), file(listen, "trust")),
                c2w.texts("webbridges"),
                new Pem(file(c2w, "certificate"), file(c2w, "key"), file(c2w, "trust")),
                c2w.duration("connect-timeout"),
                c2w.duration("retry-min"),
                c2w.duration("retry-max"),
                c2w.duration("keep-alive"),
                c2w.whole("max-in-flight", 1, 1_000_000),
                c2w.bytes("max-message"),
                c2w.whole("max-queued-messages", 16, 1_000_000),
                c2w.bytes("max-queued"),
                c2w.duration("state-interval"));
    }

    private NodeSettings.Lock lock() throws SettingsFailure {
        SettingsReader lock = convoke.section("lock");
        NodeSettings.Lock settings = new NodeSettings.Lock(
                lock.duration("lease"), lock.duration("renew-every"), lock.whole("clock-drift", 0, 500));
        if (settings.renewEvery().multipliedBy(3).compareTo(settings.lease()) > 0) {
            throw lock.refusal("renew-every", "a third of the lease or less");
        }
        return settings;
    }

    private NodeSettings.Trace trace() throws SettingsFailure {
        SettingsReader trace = convoke.section("trace");
        return new NodeSettings.Trace(
                trace.whole("events", 100, 10_000_000), trace.whole("edge-buffer", 1, 10_000_000));
    }

    private NodeSettings.Media media() throws SettingsFailure {
        SettingsReader media = convoke.section("media");
        return new NodeSettings.Media(
                media.texts("addresses"),
                media.port("port"),
                media.text("public-address"),
                media.whole("max-sessions", 1, 1_000_000),
                media.whole("max-handshakes", 1, 100_000),
                media.whole("dtls-threads", 1, 256),
                media.duration("handshake-timeout"),
                media.duration("ice-timeout"),
                media.duration("consent-timeout"),
                media.whole("max-video-bitrate", 10_000, Integer.MAX_VALUE),
                media.bytes("max-sdp"),
                media.whole("max-sections", 1, 1_000),
                media.whole("resend-cache", 16, 65_536),
                media.bytes("send-buffer"),
                media.bytes("receive-buffer"));
    }

    private RelaySection relay() throws SettingsFailure {
        SettingsReader relay = convoke.section("relay");
        return new RelaySectionReader(relay, reference)
                .read(new Pem(file(relay, "certificate"), file(relay, "key"), ""));
    }

    private NodeSettings.Cluster cluster() throws SettingsFailure {
        SettingsReader cluster = convoke.section("cluster");
        NodeSettings.Cluster settings =
                new NodeSettings.Cluster(cluster.text("host"), cluster.port("port"), cluster.texts("seed-nodes"));
        for (String seed : settings.seedNodes()) {
            if (!seed.matches("[^:\\s]+:\\d{1,5}")) {
                throw cluster.refusal("seed-nodes", "a list of host:port");
            }
        }
        return settings;
    }

    private NodeSettings.Database database(Path data) throws SettingsFailure {
        SettingsReader database = convoke.section("database");
        String url = database.text("url");
        if (!url.isEmpty() && !url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw database.refusal("url", "a URL that begins with jdbc:h2: or jdbc:postgresql:");
        }
        String relative = "jdbc:h2:file:./";
        if (url.isEmpty()) {
            url = "jdbc:h2:file:" + data.resolve("convoke");
        } else if (url.startsWith(relative)) {
            // H2 would take the process's working directory, and two nodes started from two folders would miss each
            // other.
            url = "jdbc:h2:file:" + home + "/" + url.substring(relative.length());
        }
        return new NodeSettings.Database(
                url,
                database.text("user"),
                new Secret(database.text("password")),
                database.whole("pool-size", 1, 1_000),
                database.duration("connect-timeout"));
    }

    private NodeSettings.Guests guests() throws SettingsFailure {
        SettingsReader guests = convoke.section("guests");
        Duration expiry = guests.duration("jwt-expiry");
        if (expiry.compareTo(Duration.ofHours(1)) < 0 || expiry.compareTo(Duration.ofHours(24)) > 0) {
            throw guests.refusal("jwt-expiry", "1h to 24h");
        }
        return new NodeSettings.Guests((int) expiry.toHours(), guests.whole("credential-queue", 1, 1_000_000));
    }

    private NodeSettings.Passcodes passcodes() throws SettingsFailure {
        SettingsReader passcodes = convoke.section("passcodes");
        return new NodeSettings.Passcodes(
                passcodes.duration("first-delay"),
                passcodes.duration("max-delay"),
                passcodes.whole("free-per-space", 0, 1_000_000),
                passcodes.duration("max-refusal"),
                passcodes.duration("max-space-refusal"),
                passcodes.duration("forget-after"),
                passcodes.whole("remembered", 100, 10_000_000));
    }

    private NodeSettings.Logs logs(Path data) throws SettingsFailure {
        SettingsReader logs = convoke.section("logs");
        String folder = logs.text("folder");
        return new NodeSettings.Logs(
                folder.isEmpty() ? data.resolve("logs") : path(folder),
                logs.bytes("rotate-at"),
                logs.whole("keep", 0, 1_000),
                logs.texts("syslog"),
                logs.whole("queue", 16, 1_000_000));
    }

    private String file(SettingsReader section, String key) throws SettingsFailure {
        String value = section.text(key);
        return value.isEmpty() ? "" : path(value).toString();
    }

    private Path path(String value) {
        return home.resolve(value).toAbsolutePath().normalize();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unresolvable) {
            return "localhost";
        }
    }
}
