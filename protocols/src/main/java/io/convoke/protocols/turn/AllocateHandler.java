package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.wire.BigEndian;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Allocate (RFC 8656 §7.2): from an authenticated request by way of opened ports to an allocation. */
final class AllocateHandler {
    private final Shard shard;
    private final AllocateReader reader;

    AllocateHandler(Shard shard) {
        this.shard = shard;
        reader = new AllocateReader(shard.settings());
    }

    void handle(Request request) {
        Allocation before = request.allocation();
        if (before != null) {
            answerAgain(request, before);
            return;
        }
        if (request.from().pending() != null) {
            return; // the same request again, while its ports are being opened: one answer is enough
        }
        int refusal = reader.read(request);
        if (refusal != 0) {
            shard.answers().error(request, refusal);
            return;
        }
        AllocateWishes wishes = reader.wishes();
        if (wishes.hasToken() && !shard.reservations().holds(wishes.token(), request.username(), request.nowNanos())) {
            shard.answers().error(request, StunError.INSUFFICIENT_CAPACITY); // step 5
            return;
        }
        TransportAddress alternate =
                shard.policy().alternate(AddressFamily.of(request.from().address()));
        if (alternate != null) {
            redirect(request, alternate);
            return;
        }
        admit(request, wishes);
    }

    /** Step 2: the 5-tuple is taken, unless this is the request that took it, whose answer got lost. */
    private void answerAgain(Request request, Allocation before) {
        byte[] answer = before.answerTo(request);
        if (answer != null && before.username().equals(request.username())) {
            shard.answers().send(request, answer);
        } else {
            shard.answers().error(request, StunError.ALLOCATION_MISMATCH);
        }
    }

    /** Step 10: the server prefers another one to do it (RFC 8489 §10). */
    private void redirect(Request request, TransportAddress to) {
        shard.counters().errors++;
        StunWriter answer = shard.answers()
                .failure(request, StunError.TRY_ALTERNATE)
                .address(StunAttribute.ALTERNATE_SERVER, to.high(), to.low(), to.port());
        shard.answers().send(request, answer);
    }

    /** Step 9: the quotas; then asks for the first port. */
    private void admit(Request request, AllocateWishes wishes) {
        byte[] key = request.key();
        if (key == null) {
            throw new IllegalStateException("Expected an authenticated request, but it has no key");
        }
        Admission admission =
                shard.policy().admit(request.username(), request.from().address());
        if (admission instanceof Admission.Refused refused) {
            shard.counters().overQuota++;
            shard.answers().error(request, codeOf(refused));
            return;
        }
        Lease lease = ((Admission.Granted) admission).lease();
        UUID id = new UUID(shard.random().nextLong(), shard.random().nextLong());
        Allocation allocation = new Allocation(id, request, key, wishes.transport(), lease);
        allocation.attempt(new AllocateAttempt(request, wishes));
        request.from().pending(allocation);
        RelayPort reserved = wishes.hasToken() ? shard.reservations().take(wishes.token()) : null;
        AddressFamily family = reserved == null ? wishes.first() : AddressFamily.of(reserved.relayed());
        if (reserved == null && !serves(family)) {
            openFailed(request.nowNanos(), ask(allocation, family, wishes, null), OpenFailure.NO_FAMILY);
        } else {
            shard.outputs().add(ask(allocation, family, wishes, reserved));
        }
    }

    void opened(long nowNanos, TurnOutput.OpenRelay opening, RelayPort port, @Nullable RelayPort next) {
        Allocation allocation = opening.allocation();
        AllocateAttempt attempt = allocation.attempt();
        if (attempt == null) { // the client has gone meanwhile
            shard.outputs().add(new TurnOutput.CloseRelay(port));
            if (next != null) {
                shard.outputs().add(new TurnOutput.CloseRelay(next));
            }
            return;
        }
        allocation.ports().put(AddressFamily.of(port.relayed()), port);
        if (next != null) {
            shard.reservations().keep(next, allocation, nowNanos);
        }
        goOn(nowNanos, allocation, attempt);
    }

    void openFailed(long nowNanos, TurnOutput.OpenRelay opening, OpenFailure why) {
        Allocation allocation = opening.allocation();
        AllocateAttempt attempt = allocation.attempt();
        if (attempt != null) {
            attempt.failed(opening.family(), codeOf(why));
            goOn(nowNanos, allocation, attempt);
        }
    }

    /** The client will not hear the answer: what was opened for it is closed. */
    void abandon(Allocation allocation) {
        allocation.attempt(null);
        allocation.client().pending(null);
        for (RelayPort port : allocation.relayPorts()) {
            shard.outputs().add(new TurnOutput.CloseRelay(port));
        }
        shard.reservations().giveBack(allocation);
        allocation.lease().release();
    }

    private void goOn(long nowNanos, Allocation allocation, AllocateAttempt attempt) {
        AddressFamily second = attempt.takeSecondFamily();
        if (second != null && serves(second)) {
            shard.outputs().add(ask(allocation, second, attempt.wishes(), null));
            return;
        }
        if (second != null) {
            attempt.failed(second, StunError.ADDRESS_FAMILY_NOT_SUPPORTED);
        }
        if (allocation.relayPorts().isEmpty()) {
            shard.counters().overQuota++;
            abandon(allocation);
            shard.answers().error(attempt.request(), attempt.failure());
        } else {
            complete(nowNanos, allocation, attempt);
        }
    }

    private void complete(long nowNanos, Allocation allocation, AllocateAttempt attempt) {
        int seconds = attempt.wishes().lifetimeSeconds();
        for (AddressFamily family : AddressFamily.values()) {
            allocation.ports().endAt(family, Lifetimes.after(nowNanos, seconds));
        }
        allocation.attempt(null);
        allocation.client().pending(null);
        shard.allocations().add(allocation);
        Request request = attempt.request();
        allocation.answered(request, shard.answers().send(request, success(allocation, attempt)));
    }

    /** The success response's attributes, in the order of §7.2. */
    private StunWriter success(Allocation allocation, AllocateAttempt attempt) {
        StunWriter answer = shard.answers().success(attempt.request());
        for (RelayPort port : allocation.relayPorts()) {
            TransportAddress relayed = port.relayed();
            answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, relayed.high(), relayed.low(), relayed.port());
        }
        answer.number(StunAttribute.LIFETIME, attempt.wishes().lifetimeSeconds());
        if (allocation.reserved() != 0) {
            answer.longNumber(StunAttribute.RESERVATION_TOKEN, allocation.reserved());
        }
        TransportAddress mapped = allocation.client().address();
        answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, mapped.high(), mapped.low(), mapped.port());
        if (attempt.wishes().mobile()) {
            answer.attribute(StunAttribute.MOBILITY_TICKET, shard.tickets().issue(allocation));
        }
        AddressFamily failed = attempt.failedFamily();
        if (failed != null) {
            answer.attribute(StunAttribute.ADDRESS_ERROR_CODE, addressError(failed, attempt.failure()));
        }
        return answer;
    }

    /** ADDRESS-ERROR-CODE (§18.12): family(8) zero(13) class(3) number(8), no text. */
    private static byte[] addressError(AddressFamily family, int code) {
        byte[] value = new byte[4];
        BigEndian.put32(value, 0, family.number() << 24 | (code / 100) << 8 | code % 100);
        return value;
    }

    private static TurnOutput.OpenRelay ask(
            Allocation allocation, AddressFamily family, AllocateWishes wishes, @Nullable RelayPort reserved) {
        return new TurnOutput.OpenRelay(
                allocation, family, wishes.transport(), wishes.even(), wishes.reserveNext(), reserved);
    }

    private boolean serves(AddressFamily family) {
        return family == AddressFamily.IPV4
                ? shard.settings().ipv4()
                : shard.settings().ipv6();
    }

    private static int codeOf(Admission.Refused refused) {
        return switch (refused) {
            case QUOTA -> StunError.ALLOCATION_QUOTA_REACHED;
            case FULL -> StunError.INSUFFICIENT_CAPACITY;
            case FORBIDDEN -> StunError.FORBIDDEN;
        };
    }

    private static int codeOf(OpenFailure failure) {
        return switch (failure) {
            case NO_PORT -> StunError.INSUFFICIENT_CAPACITY;
            case NO_FAMILY -> StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
            case FAILED -> StunError.SERVER_ERROR;
        };
    }
}
