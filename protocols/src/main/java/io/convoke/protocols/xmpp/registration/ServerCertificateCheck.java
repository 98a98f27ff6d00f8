package io.convoke.protocols.xmpp.registration;

import java.net.IDN;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a server is the XMPP server that was meant: its certificate is valid now, issued by somebody trusted or trusted itself, made for servers, and
 * carries the XMPP domain and the server's FQDN as subject alternative names. Immutable, safe from any thread.
 */
public final class ServerCertificateCheck {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final List<String> SERVICES = List.of("_xmpp-component.", "_xmpp-server.");

    private final String domain;
    private final ServerAddress server;
    private final InetAddress address;
    private final boolean namesChecked;

    /**
     * For one connection.
     *
     * @param server as it was named: by the SRV record, the configured address, or the domain itself
     * @param address that was connected to; counts where {@code server} is a literal
     * @param namesChecked false where the trusted certificate is the server's own, pinned
     */
    public ServerCertificateCheck(String domain, ServerAddress server, InetAddress address, boolean namesChecked) {
        this.domain = domain;
        this.server = server;
        this.address = address;
        this.namesChecked = namesChecked;
    }

    /** The XMPP domain. */
    public String domain() {
        return domain;
    }

    /**
     * Judges.
     *
     * @param chain as presented, the server's own first
     * @param anchors whom to trust
     * @param trustedBy what the anchors are called, for people
     */
    public Optional<RegistrationFailure> judge(
            List<X509Certificate> chain, Set<X509Certificate> anchors, String trustedBy, Instant now) {
        X509Certificate own = chain.get(0);
        return validity(own, now)
                .or(() -> issuer(chain, anchors, trustedBy, now))
                .or(() -> purpose(own))
                .or(() -> namesChecked ? names(own) : Optional.empty());
    }

    private static Optional<RegistrationFailure> validity(X509Certificate own, Instant now) {
        Instant until = own.getNotAfter().toInstant();
        Instant from = own.getNotBefore().toInstant();
        if (now.isAfter(until)) {
            return failure(
                    "certificateExpired",
                    "Expected a valid certificate of the XMPP server, but " + subject(own) + " expired on " + until,
                    "Renew the XMPP server's certificate.");
        }
        if (now.isBefore(from)) {
            return failure(
                    "certificateNotYetValid",
                    "Expected a valid certificate of the XMPP server, but " + subject(own) + " is valid only from "
                            + from + " on",
                    "Check the clocks of both machines, or wait.");
        }
        return Optional.empty();
    }

    private static Optional<RegistrationFailure> issuer(
            List<X509Certificate> chain, Set<X509Certificate> anchors, String trustedBy, Instant now) {
        X509Certificate own = chain.get(0);
        if (anchors.contains(own) || hasPath(chain, anchors, now)) {
            return Optional.empty();
        }
        Optional<X509Certificate> stale = chain.stream()
                .skip(1)
                .filter(one -> now.isAfter(one.getNotAfter().toInstant()))
                .findFirst();
        if (stale.isPresent()) {
            return failure(
                    "issuerExpired",
                    "Expected valid certificates in the XMPP server's chain, but the issuer " + subject(stale.get())
                            + " expired on " + stale.get().getNotAfter().toInstant(),
                    "Renew the issuer's certificate in the chain that the XMPP server presents.");
        }
        boolean self = own.getSubjectX500Principal().equals(own.getIssuerX500Principal());
        return failure(
                "unknownIssuer",
                "Expected a certificate that " + trustedBy + " trusts, but " + subject(own)
                        + (self
                                ? " is self-signed"
                                : " was issued by "
                                        + own.getIssuerX500Principal().getName())
                        + ", which is not in it",
                "Put the XMPP server's certificate, or its issuer's, into the file of convoke.xmpp.callbridge.trust; or have the XMPP"
                        + " server present its whole chain.");
    }

    private static boolean hasPath(List<X509Certificate> chain, Set<X509Certificate> anchors, Instant now) {
        if (anchors.isEmpty()) {
            return false;
        }
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    anchors.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet()), own);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPath path =
                    CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
            return !path.getCertificates().isEmpty();
        } catch (GeneralSecurityException none) {
            return false;
        }
    }

    private static Optional<RegistrationFailure> purpose(X509Certificate own) {
        List<String> usages;
        try {
            usages = own.getExtendedKeyUsage();
        } catch (CertificateParsingException malformed) {
            usages = List.of();
        }
        return usages == null || usages.contains(SERVER_AUTH) || usages.contains(ANY_USAGE)
                ? Optional.empty()
                : failure(
                        "certificateNotForServers",
                        "Expected a certificate for servers, but the extended key usage of " + subject(own)
                                + " does not include server authentication",
                        "Give the XMPP server a certificate for TLS servers.");
    }

    private Optional<RegistrationFailure> names(X509Certificate own) {
        SubjectNames names = SubjectNames.of(own);
        List<String> missing = new ArrayList<>();
        if (!hasDomain(names)) {
            missing.add("the XMPP domain " + domain);
        }
        if (!hasServer(names)) {
            missing.add((server.isLiteral() ? "the server's address " : "the server's FQDN ") + server.host());
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> present = names.forPeople();
        String code = missing.size() == 2
                ? "namesMissing"
                : missing.get(0).startsWith("the XMPP domain") ? "domainMissing" : "fqdnMissing";
        return failure(
                code,
                "Expected the XMPP domain " + domain + " and the server " + server.host()
                        + " as SAN entries of the certificate, but " + String.join(" and ", missing)
                        + (missing.size() == 1 ? " is" : " are") + " missing; "
                        + (present.isEmpty()
                                ? "there is no SAN entry at all (the subject is " + subject(own)
                                        + ", which does not count)"
                                : "present: " + String.join(", ", present)),
                "Have the XMPP server's certificate issued anew with both names as SAN entries: " + domain + " and "
                        + server.host() + ".");
    }

    private boolean hasDomain(SubjectNames names) {
        String ascii = ascii(domain);
        return names.hasDns(ascii)
                || names.xmppAddresses().contains(domain.toLowerCase(Locale.ROOT))
                || names.xmppAddresses().contains(ascii)
                || SERVICES.stream().anyMatch(service -> names.services().contains(service + ascii));
    }

    private boolean hasServer(SubjectNames names) {
        return server.isLiteral()
                ? names.addresses().contains(address.getHostAddress())
                : names.hasDns(ascii(server.host()));
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException unfit) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private static String subject(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName();
        return name.isEmpty() ? "the one without a subject" : name;
    }

    private static Optional<RegistrationFailure> failure(String code, String words, String advice) {
        return Optional.of(new RegistrationFailure(Step.CERTIFICATE, code, words, advice));
    }
}
