package io.convoke.protocols.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One session's ICE-lite agent, always controlled (RFC 8445 §7.3, §8.2): answers the peer's checks, learns its
 * addresses from them (peer-reflexive ones too), and sends to the one the peer nominated last. Every authenticated check
 * renews the peer's consent for the address it came from; when every nominated address has gone without for the
 * time-out, the session is over (RFC 7675 §5.1). Sans-IO; one thread.
 */
public final class IceLiteAgent {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHENTICATED = 401;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    private static final int ROLE_CONFLICT = 487;

    private final String username;
    private final byte[] localPassword;
    private final long consentTimeoutNanos;
    private final StunIntegrity integrity = new StunIntegrity();
    private final ValidAddresses addresses = new ValidAddresses();
    private IceState state = IceState.NEW;
    private @Nullable InetSocketAddress selected;

    /**
     * @param remotePassword of the peer; only checked for presence, as a lite agent signs nothing with it
     * @param consentTimeoutNanos how long an address stays valid after a check; RFC 7675 has 30 s
     * @throws IllegalArgumentException if a credential is empty or the time-out not positive
     */
    public IceLiteAgent(
            String localUfrag,
            String localPassword,
            String remoteUfrag,
            String remotePassword,
            long consentTimeoutNanos) {
        if (localUfrag.isEmpty() || localPassword.isEmpty() || remoteUfrag.isEmpty() || remotePassword.isEmpty()) {
            throw new IllegalArgumentException("Expected username fragments and passwords of both sides");
        }
        if (consentTimeoutNanos <= 0) {
            throw new IllegalArgumentException("Expected a positive time-out, but got " + consentTimeoutNanos);
        }
        this.username = localUfrag + ":" + remoteUfrag;
        this.localPassword = localPassword.getBytes(UTF_8);
        this.consentTimeoutNanos = consentTimeoutNanos;
    }

    /**
     * Takes in a Binding request.
     *
     * @param from where it came from, resolved
     * @return the answer to send back there, success or error; null when none is due: not a Binding request, a wrong
     *     FINGERPRINT, or a session that is over
     */
    public byte @Nullable [] handleBinding(long nowNanos, StunMessage message, InetSocketAddress from) {
        handleTimeout(nowNanos);
        if (state == IceState.DISCONNECTED
                || message.type() != StunType.BINDING_REQUEST
                || (message.hasFingerprint() && !message.fingerprintHolds())) {
            return null;
        }
        // RFC 8489 §9.1.3, in its order. These errors cannot be signed: the peer may not know the password.
        String claimed = message.text(StunAttribute.USERNAME);
        if (claimed == null || !message.hasIntegrity()) {
            return error(message, BAD_REQUEST, "Expected USERNAME and MESSAGE-INTEGRITY")
                    .fingerprint()
                    .finish();
        }
        if (!claimed.equals(username) || !integrity.holds(message, localPassword)) {
            return error(message, UNAUTHENTICATED, "Expected the session's credentials")
                    .fingerprint()
                    .finish();
        }
        int[] unknown = message.unknownRequired(IceLiteAgent::understands);
        if (unknown.length > 0) {
            return signed(error(message, UNKNOWN_ATTRIBUTE, "Unknown attribute").unknownAttributes(unknown));
        }
        // RFC 8445 §7.3.1.1: a lite agent cannot take the controlling role, so the peer has to.
        if (message.has(StunAttribute.ICE_CONTROLLED)) {
            return signed(error(message, ROLE_CONFLICT, "Expected the controlling role of a full agent"));
        }
        accept(nowNanos, message, from);
        return signed(StunWriter.begin(StunType.BINDING_SUCCESS, message.transactionId())
                .xorMappedAddress(from));
    }

    /** Lets addresses lapse whose last check is too long ago, and returns the state after that. */
    public IceState handleTimeout(long nowNanos) {
        addresses.expire(nowNanos, consentTimeoutNanos);
        InetSocketAddress current = selected;
        if (current != null && !addresses.contains(current)) {
            // Aggressive nominators (RFC 5245 §8.1.1.2) nominate all pairs and then keep only their favourite fresh.
            selected = addresses.latestNominated();
            if (selected == null) {
                addresses.clear();
                state = IceState.DISCONNECTED;
            }
        } else if (state == IceState.CHECKING && addresses.isEmpty()) {
            state = IceState.NEW;
        }
        return state;
    }

    /** When {@link #handleTimeout} has something to do next; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return addresses.isEmpty() ? Long.MAX_VALUE : addresses.oldestNanos() + consentTimeoutNanos;
    }

    /** State as of the last call that brought the time. */
    public IceState state() {
        return state;
    }

    /** The address the peer nominated and still consents to; null if there is none, and then nothing may be sent. */
    public @Nullable InetSocketAddress selected() {
        return selected;
    }

    /** Whether the peer has sent an authenticated check from this address recently: DTLS and media may come from it. */
    public boolean isValidated(InetSocketAddress address) {
        return addresses.contains(address);
    }

    private void accept(long nowNanos, StunMessage message, InetSocketAddress from) {
        addresses.refresh(from, nowNanos, selected);
        if (message.has(StunAttribute.USE_CANDIDATE)) {
            // The last nomination wins: that is how browsers move a session to another network.
            addresses.nominate(from);
            selected = from;
            state = IceState.CONNECTED;
        } else if (state == IceState.NEW) {
            state = IceState.CHECKING;
        }
    }

    private byte[] signed(StunWriter writer) {
        return writer.messageIntegrity(integrity, localPassword).fingerprint().finish();
    }

    private static StunWriter error(StunMessage request, int code, String reason) {
        return StunWriter.begin(StunType.BINDING_ERROR, request.transactionId()).errorCode(code, reason);
    }

    private static boolean understands(int type) {
        return type == StunAttribute.USERNAME
                || type == StunAttribute.PRIORITY
                || type == StunAttribute.USE_CANDIDATE
                || type == StunAttribute.MESSAGE_INTEGRITY
                || type == StunAttribute.MESSAGE_INTEGRITY_SHA256;
    }
}
