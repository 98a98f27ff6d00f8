package io.convoke.media.tcp;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A self-signed certificate with its key. */
public record TestIdentity(KeyPair pair, X509Certificate certificate) {
    public static TestIdentity of(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return of(name, generator.generateKeyPair(), "SHA256withECDSA");
    }

    public static TestIdentity rsa(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return of(name, generator.generateKeyPair(), "SHA256withRSA");
    }

    private static TestIdentity of(String name, KeyPair pair, String algorithm) throws Exception {
        X500Name subject = new X500Name("CN=" + name);
        byte[] certificate = new X509v3CertificateBuilder(
                        subject,
                        new BigInteger(63, new SecureRandom()),
                        new Date(0),
                        new Date(Integer.MAX_VALUE * 1000L),
                        subject,
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)))
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()))
                .getEncoded();
        return new TestIdentity(pair, (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
    }

    /** A peer's TLS that believes every server, and shows this identity's certificate. */
    public SSLContext peer() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = new char[0];
        store.setKeyEntry("own", pair.getPrivate(), none, new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, none);
        return context(keys.getKeyManagers());
    }

    /** A peer's TLS that believes every server, and shows nothing. */
    public static SSLContext anonymous() throws Exception {
        return context(new javax.net.ssl.KeyManager[0]);
    }

    private static SSLContext context(javax.net.ssl.KeyManager[] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new EveryServer()}, null);
        return context;
    }
}
