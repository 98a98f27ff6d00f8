package io.convoke.actors.guest;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.BoundedSourceQueue;
import akka.stream.Materializer;
import akka.stream.QueueOfferResult;
import akka.stream.alpakka.slick.javadsl.Slick;
import akka.stream.alpakka.slick.javadsl.SlickSession;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.SqlStates;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rows wait in a bounded queue; while a transaction runs, those that come meanwhile gather, and share the next one. So
 * a lone guest waits for nobody, and a crowd costs few transactions.
 */
final class QueuedCredentialStore implements CredentialStore {
    private static final int MOST_USER_CHARACTERS = 64;
    private static final int MOST_HASH_BYTES = 64;

    /** One credential on its way. */
    private record Job(Credential credential, StorageProgress progress, CompletableFuture<StoredCredential> stored) {}

    private final SlickSession session;
    private final Materializer materializer;
    private final CredentialStoreSettings settings;
    private final BoundedSourceQueue<Job> queue;
    private final AtomicInteger length = new AtomicInteger();

    QueuedCredentialStore(ActorSystem<?> system, Database database, CredentialStoreSettings settings) {
        this.session = database.slick();
        this.materializer = Materializer.matFromSystem(system.classicSystem());
        this.settings = settings;
        this.queue = Source.<Job>queue(settings.queueSize())
                .batch(settings.batchRows(), QueuedCredentialStore::batchOf, QueuedCredentialStore::joined)
                .mapAsync(settings.parallelTransactions(), this::write)
                .toMat(Sink.ignore(), Keep.left())
                .run(materializer);
    }

    @Override
    public CompletionStage<StoredCredential> store(Credential credential, StorageProgress progress) {
        if (credential.user().length() > MOST_USER_CHARACTERS || credential.secretHash().length > MOST_HASH_BYTES) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "Expected a user ID of 64 characters and a hash of 64 bytes at most, but one is longer"));
        }
        // A place is taken before anybody hears of it: what is told as scheduled is never refused afterwards.
        int place = length.incrementAndGet();
        if (place > settings.queueSize()) {
            length.decrementAndGet();
            return CompletableFuture.failedFuture(new CredentialQueueFull(settings.queueSize()));
        }
        progress.scheduled(place);
        Job job = new Job(credential, progress, new CompletableFuture<>());
        QueueOfferResult result = queue.offer(job);
        if (!result.isEnqueued()) {
            length.decrementAndGet();
            return CompletableFuture.failedFuture(new CredentialQueueFull(settings.queueSize()));
        }
        return job.stored.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Done> remove(String user) {
        return run(connection -> CredentialTable.remove(connection, user)).thenApply(rows -> Done.getInstance());
    }

    @Override
    public CompletionStage<Integer> removeAllOf(UUID callbridge) {
        return run(connection -> CredentialTable.removeAllOf(connection, callbridge));
    }

    @Override
    public CompletionStage<Long> count() {
        return Slick.source(session, CredentialTable.COUNT, row -> row.nextLong())
                .runWith(Sink.head(), materializer);
    }

    @Override
    public int queueLength() {
        return length.get();
    }

    private static List<Job> batchOf(Job first) {
        List<Job> jobs = new ArrayList<>();
        jobs.add(first);
        return jobs;
    }

    private static List<Job> joined(List<Job> jobs, Job next) {
        jobs.add(next);
        return jobs;
    }

    /** Never fails, so that the stream goes on; each job hears for itself. */
    private CompletionStage<Done> write(List<Job> jobs) {
        jobs.forEach(job -> job.progress.executed());
        return insert(jobs)
                .handle((rows, failure) -> {
                    if (failure == null) {
                        jobs.forEach(job -> succeed(job, jobs.size()));
                        return CompletableFuture.completedFuture(Done.getInstance());
                    }
                    if (jobs.size() > 1 && SqlStates.isDuplicate(failure)) {
                        return oneByOne(jobs).toCompletableFuture();
                    }
                    jobs.forEach(job -> fail(job, failure));
                    return CompletableFuture.completedFuture(Done.getInstance());
                })
                .thenCompose(rest -> rest);
    }

    /** A user ID that is there already spoils only its own row. */
    private CompletionStage<Done> oneByOne(List<Job> jobs) {
        CompletionStage<Done> before = CompletableFuture.completedFuture(Done.getInstance());
        for (Job job : jobs) {
            before = before.thenCompose(done -> insert(List.of(job))).handle((rows, failure) -> {
                if (failure == null) {
                    succeed(job, 1);
                } else {
                    fail(job, failure);
                }
                return Done.getInstance();
            });
        }
        return before;
    }

    private CompletionStage<Integer> insert(List<Job> jobs) {
        List<Credential> rows = jobs.stream().map(Job::credential).toList();
        return run(connection -> {
            jobs.forEach(job -> job.progress.inProgress());
            return CredentialTable.insert(connection, rows);
        });
    }

    private CompletionStage<Integer> run(CredentialTable.Statement statement) {
        return Source.single(statement)
                .via(Slick.flow(session, 1, (ready, connection) -> ready.prepare(connection)))
                .runWith(Sink.head(), materializer);
    }

    private void succeed(Job job, int batchRows) {
        length.decrementAndGet();
        Credential credential = job.credential;
        job.stored.complete(new StoredCredential(credential.user(), credential.participant(), batchRows));
    }

    private void fail(Job job, Throwable failure) {
        length.decrementAndGet();
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        job.stored.completeExceptionally(wrapped ? failure.getCause() : failure);
    }
}
