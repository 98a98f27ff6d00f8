package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The password algorithms a server offers, the one it would rather have first, and the check of what a client chose
 * (RFC 8489 §9.2.4, §14.11, §14.12).
 *
 * <pre>
 * PASSWORD-ALGORITHMS  { algorithm(16) bytes of parameters(16) parameters, filled up to a multiple of 4 } one or more
 * PASSWORD-ALGORITHM   one of these
 * </pre>
 */
public final class PasswordAlgorithms {
    private static final int ENTRY_BYTES = 4;

    private final byte[] value;

    /** @throws IllegalArgumentException if there are none */
    public PasswordAlgorithms(List<PasswordAlgorithm> offered) {
        if (offered.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one password algorithm");
        }
        value = new byte[ENTRY_BYTES * offered.size()];
        for (int i = 0; i < offered.size(); i++) {
            BigEndian.put16(value, ENTRY_BYTES * i, offered.get(i).number());
        }
    }

    /** Adds PASSWORD-ALGORITHMS to an answer. */
    public StunWriter addTo(StunWriter answer) {
        return answer.attribute(StunAttribute.PASSWORD_ALGORITHMS, value);
    }

    /** Adds PASSWORD-ALGORITHM to a request, as a client does that has chosen. */
    public static StunWriter addChoice(StunWriter request, PasswordAlgorithm chosen) {
        byte[] entry = new byte[ENTRY_BYTES];
        BigEndian.put16(entry, 0, chosen.number());
        return request.attribute(StunAttribute.PASSWORD_ALGORITHM, entry);
    }

    /**
     * What the request was signed with, its nonce having announced password algorithms: MD5 where the request names
     * neither of the two attributes (a client of before RFC 8489); null, to be answered with 400, unless it repeats the
     * offer unchanged and has chosen from it. An offer that was weakened on its way to the client shows here.
     */
    public @Nullable PasswordAlgorithm chosenBy(StunMessage request) {
        int offer = request.find(StunAttribute.PASSWORD_ALGORITHMS);
        int choice = request.find(StunAttribute.PASSWORD_ALGORITHM);
        if (offer < 0 && choice < 0) {
            return PasswordAlgorithm.MD5;
        }
        if (offer < 0 || choice < 0 || !isOffer(request, offer) || request.valueLength(choice) != ENTRY_BYTES) {
            return null;
        }
        int entry = BigEndian.i32(request.buffer(), request.valueOffset(choice));
        for (int at = 0; at < value.length; at += ENTRY_BYTES) {
            if (BigEndian.i32(value, at) == entry) {
                return PasswordAlgorithm.of(entry >>> 16);
            }
        }
        return null;
    }

    private boolean isOffer(StunMessage request, int at) {
        int from = request.valueOffset(at);
        return Arrays.equals(value, 0, value.length, request.buffer(), from, from + request.valueLength(at));
    }
}
