package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.dns.SrvRecord;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A registration with its shell played by the test, and time that passes only when the test says so. */
final class Registered {
    static final CertificateSeen SEEN =
            new CertificateSeen("CN=server", "CN=ca", List.of("chat.test"), Instant.EPOCH, Instant.MAX);
    static final String SRV = "_xmpp-component._tcp.chat.test";
    private static final RegistrationSettings.Bounds BOUNDS = new RegistrationSettings.Bounds(
            seconds(5), seconds(5), seconds(10), seconds(20), seconds(10), millis(500), seconds(30));

    final ComponentRegistration machine;
    final List<RegistrationOutput> outputs = new ArrayList<>();
    long now;

    Registered(String address, Set<ServerAddress> plainTcp, @Nullable ServerAddress only) {
        machine = new ComponentRegistration(
                new RegistrationSettings(
                        "cb.test",
                        "chat.test",
                        "secret",
                        address,
                        only,
                        plainTcp,
                        true,
                        new StreamLimits(65536, 50, 50, 1000),
                        BOUNDS),
                new SplittableRandom(5),
                now);
        drain();
        prepared();
    }

    static Registered at(String address) {
        return new Registered(address, Set.of(), null);
    }

    static Registered byNames() {
        return at("");
    }

    static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void prepared() {
        machine.handlePrepared(now, null);
        drain();
    }

    void services(long ttlSeconds, SrvRecord... records) {
        answer(DnsAnswer.services(new DnsQuestion(SRV, DnsQuestion.Type.SRV), List.of(records), ttlSeconds));
    }

    void four(String host, long ttlSeconds, int... last) {
        addresses(host, DnsQuestion.Type.A, ttlSeconds, last);
    }

    void six(String host, long ttlSeconds, int... last) {
        addresses(host, DnsQuestion.Type.AAAA, ttlSeconds, last);
    }

    void nothing(String host, DnsQuestion.Type type, DnsAnswer.Outcome outcome) {
        answer(DnsAnswer.without(new DnsQuestion(host, type), outcome, List.of(), ""));
    }

    private void addresses(String host, DnsQuestion.Type type, long ttlSeconds, int... last) {
        List<InetAddress> addresses = new ArrayList<>();
        for (int one : last) {
            addresses.add(type == DnsQuestion.Type.A ? ip4(one) : ip6(one));
        }
        answer(
                addresses.isEmpty()
                        ? DnsAnswer.without(new DnsQuestion(host, type), DnsAnswer.Outcome.NO_DATA, List.of(), "")
                        : DnsAnswer.addresses(new DnsQuestion(host, type), addresses, List.of(), ttlSeconds));
    }

    void answer(DnsAnswer answer) {
        machine.handleAnswer(now, answer);
        drain();
    }

    void connected(long attempt) {
        machine.handleConnected(now, attempt);
        drain();
    }

    void secured(long attempt) {
        machine.handleSecured(now, attempt, SEEN);
        drain();
    }

    void refused(long attempt) {
        broken(attempt, new Break.NotConnected(Break.Connecting.REFUSED, ""));
    }

    void broken(long attempt, Break why) {
        machine.handleBroken(now, attempt, why);
        drain();
    }

    void bytes(long attempt, String text) {
        machine.handlePacket(now, attempt, text.getBytes(StandardCharsets.UTF_8));
        drain();
    }

    /** From the open connection to the accepted secret. */
    void accepted(long attempt) {
        bytes(
                attempt,
                "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'"
                        + " from='cb.test' id='1'>");
        bytes(attempt, "<handshake/>");
    }

    /** Time passes; what is due on the way happens when it is due. */
    void pass(long nanos) {
        long end = now + nanos;
        for (long due = machine.deadlineNanos(); due != Long.MAX_VALUE && due <= end; due = machine.deadlineNanos()) {
            now = due;
            machine.handleTimeout(now);
            drain();
        }
        now = end;
    }

    /** What came out since the last time, of one kind. */
    <T extends RegistrationOutput> List<T> take(Class<T> kind) {
        List<T> taken =
                outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
        outputs.clear();
        return taken;
    }

    private void drain() {
        for (RegistrationOutput output = machine.poll(); output != null; output = machine.poll()) {
            outputs.add(output);
        }
    }

    static InetAddress ip4(int last) {
        return address(new byte[] {10, 0, 0, (byte) last});
    }

    static InetAddress ip6(int last) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[15] = (byte) last;
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
