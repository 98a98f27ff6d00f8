package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.xmpp.component.ComponentInitiator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What an operator reads when a step fails. */
final class RegistrationWords {
    private RegistrationWords() {}

    static RegistrationFailure incomplete(List<String> missing) {
        return new RegistrationFailure(
                Step.CONFIGURATION,
                "configurationIncomplete",
                "Expected a unique name, a domain and a shared secret, but " + String.join(" and ", missing)
                        + (missing.size() == 1 ? " is" : " are") + " empty",
                "Set what is missing in the web admin (Configuration > General) or through /api/v1/system/configuration/xmpp.");
    }

    static RegistrationFailure noName(String field, String found) {
        return new RegistrationFailure(
                Step.CONFIGURATION,
                field + "Invalid",
                "Expected a domain name as " + field + ", but found \"" + found + "\"",
                "Set it to a name such as callbridge1.example.org.");
    }

    static RegistrationFailure address(String found) {
        return new RegistrationFailure(
                Step.PORT,
                "serverAddressInvalid",
                "Expected host or host:port, with a port from 1 to 65535, as server address, but found \"" + found
                        + "\"",
                "Correct the server address, or leave it empty to have the domain's SRV records say. Without a port it is "
                        + ServerAddress.DEFAULT_PORT + ".");
    }

    static RegistrationFailure services(DnsAnswer answer) {
        String name = answer.question().name();
        return new RegistrationFailure(
                Step.SERVICE_RECORDS,
                answer.outcome() == DnsAnswer.Outcome.TIMEOUT ? "dnsTimeout" : "dnsServerFailure",
                "Expected an answer to SRV " + name + ", but " + outcome(answer),
                "Check that the name server is reachable and serves the domain's zone; or set a server address, which needs no SRV"
                        + " records.");
    }

    static RegistrationFailure notOffered(DnsQuestion question) {
        return new RegistrationFailure(
                Step.SERVICE_RECORDS,
                "serviceNotOffered",
                "Expected a server in SRV " + question.name()
                        + ", but its target is \".\": the domain decidedly offers no such service",
                "Correct the SRV record, the domain, or set a server address.");
    }

    static RegistrationFailure noLonger(ServerAddress server, DnsQuestion question) {
        return new RegistrationFailure(
                Step.SERVICE_RECORDS,
                "serverNoLongerNamed",
                "Expected " + server + " among the servers of SRV " + question.name() + ", but it is there no more",
                "Nothing, if the server was taken out of service; else put its SRV record back.");
    }

    static RegistrationFailure addresses(Target target, List<DnsAnswer> answers) {
        String host = target.server().host();
        boolean timeout = answers.stream().anyMatch(answer -> answer.outcome() == DnsAnswer.Outcome.TIMEOUT);
        boolean failure = answers.stream().anyMatch(answer -> answer.outcome() == DnsAnswer.Outcome.SERVER_FAILURE);
        boolean unknown = answers.stream().anyMatch(answer -> answer.outcome() == DnsAnswer.Outcome.NO_SUCH_NAME);
        String code = timeout ? "dnsTimeout" : failure ? "dnsServerFailure" : unknown ? "hostNotFound" : "noAddress";
        String alias = answers.stream()
                .flatMap(answer -> answer.aliases().stream())
                .findFirst()
                .map(name -> " (it is an alias of " + name + ")")
                .orElse("");
        String how = answers.stream()
                .map(answer -> answer.question().type() + ": " + outcome(answer))
                .distinct()
                .collect(Collectors.joining("; "));
        return new RegistrationFailure(
                Step.ADDRESSES,
                code,
                "Expected an address of " + host + alias + ", but " + how,
                timeout || failure
                        ? "Check that the name server is reachable and answers for " + host + "."
                        : target.fromServiceRecord()
                                ? "Add A or AAAA records for " + host + ", or correct the SRV record that names it."
                                : "Add A or AAAA records for " + host + ", or correct the server address.");
    }

    static String alias(Target target, String canonical) {
        return "The SRV target " + target.server().host() + " is an alias (CNAME) of " + canonical
                + ", which RFC 2782 does not allow: name " + canonical + " in the SRV record";
    }

    static String fallback(DnsQuestion question, DnsAnswer answer) {
        return "There is no SRV " + question.name() + " (" + outcome(answer) + "): the domain itself is tried at port "
                + ServerAddress.DEFAULT_PORT;
    }

    /** Beside a candidate. */
    static String outcome(Break.NotConnected why) {
        return switch (why.kind()) {
            case REFUSED -> "refused";
            case TIMEOUT -> "no answer in time";
            case UNREACHABLE -> "unreachable";
            case OTHER -> why.words();
        };
    }

    static String outcome(RegistrationFailure failure) {
        return "failed at step " + failure.step().number() + ": " + failure.code();
    }

    private static String outcome(DnsAnswer answer) {
        String words = answer.words().isEmpty() ? "" : " (" + answer.words() + ")";
        return switch (answer.outcome()) {
            case FOUND -> "found";
            case NO_DATA -> "there are no such records";
            case NO_SUCH_NAME -> "there is no such name (NXDOMAIN)";
            case SERVER_FAILURE -> "the name server failed" + words;
            case TIMEOUT -> "no name server answered in time" + words;
        };
    }

    static RegistrationFailure connect(Candidate candidate, Break.NotConnected why) {
        String where = place(candidate);
        String port = String.valueOf(candidate.target.server().port());
        return switch (why.kind()) {
            case REFUSED ->
                new RegistrationFailure(
                        Step.CONNECT,
                        "connectionRefused",
                        "Expected a TCP connection to " + where + ", but it was refused",
                        "Check that the XMPP server is running and takes components at port " + port + ".");
            case TIMEOUT ->
                new RegistrationFailure(
                        Step.CONNECT,
                        "connectTimeout",
                        "Expected a TCP connection to " + where + ", but nothing answered in time",
                        "Check the address, and that no firewall drops packets to port " + port + ".");
            case UNREACHABLE ->
                new RegistrationFailure(
                        Step.CONNECT,
                        "unreachable",
                        "Expected a TCP connection to " + where + ", but it cannot be reached (" + why.words() + ")",
                        "Check the address and this machine's routes.");
            case OTHER ->
                new RegistrationFailure(
                        Step.CONNECT,
                        "connectFailed",
                        "Expected a TCP connection to " + where + ", but " + why.words(),
                        "Check the address and the network between.");
        };
    }

    static RegistrationFailure tlsTimeout(Candidate candidate, long nanos) {
        return new RegistrationFailure(
                Step.TLS,
                "tlsTimeout",
                "Expected the TLS handshake with " + place(candidate) + " within "
                        + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms, but it did not end",
                "Check that port " + candidate.target.server().port()
                        + " takes TLS from the first byte on; a server that waits for STARTTLS stays silent.");
    }

    static RegistrationFailure tls(Candidate candidate, TlsProblem problem) {
        String where = place(candidate);
        String detail = " (" + problem.detail() + ")";
        return switch (problem.kind()) {
            case NOT_TLS ->
                tls(
                        "notTls",
                        "Expected TLS from " + where + ", but it answered without" + detail,
                        "Use the server's port for components over TLS. Where it has none, switch plain TCP on for this server"
                                + " (convoke.xmpp.callbridge.plain-tcp).");
            case VERSION ->
                tls(
                        "tlsVersion",
                        "Expected TLS 1.2 or 1.3 with " + where + ", but the server speaks no such version" + detail,
                        "Switch TLS 1.2 or newer on in the XMPP server.");
            case NOTHING_IN_COMMON ->
                tls(
                        "tlsNothingInCommon",
                        "Expected a cipher suite and certificate in common with " + where
                                + ", but the server found none" + detail,
                        "Check that the XMPP server has a certificate for this port, takes modern cipher suites, and takes the kind of"
                                + " certificate that this Callbridge presents.");
            case CLIENT_CERTIFICATE_REQUIRED ->
                tls(
                        "clientCertificateRequired",
                        "Expected " + where + " to take this Callbridge's certificate, but it says that it got none"
                                + detail,
                        "Configure convoke.xmpp.callbridge.certificate and key with a certificate of a kind that the server takes.");
            case CLIENT_CERTIFICATE_REFUSED ->
                tls(
                        "clientCertificateRefused",
                        "Expected " + where + " to take this Callbridge's certificate, but it refused it" + detail,
                        "Put this Callbridge's certificate, or its issuer's, into the XMPP server's trust; or configure one that it"
                                + " trusts (convoke.xmpp.callbridge.certificate, key).");
            case CLOSED ->
                tls(
                        "tlsClosed",
                        "Expected a TLS handshake with " + where + ", but the server closed the connection" + detail,
                        "Check the XMPP server's log, and that its port takes TLS from the first byte on.");
            case RESET ->
                tls(
                        "tlsReset",
                        "Expected a TLS handshake with " + where + ", but the connection was reset" + detail,
                        "Check the XMPP server's log, and whether a firewall or proxy between resets connections.");
            case OTHER ->
                tls(
                        "tlsFailed",
                        "Expected a TLS handshake with " + where + ", but it failed" + detail,
                        "Check the XMPP server's log.");
        };
    }

    private static RegistrationFailure tls(String code, String words, String advice) {
        return new RegistrationFailure(Step.TLS, code, words, advice);
    }

    static RegistrationFailure ended(
            Step step,
            RegistrationSettings settings,
            Candidate candidate,
            ComponentInitiator.Output.Ended ended,
            String how) {
        String where = place(candidate);
        String said = (ended.condition().isEmpty() ? "" : ended.condition())
                + (ended.text().isEmpty() ? "" : (ended.condition().isEmpty() ? "" : ": ") + ended.text());
        String at = ", at " + where;
        boolean up = step.number() >= Step.ACTIVE.number();
        return switch (ended.end()) {
            case NOT_AUTHORIZED ->
                new RegistrationFailure(
                        up ? step : Step.VALIDATE,
                        "notAuthorized",
                        "Expected " + where + " to accept the unique name " + settings.uniqueName()
                                + " with its secret, but it answered " + said,
                        "Set the same unique name and the same secret at the XMPP server and at this Callbridge.");
            case CONFLICT ->
                new RegistrationFailure(
                        up ? step : Step.VALIDATE,
                        "conflict",
                        "Expected to be the only " + settings.uniqueName() + " at " + where + ", but " + said,
                        "Give each Callbridge a unique name of its own; if the other one was this very Callbridge, wait until the"
                                + " server has noticed that it is gone.");
            case HOST_UNKNOWN ->
                new RegistrationFailure(
                        step,
                        "hostUnknown",
                        "Expected " + where + " to know a component " + settings.uniqueName() + ", but it answered "
                                + said,
                        "Add the component " + settings.uniqueName()
                                + " at the XMPP server, or correct the unique name.");
            case STREAM_ERROR ->
                new RegistrationFailure(
                        step,
                        ended.condition().equals("system-shutdown") ? "serverShutdown" : "streamError",
                        (up ? "Expected the stream with " : "Expected to register with ") + where
                                + (up ? " to stay" : "") + ", but it ended the stream with " + said,
                        ended.condition().equals("system-shutdown")
                                ? "Nothing, if the XMPP server was stopped on purpose: it is dialled again."
                                : "Check the XMPP server's log for what it has against this stream.");
            case NOT_XMPP ->
                new RegistrationFailure(
                        step,
                        "notXmpp",
                        "Expected an XMPP server for components at " + where + ", but something else answers: " + said,
                        "Check address and port: it has to be the XMPP server's port for components.");
            case VIOLATION ->
                new RegistrationFailure(
                        step,
                        "badStream",
                        "Expected well-formed XML within its limits from " + where + ", but found " + said,
                        "Check what sends this at the XMPP server; the largest stanza is convoke.xmpp.callbridge.max-stanza.");
            case TIMEOUT ->
                new RegistrationFailure(
                        step,
                        "streamTimeout",
                        said + at,
                        "Check that this port is for components (a port for clients may stay silent), and that the XMPP server is not"
                                + " overloaded.");
            case LOST ->
                new RegistrationFailure(
                        step,
                        "serverSilent",
                        said + at,
                        "Check the network between, and whether the XMPP server hangs. It is dialled again.");
            case CLOSED, CLOSED_BY_US ->
                new RegistrationFailure(
                        step,
                        "connectionClosed",
                        up
                                ? "Expected the stream with " + where + " to stay, but "
                                        + (how.isEmpty() ? "the server closed it" : how)
                                : said + (how.contains("reset") ? " (" + how + ")" : "") + at,
                        up
                                ? "Nothing, if the XMPP server was restarted: it is dialled again."
                                : "Check the XMPP server's log: some close without a word where they do not like a name or a certificate.");
        };
    }

    static RegistrationFailure clogged(Step step, Candidate candidate, String words) {
        return new RegistrationFailure(
                step,
                "serverDoesNotRead",
                "Expected " + place(candidate) + " to read what is sent, but " + words,
                "Check whether the XMPP server hangs. It is dialled again.");
    }

    private static String place(Candidate candidate) {
        ServerAddress server = candidate.target.server();
        if (candidate.address == null || server.isLiteral()) {
            return server.toString();
        }
        return server + " (" + candidate.address.getHostAddress() + ")";
    }
}
