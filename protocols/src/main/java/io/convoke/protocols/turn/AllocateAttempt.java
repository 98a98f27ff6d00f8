package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** An Allocate request between asking for ports and being answered. Its message must not be read any more. */
final class AllocateAttempt {
    private final Request request;
    private final AllocateWishes wishes;
    private boolean secondAsked;
    private int failure;
    private @Nullable AddressFamily failedFamily;

    AllocateAttempt(Request request, AllocateWishes wishes) {
        this.request = request;
        this.wishes = wishes;
    }

    Request request() {
        return request;
    }

    AllocateWishes wishes() {
        return wishes;
    }

    /** The family to open after the first; null once it was asked for, or if one is enough. */
    @Nullable
    AddressFamily takeSecondFamily() {
        if (secondAsked) {
            return null;
        }
        secondAsked = true;
        return wishes.second();
    }

    void failed(AddressFamily family, int code) {
        if (failedFamily == null) {
            failedFamily = family;
            failure = code;
        }
    }

    /** The family that could not be opened first; null if all could. */
    @Nullable
    AddressFamily failedFamily() {
        return failedFamily;
    }

    /** Why: an error code. */
    int failure() {
        return failure;
    }
}
