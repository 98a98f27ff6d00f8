package io.convoke.actors.xmpp.session;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, in memory. */
final class TestCertificates {
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        X509Certificate certificate() {
            return chain.get(0);
        }
    }

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final String name;
    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    TestCertificates(String name) {
        this.name = name;
        this.certificate = new Wanted(name).sign(name, keys, keys, true);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Names as subject alternative names: addresses, {@code XmppAddr:…}, {@code SRVName:…}, else DNS names. */
    Identity issue(String... names) {
        return issue(new Wanted("server").names(names));
    }

    Identity issue(Wanted wanted) {
        KeyPair pair = keys();
        return new Identity(pair.getPrivate(), List.of(wanted.sign(name, pair, keys, false), certificate));
    }

    static final class Wanted {
        private final String subject;
        private String[] names = {};
        private Duration from = Duration.ofDays(-1);
        private Duration until = Duration.ofDays(1);
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;

        Wanted(String subject) {
            this.subject = subject;
        }

        Wanted names(String... names) {
            this.names = names;
            return this;
        }

        Wanted valid(Duration from, Duration until) {
            this.from = from;
            this.until = until;
            return this;
        }

        Wanted purpose(KeyPurposeId purpose) {
            this.purpose = purpose;
            return this;
        }

        private X509Certificate sign(String issuer, KeyPair pair, KeyPair issuers, boolean authority) {
            try {
                Instant now = Instant.now();
                var builder = new JcaX509v3CertificateBuilder(
                        new X500Name("CN=" + issuer),
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(now.plus(from)),
                        Date.from(now.plus(until)),
                        new X500Name("CN=" + subject),
                        pair.getPublic());
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
                if (!authority) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                }
                if (names.length > 0) {
                    List<GeneralName> all = new ArrayList<>();
                    for (String one : names) {
                        all.add(generalName(one));
                    }
                    builder.addExtension(
                            Extension.subjectAlternativeName, false, new GeneralNames(all.toArray(GeneralName[]::new)));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(issuers.getPrivate())));
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static GeneralName generalName(String name) {
            if (name.startsWith("XmppAddr:")) {
                return other("1.3.6.1.5.5.7.8.5", name.substring(9));
            }
            if (name.startsWith("SRVName:")) {
                return other("1.3.6.1.5.5.7.8.7", name.substring(8));
            }
            boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
            return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
        }

        private static GeneralName other(String type, String value) {
            return new GeneralName(GeneralName.otherName, new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                new ASN1ObjectIdentifier(type), new DERTaggedObject(true, 0, new DERUTF8String(value))
            }));
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
