package io.convoke.protocols.xmpp.registration;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One address of one server, and what became of it. */
final class Candidate {
    final Target target;
    final @Nullable InetAddress address;
    String outcome;

    Candidate(Target target, @Nullable InetAddress address, String outcome) {
        this.target = target;
        this.address = address;
        this.outcome = outcome;
    }

    CandidateView view() {
        return new CandidateView(
                address == null ? "" : address.getHostAddress(),
                target.server().port(),
                target.server().host(),
                target.priority(),
                target.weight(),
                outcome);
    }
}
