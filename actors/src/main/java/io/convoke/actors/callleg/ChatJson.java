package io.convoke.actors.callleg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatMessage;
import java.util.Locale;
import java.util.UUID;

/** The chat's messages of the client protocol (§2), each as one JSON object. */
final class ChatJson {
    private ChatJson() {}

    static String said(ChatEvent.Said said, UUID reader) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "chat");
        put(json, said.message(), reader);
        return json.put("inReplyTo", said.inReplyTo()).toString();
    }

    static String history(ChatEvent.HistoryIs is, UUID reader) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "chatHistory")
                .put("on", is.on())
                .put("kept", is.kept())
                .put("longest", is.longest());
        ArrayNode messages = json.putArray("messages");
        is.messages().forEach(message -> put(messages.addObject(), message, reader));
        return json.toString();
    }

    static String people(ChatEvent.PeopleAre are) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "chatPeople");
        ArrayNode people = json.putArray("people");
        are.names().forEach(name -> people.addObject().put("name", name));
        return json.toString();
    }

    private static void put(ObjectNode json, ChatMessage message, UUID reader) {
        UUID participant = message.participant();
        json.put("id", message.id().toString());
        json.putObject("from")
                .put("name", message.name())
                .put("participant", participant == null ? null : participant.toString())
                .put("kind", message.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", message.body()).put("at", message.at().toString()).put("you", reader.equals(participant));
    }
}
