package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.ArrayDeque;

/** Builds answers, signs them as their request was signed (RFC 8489 §9.2.4), and queues them. */
final class Answers {
    private final ArrayDeque<TurnOutput> outputs;
    private final ServerCounters counters;
    private final StunIntegrity integrity;
    private final String software;

    Answers(ArrayDeque<TurnOutput> outputs, ServerCounters counters, StunIntegrity integrity, String software) {
        this.integrity = integrity;
        this.outputs = outputs;
        this.counters = counters;
        this.software = software;
    }

    StunWriter success(Request request) {
        return StunWriter.begin(StunType.successOf(request.type()), request.transactionId());
    }

    /** An error whose text is left out where nobody is authenticated: such an answer is no longer than it must be. */
    StunWriter failure(Request request, int code) {
        counters.byErrorCode[code - ServerCounters.LOWEST_CODE]++;
        return StunWriter.begin(StunType.errorOf(request.type()), request.transactionId())
                .errorCode(code, request.key() == null ? "" : StunError.reason(code));
    }

    void error(Request request, int code) {
        counters.errors++;
        send(request, failure(request, code));
    }

    /** Signs, adds FINGERPRINT where the request had it, and queues. Returns the bytes, for answering a retransmission. */
    byte[] send(Request request, StunWriter answer) {
        byte[] message = seal(request, answer);
        send(request, message);
        return message;
    }

    void send(Request request, byte[] message) {
        outputs.add(new TurnOutput.Reply(request.from(), message, ReplyFrom.SAME, 0));
    }

    byte[] seal(Request request, StunWriter answer) {
        byte[] key = request.key();
        if (key != null) {
            if (!software.isEmpty()) {
                answer.text(StunAttribute.SOFTWARE, software);
            }
            if (request.isSha256()) {
                answer.messageIntegritySha256(integrity, key);
            } else {
                answer.messageIntegrity(integrity, key);
            }
        }
        if (request.hasFingerprint()) {
            answer.fingerprint();
        }
        return answer.finish();
    }
}
