package io.convoke.actors.xmpp.login;

import io.convoke.actors.storage.BlockingCalls;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.sasl.PlainMessage;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import io.convoke.protocols.xmpp.sasl.ScramServer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the machine that a client's first message asks for. */
final class SaslMachines {
    private static final int NONCE_BYTES = 24;
    private static final String ANYBODY = "Guest";

    /** The machine, or why there is none. */
    record Opened(@Nullable SaslMachine machine, SaslResult.Refused refused) {
        private static Opened refused(SaslResult.Refused why) {
            return new Opened(null, why);
        }

        private static Opened with(SaslMachine machine) {
            return new Opened(machine, SaslResult.Refused.wrong());
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final BlockingCalls blocking;
    private final byte[] secret;

    /**
     * Machines.
     *
     * @param blocking where passwords are derived
     * @param secret makes the keys of users who do not exist: the same on all nodes, not empty
     */
    SaslMachines(Executor blocking, byte[] secret) {
        this.blocking = new BlockingCalls(blocking);
        this.secret = secret.clone();
    }

    /** {@code domain}: where users are, for those who say in whose name they act. */
    Opened open(String mechanism, byte[] data, String domain) {
        Optional<ScramMechanism> scram = ScramMechanism.named(mechanism);
        if (scram.isPresent()) {
            return openScram(scram.get(), data, domain);
        }
        return mechanism.equals("PLAIN")
                ? openPlain(data, domain)
                : Opened.refused(new SaslResult.Refused(
                        "invalid-mechanism", "Expected SCRAM-SHA-256, SCRAM-SHA-1, PLAIN or ANONYMOUS.", false));
    }

    /** What a guest calls itself in its message (RFC 4505 §2), in one line and not too long. */
    static String guestName(byte[] data, int most) {
        String text = new String(data, StandardCharsets.UTF_8)
                .codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD)
                .limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return text.isEmpty() ? ANYBODY : text;
    }

    private Opened openScram(ScramMechanism mechanism, byte[] data, String domain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ScramServer server = new ScramServer(mechanism, Base64.getEncoder().encodeToString(nonce));
        if (server.handleFirst(data) instanceof ScramServer.Step.AskKeys asked) {
            Optional<String> user = user(asked.username());
            if (user.isEmpty()) {
                return Opened.refused(SaslResult.Refused.malformed());
            }
            return actsAsItself(asked.authorizationId(), user.get(), domain)
                    ? Opened.with(new ScramMachine(server, mechanism, user.get(), secret))
                    : Opened.refused(SaslResult.Refused.otherUser());
        }
        return Opened.refused(SaslResult.Refused.malformed());
    }

    private Opened openPlain(byte[] data, String domain) {
        Optional<PlainMessage> message = PlainMessage.read(data);
        Optional<String> user = message.flatMap(read -> user(read.username()));
        if (message.isEmpty() || user.isEmpty()) {
            return Opened.refused(SaslResult.Refused.malformed());
        }
        return actsAsItself(message.get().authorizationId(), user.get(), domain)
                ? Opened.with(new PlainMachine(user.get(), message.get().password(), blocking, secret))
                : Opened.refused(SaslResult.Refused.otherUser());
    }

    private static Optional<String> user(String given) {
        return Jid.of(given, "localhost", null).map(Jid::local);
    }

    private static boolean actsAsItself(String authorizationId, String user, String domain) {
        return authorizationId.isEmpty() || Jid.parse(authorizationId).equals(Jid.of(user, domain, null));
    }
}
