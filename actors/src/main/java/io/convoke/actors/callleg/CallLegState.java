package io.convoke.actors.callleg;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.StateSnapshot;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a call leg says about itself. */
final class CallLegState {
    private CallLegState() {}

    record View(
            UUID participant,
            String node,
            Instant since,
            @Nullable LegDetails details,
            @Nullable UUID connection,
            boolean opened,
            FromAnchor.MediaIs media,
            FromAnchor.@Nullable SlotsAre slots,
            int rosterSize,
            @Nullable String lastError) {
        static View of(
                UUID participant,
                String node,
                Instant since,
                @Nullable LegDetails details,
                ClientLine client,
                LegPicture picture,
                @Nullable String lastError) {
            return new View(
                    participant,
                    node,
                    since,
                    details,
                    client.connection(),
                    client.opened(),
                    picture.media(),
                    picture.slots(),
                    picture.participants(),
                    lastError);
        }

        String state() {
            if (details == null) {
                return "unknown";
            }
            if (connection == null) {
                return opened ? "disconnected" : "waitingForSession";
            }
            return "connected";
        }
    }

    /** Written as it is: the anchor has made it. */
    private record Raw(@JsonRawValue @JsonValue String json) {}

    static StateSnapshot snapshot(View view, @Nullable String mediaJson) {
        StateJson json =
                new StateJson("call-legs", view.participant().toString(), view.node(), view.since(), view.state());
        LegDetails leg = view.details();
        if (leg != null) {
            json.with("user", leg.user())
                    .with("name", leg.name())
                    .with("space", leg.space())
                    .with("spaceName", leg.spaceName())
                    .with("conference", leg.conference())
                    .with("controlMedia", leg.media())
                    .with("correlator", leg.correlator())
                    .with("apiCall", leg.apiCall())
                    .with("callbridge", leg.callbridge())
                    .with("session", leg.session())
                    .with("browser", leg.browser())
                    .with("joinedAt", leg.joinedAt());
        }
        return json.with("sessionConnected", view.connection() != null)
                .with("connection", view.connection())
                .with("mediaState", view.media().state().name().toLowerCase(Locale.ROOT))
                .with("mediaDetail", view.media().detail())
                .with("slots", view.slots())
                .with("participants", view.rosterSize())
                .with("lastError", view.lastError())
                .with("media", mediaJson == null ? null : new Raw(mediaJson))
                .snapshot();
    }
}
