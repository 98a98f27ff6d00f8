package io.convoke.actors.relayadmin;

import akka.actor.typed.ActorRef;
import io.convoke.actors.state.ClusterMessage;

/** A request with whom to answer. Answered once. */
public record RelayQuestion(RelayRequest request, ActorRef<RelayReply> replyTo) implements ClusterMessage {}
