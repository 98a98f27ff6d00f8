package io.convoke.protocols.rtp;

/** The one byte a client attaches to audio so that nobody has to decode it to know how loud it is (RFC 6464 §3). */
public final class AudioLevel {
    /** Level of digital silence. */
    public static final int SILENCE = 127;

    private AudioLevel() {}

    /** Level in -dBov: 0 is the loudest, {@link #SILENCE} the quietest. */
    public static int dbov(byte value) {
        return value & 0x7F;
    }

    /** Whether the sender believes the packet holds speech. */
    public static boolean voice(byte value) {
        return value < 0;
    }
}
