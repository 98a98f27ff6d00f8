package io.convoke.actors.chat;

/**
 * What a chat takes at most.
 *
 * @param longestMessage characters (code points) of one message
 * @param messagesPerSecond of one sender, with bursts of three seconds' worth
 * @param mostOccupants XMPP occupants of one room; participants of the meeting are not counted
 * @param historyOnEntry messages that somebody who enters is sent
 */
public record ChatSettings(int longestMessage, int messagesPerSecond, int mostOccupants, int historyOnEntry) {
    /** 4000 characters, 5 a second, 200 occupants, 50 messages on entry. */
    public static ChatSettings standard() {
        return new ChatSettings(4000, 5, 200, 50);
    }
}
