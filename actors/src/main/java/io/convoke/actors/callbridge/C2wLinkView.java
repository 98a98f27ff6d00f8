package io.convoke.actors.callbridge;

import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.node.StateJson;
import org.jspecify.annotations.Nullable;

/** What the callbridge says about its end of a C2W link. */
final class C2wLinkView {
    private C2wLinkView() {}

    static StateJson of(
            StateJson json,
            C2wMessage.@Nullable HelloAnswer peer,
            @Nullable C2wConnection connection,
            @Nullable C2wFailure lastFailure) {
        return json.with("webbridge", peer == null ? null : peer.webbridge())
                .with("webbridgeName", peer == null ? null : peer.name())
                .with("webbridgeSoftware", peer == null ? null : peer.software())
                .with("peerCertificate", connection == null ? null : connection.peer())
                .with("reason", lastFailure == null ? null : lastFailure.reason())
                .with("lastError", lastFailure == null ? null : lastFailure.words());
    }
}
