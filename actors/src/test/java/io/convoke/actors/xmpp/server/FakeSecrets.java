package io.convoke.actors.xmpp.server;

import io.convoke.actors.xmpp.ComponentSecrets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One secret, of {@code cb.example.org}. */
final class FakeSecrets implements ComponentSecrets {
    @Override
    public CompletionStage<Optional<String>> find(String name) {
        return CompletableFuture.completedFuture(
                name.equals("cb.example.org") ? Optional.of("swordfish") : Optional.empty());
    }

    @Override
    public CompletionStage<List<String>> names() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> add(String name, String secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> replace(String name, String secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        throw new UnsupportedOperationException();
    }
}
