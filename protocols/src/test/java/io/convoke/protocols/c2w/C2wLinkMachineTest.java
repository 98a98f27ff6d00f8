package io.convoke.protocols.c2w;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.c2w.C2wFrame.Kind;
import io.convoke.protocols.c2w.C2wLinkMachine.End;
import io.convoke.protocols.c2w.C2wLinkMachine.Output;
import io.convoke.protocols.c2w.C2wLinkMachine.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class C2wLinkMachineTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final C2wLinkMachine.Settings SETTINGS =
            new C2wLinkMachine.Settings(5 * SECOND, 4 * SECOND, 30 * SECOND, 3, 1000);
    /** Near the wrap-around, where a careless comparison fails. */
    private long now = Long.MAX_VALUE - SECOND;

    private final C2wLinkMachine callbridge = new C2wLinkMachine(Side.CALLBRIDGE, SETTINGS, now);
    private final C2wLinkMachine webbridge = new C2wLinkMachine(Side.WEBBRIDGE, SETTINGS, now);

    @Test
    void shouldExchangeHellosThenRequests() {
        // given
        greet();
        // when
        webbridge.handleSend(now, frame(Kind.REQUEST, 7, "join"));
        List<C2wFrame> arrived = carry(webbridge, callbridge);
        callbridge.handleSend(now, frame(Kind.RESPONSE, 7, "joinAccepted"));
        List<C2wFrame> answered = carry(callbridge, webbridge);
        // then
        assertThat(arrived).containsExactly(frame(Kind.REQUEST, 7, "join"));
        assertThat(answered).containsExactly(frame(Kind.RESPONSE, 7, "joinAccepted"));
        assertThat(webbridge.inFlight()).isZero();
    }

    @Test
    void shouldEndWhenSomethingComesBeforeTheHello() {
        // when
        webbridge.handleMessage(now, C2wFrameCodec.encode(frame(Kind.EVENT, 0, "sessionDown")));
        // then
        assertThat(ended(webbridge)).isEqualTo(End.PROTOCOL);
    }

    @Test
    void shouldNotTakeAnAnswerBeforeItsOwnHello() {
        // when
        callbridge.handleMessage(now, C2wFrameCodec.encode(frame(Kind.EVENT, 0, "helloAnswer")));
        // then
        assertThat(ended(callbridge)).isEqualTo(End.PROTOCOL);
    }

    @Test
    void shouldRefuseToSendBeforeTheHello() {
        assertThatThrownBy(() -> callbridge.handleSend(now, frame(Kind.EVENT, 0, "sessionDown")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldEndWithoutHelloInTime() {
        // when
        now = webbridge.deadlineNanos();
        webbridge.handleTimeout(now);
        // then
        assertThat(ended(webbridge)).isEqualTo(End.HELLO_TIMEOUT);
    }

    @Test
    void shouldStayUpForAnHourOnProbesAlone() {
        // given
        greet();
        long end = now + 3600 * SECOND;
        // when
        while (now - end < 0) {
            now = callbridge.deadlineNanos() - webbridge.deadlineNanos() < 0
                    ? callbridge.deadlineNanos()
                    : webbridge.deadlineNanos();
            callbridge.handleTimeout(now);
            webbridge.handleTimeout(now);
            carry(callbridge, webbridge);
            carry(webbridge, callbridge);
            carry(callbridge, webbridge);
        }
        // then
        assertThat(callbridge.deadlineNanos() - now).isPositive();
        assertThat(webbridge.deadlineNanos() - now).isPositive();
    }

    @Test
    void shouldEndAfterThreeSilentIntervals() {
        // given
        greet();
        long start = now;
        int probes = 0;
        Output.Ended ended = null;
        // when
        while (ended == null) {
            now = callbridge.deadlineNanos();
            callbridge.handleTimeout(now);
            for (Output output = callbridge.poll(); output != null; output = callbridge.poll()) {
                if (output instanceof Output.Ended e) {
                    ended = e;
                } else {
                    probes++;
                }
            }
        }
        // then
        assertThat(ended.end()).isEqualTo(End.SILENCE);
        assertThat(probes).isEqualTo(2);
        assertThat(now - start).isEqualTo(15 * SECOND);
    }

    @Test
    void shouldEndWhenThePeerLeavesTooManyRequestsOpen() {
        // given
        greet();
        for (int id = 1; id <= 3; id++) {
            webbridge.handleSend(now, frame(Kind.REQUEST, id, "join"));
        }
        carry(webbridge, callbridge);
        // when
        webbridge.handleSend(now, frame(Kind.REQUEST, 4, "join"));
        // then
        assertThat(ended(webbridge)).isEqualTo(End.OVERLOAD);
    }

    @Test
    void shouldForgetRequestsThatNobodyAnswered() {
        // given
        greet();
        webbridge.handleSend(now, frame(Kind.REQUEST, 1, "join"));
        carry(webbridge, callbridge);
        // when
        now += 30 * SECOND;
        webbridge.handleMessage(now, C2wFrameCodec.encode(C2wFrame.probe(Kind.PONG, 1)));
        webbridge.handleTimeout(now);
        webbridge.handleMessage(now, C2wFrameCodec.encode(frame(Kind.RESPONSE, 1, "joinAccepted")));
        // then
        assertThat(webbridge.inFlight()).isZero();
        assertThat(webbridge.ignoredResponses()).isEqualTo(1);
        assertThat(webbridge.poll()).isNull();
    }

    @Test
    void shouldBoundWhatThePeerAsks() {
        // given
        greet();
        // when
        for (int id = 1; id <= 4; id++) {
            callbridge.handleMessage(now, C2wFrameCodec.encode(frame(Kind.REQUEST, id, "join")));
        }
        // then
        assertThat(ended(callbridge)).isEqualTo(End.PROTOCOL);
    }

    @Test
    void shouldEndOnARequestNumberUsedTwice() {
        // given
        greet();
        byte[] request = C2wFrameCodec.encode(frame(Kind.REQUEST, 1, "join"));
        callbridge.handleMessage(now, request);
        // when
        callbridge.handleMessage(now, request);
        // then
        assertThat(ended(callbridge)).isEqualTo(End.PROTOCOL);
    }

    @Test
    void shouldNameAnotherVersion() {
        // when
        webbridge.handleMessage(now, new byte[] {9});
        // then
        assertThat(ended(webbridge)).isEqualTo(End.VERSION);
    }

    @Test
    void shouldSayNothingAfterItsEnd() {
        // given
        webbridge.handleMessage(now, new byte[0]);
        assertThat(ended(webbridge)).isEqualTo(End.PROTOCOL);
        // when
        webbridge.handleMessage(now, C2wFrameCodec.encode(frame(Kind.EVENT, 0, "hello")));
        webbridge.handleSend(now, frame(Kind.EVENT, 0, "helloAnswer"));
        webbridge.handleTimeout(now + 3600 * SECOND);
        // then
        assertThat(webbridge.poll()).isNull();
        assertThat(webbridge.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTakeRandomBytesWithoutThrowing() {
        long seed = 20261120;
        Random random = new Random(seed);
        for (int run = 0; run < 2000; run++) {
            // given
            C2wLinkMachine machine = new C2wLinkMachine(Side.WEBBRIDGE, SETTINGS, now);
            byte[] bytes = C2wFrameCodec.encode(frame(Kind.EVENT, 0, "hello"));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            // when
            machine.handleMessage(now, bytes);
            // then
            assertThat(machine.poll()).as("seed %d, run %d", seed, run).isNotNull();
        }
    }

    private void greet() {
        callbridge.handleSend(now, frame(Kind.EVENT, 0, "hello"));
        assertThat(carry(callbridge, webbridge)).hasSize(1);
        webbridge.handleSend(now, frame(Kind.EVENT, 0, "helloAnswer"));
        assertThat(carry(webbridge, callbridge)).hasSize(1);
    }

    /** Takes everything from one to the other; answers what the other delivered. */
    private List<C2wFrame> carry(C2wLinkMachine from, C2wLinkMachine to) {
        List<C2wFrame> delivered = new ArrayList<>();
        List<Output> answers = new ArrayList<>();
        for (Output output = from.poll(); output != null; output = from.poll()) {
            to.handleMessage(now, ((Output.Transmit) output).message());
        }
        for (Output output = to.poll(); output != null; output = to.poll()) {
            if (output instanceof Output.Deliver deliver) {
                delivered.add(deliver.frame());
            } else {
                answers.add(output);
            }
        }
        for (Output answer : answers) {
            from.handleMessage(now, ((Output.Transmit) answer).message());
        }
        return delivered;
    }

    private static End ended(C2wLinkMachine machine) {
        Output last = null;
        for (Output output = machine.poll(); output != null; output = machine.poll()) {
            last = output;
        }
        return ((Output.Ended) last).end();
    }

    private static C2wFrame frame(Kind kind, long id, String name) {
        return new C2wFrame(kind, id, name, "{}".getBytes(StandardCharsets.UTF_8));
    }
}
