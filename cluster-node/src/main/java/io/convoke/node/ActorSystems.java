package io.convoke.node;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;

/** A running actor system that can be closed like any other resource. */
record ActorSystems(ActorSystem<Guardian.Command> system) implements AutoCloseable {
    static ActorSystems start(Config config) throws StartFailure {
        try {
            return new ActorSystems(ActorSystem.create(Guardian.create(), ActorSystemConfig.SYSTEM, config));
        } catch (RuntimeException failure) {
            throw StartFailure.of("The cluster's port cannot be opened", failure);
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
