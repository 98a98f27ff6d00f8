package io.convoke.actors.space;

import io.convoke.actors.storage.BlockingCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each answer for a moment, the missing ones too, so that a crowd that joins one meeting asks the database once.
 * Failures are not kept. What this node changes is forgotten at once; what others change, when the moment is over.
 */
final class CachedSpaceDirectory implements SpaceDirectory {
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final NewSpace DEMO = new NewSpace("9999", "9999", "9999", null, 25);
    // Guessed call IDs fill the cache too; it starts anew rather than grow.
    private static final int MOST_ENTRIES = 10_000;

    private record Entry(CompletionStage<Optional<Space>> answer, long deadlineNanos) {}

    private final SpaceTable table;
    private final BlockingCalls blocking;
    private final long freshNanos;
    private final LongSupplier nanoClock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    CachedSpaceDirectory(SpaceTable table, Executor blocking, Duration fresh, LongSupplier nanoClock) {
        this.table = table;
        this.blocking = new BlockingCalls(blocking);
        this.freshNanos = fresh.toNanos();
        this.nanoClock = nanoClock;
    }

    @Override
    public CompletionStage<Optional<Space>> byCallId(String callId) {
        return cached("callId " + callId, () -> table.byCallId(callId));
    }

    @Override
    public CompletionStage<Optional<Space>> byUri(String uri) {
        String stored = SpaceLimits.uri(uri);
        return cached("uri " + stored, () -> table.byUri(stored));
    }

    @Override
    public CompletionStage<Optional<Space>> bySecret(String secret) {
        String hash = SpaceSecret.hash(secret);
        return cached("secret " + hash, () -> table.bySecretHash(hash));
    }

    @Override
    public CompletionStage<Optional<Space>> byId(UUID id) {
        return cached("id " + id, () -> table.byId(id));
    }

    @Override
    public CompletionStage<List<Space>> all() {
        return ask(table::all);
    }

    @Override
    public CompletionStage<Boolean> passcodeHolds(UUID space, @Nullable String passcode) {
        return ask(() -> table.passcodeHolds(space, passcode));
    }

    @Override
    public CompletionStage<Space> create(NewSpace space) {
        return ask(() -> {
            Space created = table.create(space);
            entries.clear();
            return created;
        });
    }

    @Override
    public CompletionStage<Optional<Space>> createDemoWhenEmpty() {
        return ask(() -> {
            if (!table.all().isEmpty()) {
                return Optional.empty();
            }
            try {
                Space demo = table.create(DEMO);
                entries.clear();
                return Optional.of(demo);
            } catch (SpaceExists anotherNodeWasFirst) {
                return Optional.empty();
            }
        });
    }

    private CompletionStage<Optional<Space>> cached(String key, Callable<Optional<Space>> query) {
        long now = nanoClock.getAsLong();
        Entry known = entries.get(key);
        if (known != null && known.deadlineNanos - now > 0) {
            return known.answer;
        }
        if (entries.size() >= MOST_ENTRIES) {
            entries.clear();
        }
        CompletionStage<Optional<Space>> answer = ask(query);
        Entry entry = new Entry(answer, now + freshNanos);
        entries.put(key, entry);
        answer.whenComplete((space, failure) -> {
            if (failure != null) {
                entries.remove(key, entry);
            }
        });
        return answer;
    }

    private <T> CompletionStage<T> ask(Callable<T> query) {
        return blocking.ask(query);
    }
}
