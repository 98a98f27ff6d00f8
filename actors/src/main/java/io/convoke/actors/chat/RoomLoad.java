package io.convoke.actors.chat;

import io.convoke.actors.space.Space;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a room reads at its start: its space, and what was said before. */
final class RoomLoad {
    private RoomLoad() {}

    /** {@code most} messages at most. */
    static CompletionStage<ChatRoomCommand.Loaded> start(UUID id, ChatRoom.Ports ports, int most) {
        return ports.spaces().byId(id).thenCompose(found -> {
            Space space = found.orElse(null);
            int kept = space == null || !space.chat() ? 0 : Math.min(space.chatHistory(), most);
            return kept == 0
                    ? CompletableFuture.completedFuture(new ChatRoomCommand.Loaded(space, List.of()))
                    : ports.store().last(id, kept).thenApply(messages -> new ChatRoomCommand.Loaded(space, messages));
        });
    }
}
