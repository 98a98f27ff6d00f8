package io.convoke.actors.chat;

import java.util.UUID;

/** What a chat needs of the rest of the meeting. */
public interface ChatPort {
    /** Tells a participant's call leg. */
    void tell(UUID participant, ChatEvent event);

    /** Has the space's conference say who is in, with {@link ChatRoomCommand.RosterIs}. */
    void askForRoster(UUID space);
}
