package io.convoke.actors.state;

import akka.actor.typed.ActorRef;

/** Asks an actor what it is doing. Every actor on the board answers it, once. */
public record GetState(ActorRef<StateSnapshot> replyTo) implements ClusterMessage {}
