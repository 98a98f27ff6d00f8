package io.convoke.media.sfu;

import java.util.random.RandomGenerator;

/** Our side's ICE user name fragment and password (RFC 8445 §5.3: at least 24 and 128 bits of randomness). */
record IceCredentials(String ufrag, String pwd) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    static IceCredentials fresh(RandomGenerator random) {
        return new IceCredentials(text(random, 10), text(random, 24));
    }

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
