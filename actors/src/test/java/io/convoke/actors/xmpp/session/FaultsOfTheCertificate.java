package io.convoke.actors.xmpp.session;

import io.convoke.actors.xmpp.session.TestCertificates.Wanted;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Step 8: the server's certificate. */
final class FaultsOfTheCertificate {
    private FaultsOfTheCertificate() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "only the domain",
                        8,
                        "fqdnMissing",
                        stage -> stage.presenting(stage.walks.authority.issue(Walks.DOMAIN)),
                        "the server's FQDN localhost is missing",
                        "present: " + Walks.DOMAIN),
                Fault.of(
                        "only the FQDN",
                        8,
                        "domainMissing",
                        stage -> stage.presenting(stage.walks.authority.issue("localhost")),
                        "the XMPP domain " + Walks.DOMAIN + " is missing",
                        "present: localhost"),
                Fault.of(
                        "other names",
                        8,
                        "namesMissing",
                        stage -> stage.presenting(stage.walks.authority.issue("www.example.test", "10.0.0.1")),
                        Walks.DOMAIN + " and the server's FQDN localhost are missing",
                        "present: www.example.test, 10.0.0.1"),
                Fault.of(
                        "names in the subject only",
                        8,
                        "namesMissing",
                        stage -> stage.presenting(stage.walks.authority.issue(new Wanted(Walks.DOMAIN))),
                        "no SAN entry at all",
                        "CN=" + Walks.DOMAIN,
                        "does not count"),
                Fault.of(
                        "a wildcard of the wrong depth",
                        8,
                        "domainMissing",
                        stage -> stage.presenting(stage.walks.authority.issue("*.test", "localhost")),
                        "the XMPP domain " + Walks.DOMAIN + " is missing",
                        "present: *.test, localhost"),
                Fault.of(
                        "expired",
                        8,
                        "certificateExpired",
                        stage -> stage.presenting(stage.walks.authority.issue(new Wanted("old")
                                .names(Walks.DOMAIN, "localhost")
                                .valid(Duration.ofDays(-9), Duration.ofDays(-2)))),
                        "CN=old expired on"),
                Fault.of(
                        "not valid yet",
                        8,
                        "certificateNotYetValid",
                        stage -> stage.presenting(stage.walks.authority.issue(new Wanted("young")
                                .names(Walks.DOMAIN, "localhost")
                                .valid(Duration.ofDays(2), Duration.ofDays(9)))),
                        "CN=young is valid only from",
                        "clocks"),
                Fault.of(
                        "an issuer that nobody knows",
                        8,
                        "unknownIssuer",
                        stage -> stage.presenting(new TestCertificates("Somebody").issue(Walks.DOMAIN, "localhost")),
                        "the trust bundle",
                        "issued by CN=Somebody",
                        "convoke.xmpp.callbridge.trust"),
                Fault.of(
                        "not for servers",
                        8,
                        "certificateNotForServers",
                        stage -> stage.presenting(stage.walks.authority.issue(new Wanted("client")
                                .names(Walks.DOMAIN, "localhost")
                                .purpose(KeyPurposeId.id_kp_clientAuth))),
                        "extended key usage of CN=client"),
                Fault.of(
                        "an address that is not in it",
                        8,
                        "fqdnMissing",
                        stage -> {
                            TestCertificates.Identity named = stage.walks.authority.issue(Walks.DOMAIN, "localhost");
                            ScriptedServer server = stage.opened(new ScriptedServer(
                                    line -> line.tls(named).accept().swallow()));
                            return stage.walked(Walks.settings("127.0.0.1:" + server.port()), Walks.hostsOnly());
                        },
                        "the server's address 127.0.0.1 is missing"));
    }
}
