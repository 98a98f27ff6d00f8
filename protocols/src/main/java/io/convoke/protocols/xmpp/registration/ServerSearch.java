package io.convoke.protocols.xmpp.registration;

import static io.convoke.protocols.xmpp.registration.ConnectionRace.earlier;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.dns.SrvOrder;
import io.convoke.protocols.dns.SrvRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Steps 4 to 6 of a registration: which servers there are, where they are, and which of them takes a connection. Goes on from server to server. */
final class ServerSearch {
    private static final String SERVICE = "_xmpp-component._tcp.";
    /** RFC 8305 §8, "Resolution Delay". */
    private static final long RESOLUTION_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Whose search it is. */
    interface Owner {
        void entered(long nowNanos, Step step);

        void output(RegistrationOutput output);

        /** There are no more servers; {@code failure} got farthest. */
        void exhausted(long nowNanos, RegistrationFailure failure);
    }

    private final Owner owner;
    private final RegistrationSettings settings;
    private final RandomGenerator random;
    private final Resolution resolution = new Resolution();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<DnsAnswer> addressAnswers = new ArrayList<>();
    private final ArrayDeque<Target> targets = new ArrayDeque<>();
    private ConnectionRace race = new ConnectionRace();
    private @Nullable Target target;
    private boolean resolving;
    private @Nullable RegistrationFailure farthest;
    private long resolutionDelayNanos = Long.MAX_VALUE;
    private long connections;

    ServerSearch(Owner owner, RegistrationSettings settings, RandomGenerator random) {
        this.owner = owner;
        this.settings = settings;
        this.random = random;
    }

    void newRound() {
        candidates.clear();
        warnings.clear();
        targets.clear();
        resolution.newRound();
        race = new ConnectionRace();
        target = null;
        farthest = null;
        resolving = false;
    }

    /** From step 5 on, for one server. */
    void search(long nowNanos, ServerAddress server) {
        addTarget(new Target(server, 0, 0, false));
        nextTarget(nowNanos);
    }

    /** Step 4. */
    void searchByServiceRecords(long nowNanos) {
        owner.entered(nowNanos, Step.SERVICE_RECORDS);
        DnsQuestion question = new DnsQuestion(SERVICE + settings.domain(), DnsQuestion.Type.SRV);
        DnsAnswer known = ask(nowNanos, question);
        if (known != null) {
            onServices(nowNanos, known);
        }
    }

    private void onServices(long nowNanos, DnsAnswer answer) {
        switch (answer.outcome()) {
            case TIMEOUT, SERVER_FAILURE -> {
                owner.exhausted(nowNanos, RegistrationWords.services(answer));
                return;
            }
            case NO_DATA, NO_SUCH_NAME -> {
                warnings.add(RegistrationWords.fallback(answer.question(), answer));
                addTarget(new Target(new ServerAddress(settings.domain(), ServerAddress.DEFAULT_PORT), 0, 0, false));
            }
            case FOUND -> {
                for (SrvRecord record : SrvOrder.of(answer.services(), random)) {
                    ServerAddress server = new ServerAddress(record.target(), record.port());
                    boolean meant = settings.only() == null || server.equals(settings.only());
                    if (!record.target().equals(SrvRecord.NOWHERE) && meant) {
                        addTarget(new Target(server, record.priority(), record.weight(), true));
                    }
                }
                ServerAddress only = settings.only();
                if (targets.isEmpty()) {
                    boolean nowhere = only == null
                            || answer.services().stream()
                                    .allMatch(record -> record.target().equals(SrvRecord.NOWHERE));
                    owner.exhausted(
                            nowNanos,
                            nowhere || only == null
                                    ? RegistrationWords.notOffered(answer.question())
                                    : RegistrationWords.noLonger(only, answer.question()));
                    return;
                }
            }
        }
        nextTarget(nowNanos);
    }

    /** Once each. */
    private void addTarget(Target more) {
        if (targets.contains(more)) {
            return;
        }
        targets.add(more);
        candidates.add(new Candidate(more, null, ConnectionRace.TO_BE_TRIED));
    }

    /** Step 5, for the next server; the round's end where there is none. */
    private void nextTarget(long nowNanos) {
        Target next = targets.poll();
        if (next == null) {
            RegistrationFailure failure = farthest;
            if (failure == null) {
                throw new IllegalStateException("Expected a failure of each server before the last is given up");
            }
            owner.exhausted(nowNanos, failure);
            return;
        }
        target = next;
        race = new ConnectionRace();
        addressAnswers.clear();
        resolutionDelayNanos = Long.MAX_VALUE;
        resolving = true;
        owner.entered(nowNanos, Step.ADDRESSES);
        List<DnsAnswer> known = new ArrayList<>();
        ServerAddress server = next.server();
        for (DnsQuestion.Type type : List.of(DnsQuestion.Type.AAAA, DnsQuestion.Type.A)) {
            boolean other = type == DnsQuestion.Type.A ? server.isIpv6() : server.isIpv4();
            DnsAnswer answer = other ? null : ask(nowNanos, new DnsQuestion(server.host(), type));
            if (answer != null) {
                known.add(answer);
            }
        }
        known.forEach(answer -> onAddresses(nowNanos, answer));
    }

    private void onAddresses(long nowNanos, DnsAnswer answer) {
        Target asked = target;
        if (asked == null) {
            return;
        }
        addressAnswers.add(answer);
        if (!answer.aliases().isEmpty() && asked.fromServiceRecord()) {
            String warning = RegistrationWords.alias(
                    asked, answer.aliases().get(answer.aliases().size() - 1));
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
        }
        List<Candidate> fresh = race.offer(asked, answer.addresses());
        int place = placeOf(asked);
        if (!fresh.isEmpty()) {
            candidates.removeIf(candidate -> asked.equals(candidate.target) && candidate.address == null);
        }
        candidates.addAll(Math.min(place, candidates.size()), fresh);
        if (!resolving) {
            // Connecting already; a late family joins in.
            if (race.isIdle()) {
                connectNext(nowNanos);
            }
            return;
        }
        boolean all = !resolution.isPending();
        if (race.hasUntried() && (all || answer.question().type() == DnsQuestion.Type.AAAA)) {
            connect(nowNanos);
        } else if (race.hasUntried()) {
            resolutionDelayNanos = nowNanos + RESOLUTION_DELAY_NANOS;
        } else if (all) {
            RegistrationFailure failure = RegistrationWords.addresses(asked, addressAnswers);
            candidates.stream()
                    .filter(candidate -> asked.equals(candidate.target))
                    .forEach(candidate -> candidate.outcome = RegistrationWords.outcome(failure));
            targetFailed(nowNanos, failure);
        }
    }

    private int placeOf(Target asked) {
        int place = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (asked.equals(candidates.get(i).target)) {
                place = candidates.get(i).address == null ? i : i + 1;
            }
        }
        return place;
    }

    /** Step 6. */
    private void connect(long nowNanos) {
        resolutionDelayNanos = Long.MAX_VALUE;
        resolving = false;
        owner.entered(nowNanos, Step.CONNECT);
        connectNext(nowNanos);
    }

    private void connectNext(long nowNanos) {
        Candidate next = race.start(nowNanos, connections + 1, settings.bounds().connectTimeoutNanos());
        if (next != null && next.address != null) {
            connections++;
            owner.output(new RegistrationOutput.Connect(
                    connections, next.address, next.target.server().port()));
        } else if (race.isIdle() && !resolution.isPending()) {
            RegistrationFailure failure = farthest;
            if (failure == null) {
                throw new IllegalStateException("Expected a failure of each address before the last is given up");
            }
            nextTarget(nowNanos);
        }
    }

    /** The answer to a look-up. */
    void handleAnswer(long nowNanos, DnsAnswer answer) {
        if (!resolution.answered(nowNanos, answer)) {
            return;
        }
        if (answer.question().type() == DnsQuestion.Type.SRV) {
            onServices(nowNanos, answer);
        } else {
            onAddresses(nowNanos, answer);
        }
    }

    /** Who won; null where that connection is not wanted any more. The search rests. */
    @Nullable
    Candidate handleConnected(long attempt) {
        Candidate winner = race.end(attempt);
        if (winner != null) {
            stop();
            winner.outcome = "connected";
        }
        return winner;
    }

    /** False where it is none of the attempts in progress. */
    boolean handleBroken(long nowNanos, long attempt, Break why) {
        Candidate candidate = race.end(attempt);
        if (candidate == null) {
            return false;
        }
        connectFailed(
                nowNanos,
                candidate,
                why instanceof Break.NotConnected failure
                        ? failure
                        : new Break.NotConnected(Break.Connecting.OTHER, "the connection ended at once"));
        return true;
    }

    /** The connection that won was not worth it: goes on with another address, or another server. */
    void resume(long nowNanos, RegistrationFailure failure) {
        if (failure.step() == Step.TLS && race.hasUntried()) {
            keep(failure);
            connect(nowNanos);
        } else {
            targetFailed(nowNanos, failure);
        }
    }

    /** Nothing of what is in progress is wanted any more. */
    void stop() {
        race.stop().forEach(attempt -> owner.output(new RegistrationOutput.Close(attempt)));
        resolution.forget();
        resolutionDelayNanos = Long.MAX_VALUE;
    }

    void handleTimeout(long nowNanos) {
        if (resolutionDelayNanos != Long.MAX_VALUE && nowNanos - resolutionDelayNanos >= 0) {
            connect(nowNanos);
        }
        for (long late : race.expired(nowNanos)) {
            Candidate candidate = race.end(late);
            owner.output(new RegistrationOutput.Close(late));
            if (candidate != null) {
                connectFailed(nowNanos, candidate, new Break.NotConnected(Break.Connecting.TIMEOUT, ""));
            }
        }
        if (race.isStartDue(nowNanos)) {
            connectNext(nowNanos);
        }
    }

    long deadlineNanos() {
        return earlier(resolutionDelayNanos, race.deadlineNanos());
    }

    @Nullable
    ServerAddress server() {
        Target of = target;
        return of == null ? null : of.server();
    }

    /** Without those that no name server was asked for. */
    List<RegistrationView.Look> looks() {
        return resolution.looks().stream()
                .filter(look -> !new ServerAddress(look.answer().question().name(), 1).isLiteral())
                .toList();
    }

    List<CandidateView> candidates() {
        return candidates.stream().map(Candidate::view).toList();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void connectFailed(long nowNanos, Candidate candidate, Break.NotConnected why) {
        RegistrationFailure failure = RegistrationWords.connect(candidate, why);
        candidate.outcome = RegistrationWords.outcome(why);
        keep(failure);
        connectNext(nowNanos);
    }

    private void targetFailed(long nowNanos, RegistrationFailure failure) {
        keep(failure);
        nextTarget(nowNanos);
    }

    /** Of all failures the one counts that got farthest, the first of those. */
    private void keep(RegistrationFailure failure) {
        RegistrationFailure before = farthest;
        if (before == null || failure.step().compareTo(before.step()) > 0) {
            farthest = failure;
        }
    }

    private @Nullable DnsAnswer ask(long nowNanos, DnsQuestion question) {
        DnsAnswer known = resolution.lookUp(nowNanos, question);
        if (known == null) {
            owner.output(new RegistrationOutput.Ask(question));
        }
        return known;
    }
}
