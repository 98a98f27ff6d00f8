package io.convoke.actors.state;

import java.time.Instant;

/**
 * Something on a board came, changed or went.
 *
 * @param kind the actor's kind
 * @param id the actor's identifier within its kind
 * @param what {@code added}, {@code changed} or {@code removed}
 * @param at when, by the clock of {@code node}
 * @param node name of the node whose board it is on
 */
public record StateChange(String kind, String id, String what, Instant at, String node) implements ClusterMessage {}
