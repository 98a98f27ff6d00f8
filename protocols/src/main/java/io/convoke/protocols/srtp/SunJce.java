package io.convoke.protocols.srtp;

import java.security.GeneralSecurityException;

/** The provider all ciphers here come from: another one registered first must not take its place, it would be slow. */
final class SunJce {
    static final String PROVIDER = "SunJCE";

    private SunJce() {}

    /** For algorithms and keys every JDK accepts, so that a failure is a broken installation or a bug. */
    static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("Expected SunJCE to carry out AES and HMAC-SHA1, but it did not", e);
    }
}
