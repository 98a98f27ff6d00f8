package io.convoke.actors.relayadmin;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A question to a relay, or an order. As JSON, {@code ask} holds the record's name in lower case. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
    @JsonSubTypes.Type(RelayRequest.Show.class),
    @JsonSubTypes.Type(RelayRequest.ShowOne.class),
    @JsonSubTypes.Type(RelayRequest.Close.class),
    @JsonSubTypes.Type(RelayRequest.Drain.class),
    @JsonSubTypes.Type(RelayRequest.Serve.class)
})
public sealed interface RelayRequest {
    /** Allocations of one answer at most. */
    int MOST = 1000;

    /**
     * A page of its allocations, the oldest first.
     *
     * @param offset how many to leave out
     * @param limit how many to show, {@link #MOST} at most
     * @param user only this user's
     * @param participant only this participant's
     */
    @JsonTypeName("show")
    record Show(
            int offset,
            int limit,
            @Nullable String user,
            @Nullable UUID participant) implements RelayRequest {}

    /** One allocation. */
    @JsonTypeName("showone")
    record ShowOne(UUID allocation) implements RelayRequest {}

    /** Ends an allocation. */
    @JsonTypeName("close")
    record Close(UUID allocation) implements RelayRequest {}

    /** No new allocations from now on; {@code alternate} is where clients are sent, as {@code address:port}: null for the one of the settings. */
    @JsonTypeName("drain")
    record Drain(@Nullable String alternate) implements RelayRequest {}

    /** Takes new allocations again. */
    @JsonTypeName("serve")
    record Serve() implements RelayRequest {}
}
