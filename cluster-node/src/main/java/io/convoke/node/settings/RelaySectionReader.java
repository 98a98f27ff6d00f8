package io.convoke.node.settings;

import com.typesafe.config.Config;
import io.convoke.actors.relay.RelayAddresses;
import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.node.settings.NodeSettings.Secret;
import io.convoke.node.settings.RelaySection.Access;
import io.convoke.node.settings.RelaySection.Lifetimes;
import io.convoke.node.settings.RelaySection.Listening;
import io.convoke.node.settings.RelaySection.Peers;
import io.convoke.node.settings.RelaySection.PortRange;
import io.convoke.node.settings.RelaySection.PublicIp;
import io.convoke.node.settings.RelaySection.Quotas;
import io.convoke.node.settings.RelaySection.Streams;
import io.convoke.node.settings.RelaySection.Told;
import io.convoke.node.settings.RelaySection.User;
import io.convoke.protocols.turn.IpNetwork;
import io.convoke.protocols.turn.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code convoke.relay}, with the checks that need more than one key. */
final class RelaySectionReader {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})\\s*-\\s*([0-9]{1,5})");
    private static final Pattern URL = Pattern.compile("(stun|stuns|turn|turns):[^\\s/@]+");
    private static final int HIGHEST_PORT = 65_535;
    private static final int LOWEST_RELAY_PORT = 1024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REALM_CHARS = 127;
    private static final long MOST_BPS = 1_000_000_000_000L;

    private final SettingsReader relay;
    private final Config reference;

    RelaySectionReader(SettingsReader relay, Config reference) {
        this.relay = relay;
        this.reference = reference;
    }

    RelaySection read(Pem pem) throws SettingsFailure {
        return new RelaySection(
                listening(pem),
                ports(),
                access(),
                peers(),
                lifetimes(),
                quotas(),
                streams(),
                relay.whole("max-requests-per-second", 1, 1_000_000),
                relay.whole("request-burst", 1, 1_000_000),
                relay.bytes("send-buffer"),
                relay.bytes("receive-buffer"),
                relay.whole("loops", 0, 256),
                relay.flag("mobility"),
                relay.flag("tcp-relay"),
                alternate(),
                told());
    }

    private Listening listening(Pem pem) throws SettingsFailure {
        if (pem.certificate().isEmpty() != pem.key().isEmpty()) {
            throw relay.refusal(
                    pem.key().isEmpty() ? "certificate" : "key", "certificate and key together, or neither");
        }
        Listening listening = new Listening(
                relay.words("addresses"),
                relay.port("port"),
                relay.flag("udp"),
                relay.flag("tcp"),
                relay.whole("tls-port", RelaySection.OFF, HIGHEST_PORT),
                relay.flag("dtls"),
                pem,
                publicIps(),
                relay.whole("alternate-port", RelaySection.OFF, HIGHEST_PORT));
        for (String address : listening.addresses()) {
            if (!isAddress(address)) {
                throw relay.refusal("addresses", "a list of addresses of this machine, such as [\"192.0.2.1\"]");
            }
        }
        if (listening.tlsPort() == listening.port() && listening.port() != 0) {
            throw relay.refusal("tls-port", "another port than convoke.relay.port");
        }
        if (!listening.udp() && !listening.tcp() && listening.tlsPort() == RelaySection.OFF) {
            throw relay.refusal("udp", "udp, tcp or a tls-port: one of them at least");
        }
        return listening;
    }

    private List<PublicIp> publicIps() throws SettingsFailure {
        List<PublicIp> found = new ArrayList<>();
        for (String text : relay.words("public-ip")) {
            int between = text.indexOf('=');
            String local = between < 0 ? "" : text.substring(0, between).strip();
            String seen = text.substring(between + 1).strip();
            if (!isAddress(seen) || (between >= 0 && !isAddress(local))) {
                throw relay.refusal("public-ip", "an address such as 203.0.113.7, or a list of local=public");
            }
            found.add(new PublicIp(local, seen));
        }
        return List.copyOf(found);
    }

    private PortRange ports() throws SettingsFailure {
        Matcher range = RANGE.matcher(relay.text("relay-ports"));
        if (range.matches()) {
            PortRange ports = new PortRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
            if (LOWEST_RELAY_PORT <= ports.first() && ports.first() <= ports.last() && ports.last() <= HIGHEST_PORT) {
                return ports;
            }
        }
        throw relay.refusal("relay-ports", "a range of ports such as 49152-65535, from 1024 on");
    }

    private Access access() throws SettingsFailure {
        List<User> users = new ArrayList<>();
        String pair = relay.text("credentials");
        if (!pair.isEmpty()) {
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw relay.quietRefusal("credentials", "user:password, with something on both sides of the colon");
            }
            users.add(new User(
                    name(relay, "credentials", pair.substring(0, colon)), new Secret(pair.substring(colon + 1))));
        }
        for (SettingsReader user : relay.sections("users", "user-defaults")) {
            users.add(new User(name(user, "name", user.text("name")), password(user)));
            user.refuseUnknown(reference);
        }
        String realm = relay.text("realm");
        if (realm.isBlank() || realm.length() > LONGEST_REALM_CHARS) {
            throw relay.refusal("realm", "1 to " + LONGEST_REALM_CHARS + " characters");
        }
        String hash = relay.text("rest-hash");
        if (!List.of("sha1", "sha256").contains(hash)) {
            throw relay.refusal("rest-hash", "sha1 or sha256");
        }
        List<Secret> former = new ArrayList<>();
        for (String secret : relay.words("former-secrets")) {
            former.add(new Secret(secret));
        }
        return new Access(
                realm,
                List.copyOf(users),
                relay.secret("shared-secret"),
                List.copyOf(former),
                hash,
                relay.duration("participant-lifetime"));
    }

    private static String name(SettingsReader section, String key, String name) throws SettingsFailure {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw section.quietRefusal(key, "a name of 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static Secret password(SettingsReader user) throws SettingsFailure {
        Secret password = user.secret("password");
        if (password.reveal().isEmpty()) {
            throw user.quietRefusal("name", "a password beside the name");
        }
        return password;
    }

    private Peers peers() throws SettingsFailure {
        String mode = relay.text("peers");
        if (!List.of("callbridges", "any").contains(mode)) {
            throw relay.refusal("peers", "callbridges or any");
        }
        return new Peers(
                mode.equals("any"),
                networks("allow-peers"),
                networks("deny-peers"),
                relay.duration("lost-callbridge-grace"));
    }

    private List<String> networks(String key) throws SettingsFailure {
        List<String> networks = relay.words(key);
        for (String network : networks) {
            try {
                IpNetwork.parse(network);
            } catch (IllegalArgumentException noNetwork) {
                throw relay.refusal(
                        key, "a list of addresses and networks such as 127.0.0.0/8, with no bits behind the prefix");
            }
        }
        return networks;
    }

    private Lifetimes lifetimes() throws SettingsFailure {
        Lifetimes lifetimes = new Lifetimes(
                relay.duration("lifetime"), relay.duration("max-lifetime"), relay.duration("nonce-lifetime"));
        if (lifetimes.usual().compareTo(Duration.ofSeconds(1)) < 0) {
            throw relay.refusal("lifetime", "a second or longer");
        }
        if (lifetimes.longest().compareTo(lifetimes.usual()) < 0) {
            throw relay.refusal("max-lifetime", "as long as lifetime, or longer");
        }
        return lifetimes;
    }

    private Quotas quotas() throws SettingsFailure {
        SettingsReader quotas = relay.section("quotas");
        return new Quotas(
                quotas.whole("allocations", 0, 1_000_000),
                quotas.whole("allocations-per-user", 0, 1_000_000),
                quotas.whole("allocations-per-source", 0, 1_000_000),
                quotas.whole("allocations-per-participant", 0, 1_000_000),
                quotas.large("bandwidth-per-user", MOST_BPS),
                quotas.large("bandwidth-per-source", MOST_BPS));
    }

    private Streams streams() throws SettingsFailure {
        SettingsReader streams = relay.section("streams");
        return new Streams(
                streams.whole("max-connections", 1, 1_000_000),
                streams.whole("max-per-source", 1, 1_000_000),
                streams.whole("max-handshakes", 1, 1_000_000),
                streams.duration("handshake-timeout"),
                streams.duration("idle-timeout"),
                streams.duration("stall-timeout"),
                streams.bytes("max-queued"));
    }

    private String alternate() throws SettingsFailure {
        String alternate = relay.text("alternate");
        if (!alternate.isEmpty() && RelayAddresses.read(alternate) == null) {
            throw relay.refusal("alternate", "address:port of another relay, such as 192.0.2.2:3478");
        }
        return alternate;
    }

    private Told told() throws SettingsFailure {
        String host = relay.text("host");
        if (!host.isEmpty() && !host.matches("[A-Za-z0-9._-]{1,253}") && !isAddress(host)) {
            throw relay.refusal("host", "a host name or an address, without a port");
        }
        List<String> urls = relay.words("announce");
        if (!urls.stream().allMatch(url -> URL.matcher(url).matches())) {
            throw relay.refusal("announce", "a list of URLs such as turn:relay.example.org:3478?transport=udp");
        }
        String policy = relay.text("ice-transport-policy");
        if (!List.of("all", "relay").contains(policy)) {
            throw relay.refusal("ice-transport-policy", "all or relay");
        }
        return new Told(host, urls, policy);
    }

    private static boolean isAddress(String text) {
        return TransportAddress.ofIp(text, 0) != null;
    }
}
