package io.convoke.actors.xmpp.session;

import io.convoke.actors.dns.NameLookup;
import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.media.xmpp.dial.StreamDialer;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.xml.Element;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A registration on the caller's own thread, for whoever wants to watch one: the check from the command line, and tests. */
public final class RegistrationWalk implements AutoCloseable {
    private final BlockingQueue<RegistrationEvent> events = new LinkedBlockingQueue<>();
    private final RegistrationDrive drive;

    public RegistrationWalk(
            RegistrationSettings settings,
            NameLookup names,
            StreamDialer dialer,
            Supplier<CompletionStage<DialTls>> tls) {
        drive = new RegistrationDrive(
                settings,
                new RegistrationDrive.Ports(names, dialer, tls, events::add, System::nanoTime, new SecureRandom()),
                new Answering());
    }

    /**
     * Goes on until it is enough or the time is over, and says where it is then.
     *
     * @param changes told of each change, on this thread
     */
    public RegistrationView until(
            Predicate<RegistrationView> enough, Duration within, Consumer<RegistrationView> changes)
            throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        RegistrationView view = drive.view();
        while (!enough.test(view) && System.nanoTime() - end < 0) {
            long wait = Math.min(end - System.nanoTime(), untilDeadline());
            RegistrationEvent event = events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (event == null) {
                drive.handleTimeout();
            } else {
                drive.handle(event);
            }
            view = drive.view();
            changes.accept(view);
        }
        return view;
    }

    private long untilDeadline() {
        long deadline = drive.deadlineNanos();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
    }

    /** Takes the registration down. */
    @Override
    public void close() {
        drive.stop();
    }

    /** Only what proves that it lives: a walk takes no logins. */
    private final class Answering implements RegistrationDrive.Listener {
        @Override
        public void registered() {}

        @Override
        public void failed(RegistrationFailure failure, boolean wasRegistered) {}

        @Override
        public void received(Element stanza) {
            SessionAnswers.toWellKnown(stanza)
                    .or(() -> SessionAnswers.refusal(stanza))
                    .ifPresent(drive::send);
            if (SessionAnswers.isLogin(stanza)) {
                drive.used();
            }
        }
    }
}
