package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wFailure;
import io.convoke.protocols.c2w.C2wLinkMachine.Side;

/** Which end this is, and the words that go with it. */
enum C2wEnd {
    DIALER(Side.CALLBRIDGE, "callbridge", "web bridge"),
    LISTENER(Side.WEBBRIDGE, "web bridge", "callbridge");

    private final Side side;
    private final String own;
    private final String peer;

    C2wEnd(Side side, String own, String peer) {
        this.side = side;
        this.own = own;
        this.peer = peer;
    }

    Side side() {
        return side;
    }

    String own() {
        return own;
    }

    String peer() {
        return peer;
    }

    C2wFailure notConfigured(String words) {
        return new C2wFailure(C2wFailure.Reason.NOT_CONFIGURED, "The " + own + "'s C2W is not configured: " + words);
    }
}
