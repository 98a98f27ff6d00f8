package io.convoke.node;

import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.space.SpaceExists;
import io.convoke.node.settings.NodeSettings.NewMeeting;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Makes the spaces that the configuration lists and the database does not have yet. */
final class ConfiguredSpaces {
    private ConfiguredSpaces() {}

    static void make(SpaceDirectory spaces, List<NewMeeting> wanted) throws StartFailure {
        for (NewMeeting meeting : wanted) {
            String callId = meeting.callId().isEmpty() ? null : meeting.callId();
            String passcode = meeting.passcode().reveal().isEmpty()
                    ? null
                    : meeting.passcode().reveal();
            String uri = meeting.uri().isEmpty() && callId != null ? callId : meeting.uri();
            try {
                spaces.create(new NewSpace(
                                meeting.name(),
                                uri,
                                callId,
                                passcode,
                                meeting.participantLimit(),
                                meeting.locked(),
                                meeting.chat(),
                                meeting.chatHistory()))
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException failure) {
                if (!(failure.getCause() instanceof SpaceExists)) {
                    throw StartFailure.of(
                            "The space \"" + meeting.name() + "\" of convoke.spaces cannot be made", failure);
                }
            }
        }
    }
}
