package io.convoke.actors.xmpp.session;

import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Steps 1 to 5: what this side needs, the configuration, the port, the names. */
final class FaultsBeforeTheConnection {
    private static final String SRV = "_xmpp-component._tcp." + Walks.DOMAIN;

    private FaultsBeforeTheConnection() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "the certificate's file is missing",
                        1,
                        "ownCertificateUnusable",
                        stage -> stage.walked(
                                Walks.settings("localhost:1"),
                                Walks.hostsOnly(),
                                () -> CompletableFuture.failedFuture(
                                        new IllegalStateException("there is no such file"))),
                        "own certificate",
                        "there is no such file",
                        "convoke.xmpp.callbridge.certificate"),
                Fault.of(
                        "the trust file holds no certificate",
                        1,
                        "ownCertificateUnusable",
                        stage -> stage.walked(
                                Walks.settings("localhost:1"),
                                Walks.hostsOnly(),
                                () -> CompletableFuture.failedFuture(new IllegalStateException(
                                        "trust.pem: expected a certificate, but found none"))),
                        "trust.pem",
                        "found none"),
                Fault.of(
                        "nothing but a domain is configured",
                        2,
                        "configurationIncomplete",
                        stage -> stage.walked(with("", Walks.DOMAIN, "", ""), Walks.hostsOnly()),
                        "the unique name and the shared secret are empty",
                        "Configuration > General"),
                Fault.of(
                        "the domain is missing",
                        2,
                        "configurationIncomplete",
                        stage -> stage.walked(with(Walks.NAME, "", Walks.SECRET, ""), Walks.hostsOnly()),
                        "the domain is empty"),
                Fault.of(
                        "the unique name is none",
                        2,
                        "uniqueNameInvalid",
                        stage -> stage.walked(with("call bridge", Walks.DOMAIN, Walks.SECRET, ""), Walks.hostsOnly()),
                        "Expected a domain name as uniqueName",
                        "\"call bridge\""),
                Fault.of(
                        "the port is too large",
                        3,
                        "serverAddressInvalid",
                        stage -> stage.walked(Walks.settings("localhost:70000"), Walks.hostsOnly()),
                        "\"localhost:70000\"",
                        "5223"),
                Fault.of(
                        "the port is no number",
                        3,
                        "serverAddressInvalid",
                        stage -> stage.walked(Walks.settings("localhost:xmpp"), Walks.hostsOnly()),
                        "\"localhost:xmpp\""),
                Fault.of(
                        "the target is a dot",
                        4,
                        "serviceNotOffered",
                        stage -> stage.byNames("--local=/test/", "--srv-host=" + SRV + ",,0"),
                        SRV,
                        "decidedly offers no such service"),
                Fault.of(
                        "no name server answers",
                        4,
                        "dnsTimeout",
                        stage -> stage.walked(
                                Walks.settings(""),
                                Walks.resolver(stage.opened(NameServer.silent()).getLocalPort())),
                        SRV,
                        "no name server answered in time",
                        "127.0.0.1"),
                Fault.of(
                        "the name server refuses",
                        4,
                        "dnsServerFailure",
                        stage -> stage.byNames("--local=/elsewhere.test/"),
                        SRV,
                        "the name server failed",
                        "REFUSED"),
                Fault.of(
                        "the target does not exist",
                        5,
                        "hostNotFound",
                        stage -> stage.byNames("--local=/test/", "--srv-host=" + SRV + ",gone.example.test,5223,10,0"),
                        "gone.example.test",
                        "NXDOMAIN",
                        "correct the SRV record"),
                Fault.of(
                        "the target has no address",
                        5,
                        "noAddress",
                        stage -> stage.byNames(
                                "--local=/test/",
                                "--srv-host=" + SRV + ",bare.example.test,5223,10,0",
                                "--txt-record=bare.example.test,nothing"),
                        "bare.example.test",
                        "there are no such records"),
                Fault.of(
                        "the target is an alias of nothing",
                        5,
                        "hostNotFound",
                        stage -> stage.byNames(
                                "--local=/test/",
                                "--srv-host=" + SRV + ",alias.example.test,5223,10,0",
                                "--cname=alias.example.test,real.example.test"),
                        "alias.example.test"),
                Fault.of(
                        "neither SRV records nor the domain itself exist",
                        5,
                        "hostNotFound",
                        stage -> stage.byNames("--local=/test/"),
                        Walks.DOMAIN,
                        "NXDOMAIN"),
                Fault.of(
                        "the server's name cannot be looked up",
                        5,
                        "dnsTimeout",
                        stage -> stage.walked(
                                Walks.settings("xmpp.example.test"),
                                Walks.resolver(stage.opened(NameServer.silent()).getLocalPort())),
                        "xmpp.example.test",
                        "no name server answered in time"));
    }

    private static RegistrationSettings with(String name, String domain, String secret, String address) {
        RegistrationSettings usual = Walks.settings(address);
        return new RegistrationSettings(
                name, domain, secret, address, null, usual.plainTcp(), true, usual.limits(), usual.bounds());
    }
}
