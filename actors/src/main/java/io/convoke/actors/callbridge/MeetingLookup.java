package io.convoke.actors.callbridge;

import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the meeting that a join names by call ID, URI or secret. */
record MeetingLookup(String kind, CompletionStage<Optional<Space>> answer, LoginResult ifNone) {
    static MeetingLookup start(C2wMessage.Join join, SpaceDirectory spaces) {
        if (join.callId() != null) {
            return new MeetingLookup(
                    "call ID", spaces.byCallId(join.callId()), LoginResult.unknownCall("ID", join.callId()));
        }
        if (join.uri() != null) {
            return new MeetingLookup("URI", spaces.byUri(join.uri()), LoginResult.unknownCall("address", join.uri()));
        }
        return new MeetingLookup(
                "secret",
                spaces.bySecret(join.secret() == null ? "" : join.secret()),
                LoginResult.unknownCall("secret", ""));
    }
}
