package io.convoke.protocols.xmpp.registration;

import static io.convoke.protocols.xmpp.registration.Registered.ip4;
import static io.convoke.protocols.xmpp.registration.Registered.ip6;
import static io.convoke.protocols.xmpp.registration.Registered.millis;
import static io.convoke.protocols.xmpp.registration.Registered.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.dns.SrvRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The twelve steps in virtual time. */
class ComponentRegistrationTest {
    private static final SrvRecord A = new SrvRecord(10, 0, 5223, "a.test");
    private static final SrvRecord B = new SrvRecord(20, 0, 5224, "b.test");

    @Test
    void shouldTakePort5223WhereTheAddressNamesNone() {
        // given
        Registered one = Registered.at("xmpp.test");

        // then
        assertThat(one.take(RegistrationOutput.Ask.class))
                .extracting(RegistrationOutput.Ask::question)
                .containsExactly(
                        new DnsQuestion("xmpp.test", DnsQuestion.Type.AAAA),
                        new DnsQuestion("xmpp.test", DnsQuestion.Type.A));

        // when
        one.six("xmpp.test", 60);
        one.four("xmpp.test", 60, 1);

        // then
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(1, ip4(1), 5223));
    }

    @Test
    void shouldWalkAllStepsInTheirOrder() {
        // given
        Registered one = Registered.byNames();
        assertThat(one.machine.view().step()).isEqualTo(Step.SERVICE_RECORDS);

        // when
        one.services(60, A);
        assertThat(one.machine.view().step()).isEqualTo(Step.ADDRESSES);
        one.six("a.test", 60);
        one.four("a.test", 60, 1);
        assertThat(one.machine.view().step()).isEqualTo(Step.CONNECT);
        one.connected(1);
        assertThat(one.machine.view().step()).isEqualTo(Step.TLS);
        one.secured(1);
        assertThat(one.machine.view().step()).isEqualTo(Step.REGISTER);
        one.bytes(
                1,
                "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='1'>");
        assertThat(one.machine.view().step()).isEqualTo(Step.VALIDATE);
        one.bytes(1, "<handshake/>");

        // then
        RegistrationView view = one.machine.view();
        assertThat(view.step()).isEqualTo(Step.ACTIVE);
        assertThat(view.state()).isEqualTo("registered");
        assertThat(view.server()).isEqualTo(new ServerAddress("a.test", 5223));
        assertThat(view.transport()).isEqualTo("tls");
        assertThat(view.certificate()).isEqualTo(Registered.SEEN);
        assertThat(view.candidates())
                .containsExactly(new CandidateView("10.0.0.1", 5223, "a.test", 10, 0, "registered"));
        assertThat(one.take(RegistrationOutput.Registered.class)).hasSize(1);

        // when
        one.machine.handleUsed(one.now);

        // then
        assertThat(one.machine.view().step()).isEqualTo(Step.USE);
    }

    @Test
    void shouldStartTheNextAddressAfterAQuarterOfASecond() {
        // given
        Registered one = Registered.at("xmpp.test");
        one.six("xmpp.test", 60, 1);
        one.four("xmpp.test", 60, 1, 2);
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(1, ip6(1), 5223));

        // when
        one.pass(millis(249));
        assertThat(one.take(RegistrationOutput.Connect.class)).isEmpty();
        one.pass(millis(1));
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(2, ip4(1), 5223));
        one.connected(2);

        // then
        assertThat(one.outputs).contains(new RegistrationOutput.Close(1));
        assertThat(one.take(RegistrationOutput.Secure.class))
                .extracting(RegistrationOutput.Secure::attempt)
                .containsExactly(2L);
    }

    @Test
    void shouldNotWaitWithTheNextAddressWhereOneRefuses() {
        // given
        Registered one = Registered.at("xmpp.test");
        one.six("xmpp.test", 60);
        one.four("xmpp.test", 60, 1, 2);
        one.take(RegistrationOutput.Connect.class);

        // when
        one.refused(1);

        // then
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(2, ip4(2), 5223));
    }

    @Test
    void shouldGiveIpv6FiftyMillisecondsOnceIpv4IsKnown() {
        // given
        Registered one = Registered.at("xmpp.test");

        // when
        one.four("xmpp.test", 60, 1);
        one.pass(millis(49));
        assertThat(one.take(RegistrationOutput.Connect.class)).isEmpty();
        one.pass(millis(1));

        // then
        assertThat(one.take(RegistrationOutput.Connect.class)).hasSize(1);

        // when
        one.six("xmpp.test", 60, 1);
        one.refused(1);

        // then
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(2, ip6(1), 5223));
    }

    @Test
    void shouldGoToTheNextServerWhenAllAddressesOfTheFirstAreDead() {
        // given
        Registered one = Registered.byNames();
        one.services(60, B, A);
        one.six("a.test", 60);
        one.four("a.test", 60, 1);

        // when
        one.pass(seconds(5));
        one.six("b.test", 60);
        one.four("b.test", 60, 2);

        // then
        assertThat(one.take(RegistrationOutput.Connect.class))
                .contains(new RegistrationOutput.Connect(2, ip4(2), 5224));
        assertThat(one.machine.view().candidates())
                .extracting(CandidateView::outcome)
                .containsExactly("no answer in time", "connecting");
    }

    @Test
    void shouldReportTheFailureThatGotFarthestAndTryAgain() {
        // given
        Registered one = Registered.byNames();
        one.services(60, A, B);
        one.six("a.test", 60);
        one.four("a.test", 60, 1);
        one.connected(1);

        // when
        one.broken(1, new Break.Tls(new TlsProblem(TlsProblem.Kind.RESET, "reset"), null));
        one.six("b.test", 60);
        one.four("b.test", 60, 2);
        one.refused(2);

        // then
        RegistrationView view = one.machine.view();
        assertThat(view.state()).isEqualTo("waiting");
        assertThat(view.step()).isEqualTo(Step.TLS);
        assertThat(view.lastError())
                .isNotNull()
                .extracting(RegistrationFailure::code)
                .isEqualTo("tlsReset");
        assertThat(one.take(RegistrationOutput.Failed.class)).hasSize(1);
        assertThat(view.nextRetryNanos()).isBetween(one.now + millis(400), one.now + millis(600));
    }

    @Test
    void shouldDoubleThePauseUpToTheLongest() {
        // given
        Registered one = Registered.at("xmpp.test");
        long[] pauses = new long[9];

        // when
        for (int i = 0; i < pauses.length; i++) {
            one.nothing("xmpp.test", DnsQuestion.Type.AAAA, DnsAnswer.Outcome.NO_SUCH_NAME);
            one.nothing("xmpp.test", DnsQuestion.Type.A, DnsAnswer.Outcome.NO_SUCH_NAME);
            Long retry = one.machine.view().nextRetryNanos();
            assertThat(retry).isNotNull();
            pauses[i] = retry - one.now;
            one.pass(pauses[i]);
            one.prepared();
        }

        // then
        for (int i = 0; i < pauses.length; i++) {
            double usual = Math.min(0.5 * Math.pow(2, i), 30);
            assertThat(pauses[i] / 1e9).isBetween(usual * 0.8, usual * 1.2);
        }
        assertThat(one.machine.view().attempts()).isEqualTo(10);
    }

    @Test
    void shouldAskNameServersAgainOnlyWhenTheTimeToLiveIsOver() {
        // given
        Registered one = Registered.byNames();
        one.services(2, A);
        one.six("a.test", 3600, 1);
        one.four("a.test", 3600, 1);
        one.refused(1);
        one.take(RegistrationOutput.class);

        // when
        one.refused(2);
        one.pass(seconds(1));
        one.prepared();

        // then
        assertThat(one.outputs).noneMatch(RegistrationOutput.Ask.class::isInstance);
        assertThat(one.take(RegistrationOutput.Connect.class)).hasSize(1);

        // when
        one.refused(3);
        one.refused(4);
        one.pass(seconds(2));
        one.prepared();

        // then
        assertThat(one.take(RegistrationOutput.Ask.class))
                .extracting(RegistrationOutput.Ask::question)
                .contains(new DnsQuestion(Registered.SRV, DnsQuestion.Type.SRV))
                .doesNotContain(new DnsQuestion("a.test", DnsQuestion.Type.A));
    }

    @Test
    void shouldTryTheDomainItselfWhereThereAreNoServiceRecords() {
        // given
        Registered one = Registered.byNames();

        // when
        one.nothing(Registered.SRV, DnsQuestion.Type.SRV, DnsAnswer.Outcome.NO_DATA);
        one.six("chat.test", 60);
        one.four("chat.test", 60, 1);

        // then
        assertThat(one.take(RegistrationOutput.Connect.class))
                .containsExactly(new RegistrationOutput.Connect(1, ip4(1), 5223));
        assertThat(one.machine.view().warnings()).singleElement().asString().contains("There is no SRV");
    }

    @Test
    void shouldWarnOfATargetThatIsAnAlias() {
        // given
        Registered one = Registered.byNames();
        one.services(60, A);

        // when
        one.answer(DnsAnswer.addresses(
                new DnsQuestion("a.test", DnsQuestion.Type.A), List.of(ip4(1)), List.of("real.test"), 60));

        // then
        assertThat(one.machine.view().warnings())
                .singleElement()
                .asString()
                .contains("a.test", "real.test", "RFC 2782");
    }

    @Test
    void shouldSpeakPlainTcpOnlyWithServersThatMayBeSpokenToSo() {
        // given
        Registered one = new Registered("xmpp.test:5347", Set.of(new ServerAddress("xmpp.test", 5347)), null);
        one.six("xmpp.test", 60);
        one.four("xmpp.test", 60, 1);

        // when
        one.connected(1);

        // then
        assertThat(one.outputs).noneMatch(RegistrationOutput.Secure.class::isInstance);
        assertThat(one.take(RegistrationOutput.Transmit.class)).hasSize(1);
        assertThat(one.machine.view().transport()).isEqualTo("tcp");
    }

    @Test
    void shouldRegisterWithTheOneServerThatIsMeant() {
        // given
        Registered one = new Registered("", Set.of(), new ServerAddress("b.test", 5224));

        // when
        one.services(1, A, B);

        // then
        assertThat(one.machine.view().server()).isEqualTo(new ServerAddress("b.test", 5224));

        // when
        one.nothing("b.test", DnsQuestion.Type.AAAA, DnsAnswer.Outcome.NO_DATA);
        one.nothing("b.test", DnsQuestion.Type.A, DnsAnswer.Outcome.NO_DATA);
        one.pass(seconds(2));
        one.prepared();
        one.services(1, A);

        // then
        assertThat(one.machine.view().lastError())
                .isNotNull()
                .extracting(RegistrationFailure::code)
                .isEqualTo("serverNoLongerNamed");
    }

    @Test
    void shouldRegisterAgainSoonAfterALongRegistrationWasLost() {
        // given
        Registered one = Registered.at("xmpp.test");
        one.six("xmpp.test", 3600);
        one.four("xmpp.test", 3600, 1);
        one.connected(1);
        one.secured(1);
        one.accepted(1);

        // when
        for (int i = 0; i < 10; i++) {
            one.pass(seconds(10));
            one.bytes(1, " ");
        }
        one.broken(1, new Break.Closed("the connection was reset"));

        // then
        assertThat(one.take(RegistrationOutput.Failed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.wasRegistered()).isTrue();
            assertThat(failed.failure().step()).isEqualTo(Step.ACTIVE);
        });
        assertThat(one.machine.view().registeredSinceNanos()).isNull();
        assertThat(one.machine.view().nextRetryNanos()).isLessThanOrEqualTo(one.now + millis(600));
    }

    @Test
    void shouldCloseWhatIsOpenWhenItIsStoppedAndNeverGoOn() {
        // given
        Registered one = Registered.at("xmpp.test");
        one.six("xmpp.test", 60);
        one.four("xmpp.test", 60, 1);
        one.connected(1);
        one.secured(1);
        one.accepted(1);
        one.take(RegistrationOutput.class);

        // when
        one.machine.handleStop(one.now);
        one.pass(seconds(100));
        one.bytes(1, "<message/>");

        // then
        assertThat(one.take(RegistrationOutput.class)).hasSize(2).last().isEqualTo(new RegistrationOutput.Close(1));
        assertThat(one.machine.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotMindAnswersAndConnectionsThatNobodyWaitsFor() {
        // given
        Registered one = Registered.at("xmpp.test");

        // when
        one.four("other.test", 60, 1);
        one.connected(99);
        one.secured(99);
        one.bytes(99, "<");
        one.broken(99, new Break.Closed(""));

        // then
        assertThat(one.machine.view().step()).isEqualTo(Step.ADDRESSES);
        assertThat(one.take(RegistrationOutput.Close.class)).containsExactly(new RegistrationOutput.Close(99));
    }
}
