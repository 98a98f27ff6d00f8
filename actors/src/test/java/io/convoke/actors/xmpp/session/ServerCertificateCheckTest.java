package io.convoke.actors.xmpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.registration.CertificateSeen;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.registration.ServerCertificateCheck;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a server's certificate must carry, and how they may be written (RFC 6120 §13.7.1, RFC 9525 §6). */
class ServerCertificateCheckTest {
    private static final TestCertificates AUTHORITY = new TestCertificates("CA");

    @ParameterizedTest
    @CsvSource({
        "example.org, xmpp.example.org, example.org xmpp.example.org, ''",
        "example.org, XMPP.Example.ORG, EXAMPLE.org xmpp.EXAMPLE.org, ''",
        "example.org, xmpp.example.org, example.org *.example.org, ''",
        "example.org, a.xmpp.example.org, example.org *.example.org, fqdnMissing",
        "example.org, xmpp.example.org, *.example.org, domainMissing",
        "example.org, xmpp.example.org, example.org x*.example.org, fqdnMissing",
        "example.org, xmpp.example.org, example.org *mpp.example.org, fqdnMissing",
        "example.org, example.org, *.org, namesMissing",
        "example.org, example.org, example.org, ''",
        "example.org, xmpp.example.org, XmppAddr:example.org xmpp.example.org, ''",
        "example.org, xmpp.example.org, SRVName:_xmpp-component.example.org xmpp.example.org, ''",
        "example.org, xmpp.example.org, SRVName:_xmpp-server.example.org xmpp.example.org, ''",
        "example.org, xmpp.example.org, SRVName:_imap.example.org xmpp.example.org, domainMissing",
        "example.org, xmpp.example.org, XmppAddr:xmpp.example.org example.org, fqdnMissing",
        "bücher.example, xmpp.bücher.example, xn--bcher-kva.example xmpp.xn--bcher-kva.example, ''",
        "bücher.example, xmpp.example.org, XmppAddr:bücher.example xmpp.example.org, ''",
        "bücher.example, xmpp.example.org, xn--*.example xmpp.example.org, domainMissing",
        "example.org, 127.0.0.1, example.org 127.0.0.1, ''",
        "example.org, ::1, example.org ::1, ''",
        "example.org, 127.0.0.1, example.org 127.0.0.2, fqdnMissing",
        "example.org, 127.0.0.1, example.org localhost, fqdnMissing"
    })
    void shouldWantTheDomainAndTheServer(String domain, String host, String names, String code) throws Exception {
        // given
        TestCertificates.Identity server = AUTHORITY.issue(names.split(" "));
        InetAddress address = InetAddress.getByName(host.startsWith("127") || host.equals("::1") ? host : "127.0.0.1");

        // when
        var failure = new ServerCertificateCheck(domain, new ServerAddress(host, 5223), address, true)
                .judge(server.chain(), Set.of(AUTHORITY.certificate()), "the test", Instant.now());

        // then
        assertThat(failure.map(RegistrationFailure::code).orElse("")).isEqualTo(code);
    }

    @Test
    void shouldTrustACertificateThatIsItselfInTheTrust() {
        // given
        TestCertificates.Identity server = AUTHORITY.issue("example.org");

        // then
        assertThat(check().judge(
                                List.of(server.certificate()), Set.of(server.certificate()), "the test", Instant.now()))
                .isEmpty();
        assertThat(check().judge(List.of(server.certificate()), Set.of(), "the test", Instant.now()))
                .map(RegistrationFailure::code)
                .contains("unknownIssuer");
    }

    @Test
    void shouldShowAllKindsOfNames() {
        // given
        TestCertificates.Identity server =
                AUTHORITY.issue("example.org", "10.0.0.1", "XmppAddr:example.org", "SRVName:_xmpp-server.example.org");

        // then
        assertThat(CertificateSeen.of(server.certificate()).sans())
                .containsExactly("example.org", "10.0.0.1", "XmppAddr:example.org", "SRVName:_xmpp-server.example.org");
    }

    private static ServerCertificateCheck check() {
        return new ServerCertificateCheck(
                "example.org", new ServerAddress("example.org", 5223), InetAddress.getLoopbackAddress(), true);
    }
}
