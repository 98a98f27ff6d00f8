package io.convoke.protocols.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.jspecify.annotations.Nullable;

/** AES-GCM for one direction by the JDK, which uses the processor's instructions for it. */
final class JdkGcm implements TlsAEADCipherImpl {
    private final Cipher cipher;
    private final int mode;
    private @Nullable SecretKey key;
    private int tagBytes;

    JdkGcm(boolean encrypting) throws IOException {
        mode = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IOException("Expected AES-GCM in the JDK, but it has none", e);
        }
    }

    @Override
    public void setKey(byte[] bytes, int offset, int length) {
        key = new SecretKeySpec(bytes, offset, length, "AES");
    }

    @Override
    public void init(byte[] nonce, int macBytes) throws IOException {
        tagBytes = macBytes;
        try {
            cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * macBytes, nonce));
        } catch (GeneralSecurityException e) {
            throw new IOException("Expected a key and a fresh nonce, but they were refused", e);
        }
    }

    @Override
    public int getOutputSize(int inputBytes) {
        return mode == Cipher.ENCRYPT_MODE ? inputBytes + tagBytes : Math.max(0, inputBytes - tagBytes);
    }

    @Override
    public int doFinal(byte[] associated, byte[] in, int inOffset, int inLength, byte[] out, int outOffset)
            throws IOException {
        try {
            cipher.updateAAD(associated);
            return cipher.doFinal(in, inOffset, inLength, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac, e); // the record is dropped, nothing else
        }
    }
}
