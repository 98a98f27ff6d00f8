package io.convoke.actors.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a chat tells a call leg. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatEvent.Said.class, name = "said"),
    @JsonSubTypes.Type(value = ChatEvent.HistoryIs.class, name = "history"),
    @JsonSubTypes.Type(value = ChatEvent.PeopleAre.class, name = "people"),
    @JsonSubTypes.Type(value = ChatEvent.Refused.class, name = "refused")
})
public sealed interface ChatEvent {
    /** Somebody said something; {@code inReplyTo} is the leg's own number for it where the leg said it. */
    record Said(ChatMessage message, @Nullable Long inReplyTo) implements ChatEvent {}

    /**
     * What was said before, oldest first.
     *
     * @param on whether there is a chat at all
     * @param kept how many messages are kept for later; 0: none
     * @param longest most characters of a message
     */
    record HistoryIs(boolean on, int kept, int longest, List<ChatMessage> messages) implements ChatEvent {}

    /** The names of those who are in by chat only. */
    record PeopleAre(List<String> names) implements ChatEvent {}

    /** Not said; {@code code} is one of the client protocol's errors. */
    record Refused(String code, String detail, long inReplyTo) implements ChatEvent {}
}
