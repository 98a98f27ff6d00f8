package io.convoke.protocols.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The library's own cryptography, faster than the JDK's for handshakes, with the JDK's for records, which is the faster one there. */
final class ServerCrypto extends BcTlsCrypto {
    ServerCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int macBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters, new JdkGcm(true), new JdkGcm(false), keyBytes, macBytes, TlsAEADCipher.AEAD_GCM, null);
    }
}
