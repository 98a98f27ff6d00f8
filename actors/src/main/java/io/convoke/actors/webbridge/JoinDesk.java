package io.convoke.actors.webbridge;

import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.relay.RelayAccess;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passes joins on to callbridges, and their answers back. For the web bridge's own thread. */
final class JoinDesk {
    private final EdgeSettings settings;
    private final TimerScheduler<Webbridge.Command> timers;
    private final LinkTable links;
    private final EdgeWording wording;
    private final RelayAccess relay;
    private final RelayGuests guests;
    private final PendingJoins joins = new PendingJoins();

    JoinDesk(
            EdgeSettings settings,
            TimerScheduler<Webbridge.Command> timers,
            LinkTable links,
            EdgeWording wording,
            RelayAccess relay,
            RelayGuests guests) {
        this.settings = settings;
        this.timers = timers;
        this.links = links;
        this.wording = wording;
        this.relay = relay;
        this.guests = guests;
    }

    int size() {
        return joins.size();
    }

    /** {@code trouble}: what kept the last callbridge away. */
    void join(Webbridge.Join join, @Nullable C2wFailure trouble) {
        Optional<JoinOutcome.Refused> bad = JoinFormRule.check(join.form());
        if (bad.isPresent()) {
            join.replyTo().tell(bad.get());
            return;
        }
        JoinForm form = join.form();
        String name = form.name() == null ? "" : form.name().strip();
        UUID session = UUID.randomUUID();
        wording.joins(session, name);
        Optional<LinkTable.Link> link = links.leastLoaded();
        if (link.isEmpty()) {
            join.replyTo().tell(Refusals.noCallbridge(trouble));
            return;
        }
        if (joins.size() >= settings.maxJoinsWaiting()) {
            join.replyTo()
                    .tell(Refusals.of(
                            "tooBusy", "Too many people are joining at once. Try again in a few seconds.", 2));
            return;
        }
        long request = joins.add(link.get(), join.host(), join.replyTo());
        timers.startSingleTimer("join-" + request, new Webbridge.JoinTimedOut(request), settings.joinTimeout());
        link.get()
                .connection
                .send(new C2wMessage.Join(
                        request,
                        session,
                        name,
                        form.callId(),
                        form.uri(),
                        form.secret(),
                        form.passcode(),
                        join.userAgent(),
                        join.source(),
                        join.tracing()));
    }

    /** Nobody waits any more for a join that comes too late: it gets no credentials either. */
    void accepted(C2wMessage.JoinAccepted accepted) {
        PendingJoins.Pending pending = remove(accepted.request());
        if (pending == null) {
            return;
        }
        UUID participant = accepted.participant();
        guests.joined(participant);
        pending.replyTo()
                .tell(new JoinOutcome.Joined(
                        accepted.token(),
                        accepted.user(),
                        participant,
                        accepted.call(),
                        accepted.callbridge(),
                        accepted.space(),
                        accepted.spaceName(),
                        settings.webSocketPath(),
                        relay.open(participant, pending.host()),
                        settings.iceTransportPolicy(),
                        accepted.expires()));
    }

    void refused(C2wMessage.JoinRefused refused) {
        answer(refused.request(), Refusals.of(refused.code(), refused.detail(), refused.retryAfterSeconds()));
    }

    void timedOut(long request) {
        answer(
                request,
                Refusals.of("callbridgeUnavailable", "The callbridge did not answer in time. Try again shortly.", 2));
    }

    void lost(LinkTable.Link link, @Nullable C2wFailure trouble) {
        joins.on(link).forEach(request -> answer(request, Refusals.noCallbridge(trouble)));
    }

    void stop() {
        joins.all().forEach(request -> answer(request, Refusals.stopping()));
    }

    private void answer(long request, JoinOutcome outcome) {
        PendingJoins.Pending pending = remove(request);
        if (pending != null) {
            pending.replyTo().tell(outcome);
        }
    }

    private PendingJoins.@Nullable Pending remove(long request) {
        timers.cancel("join-" + request);
        return joins.remove(request);
    }
}
