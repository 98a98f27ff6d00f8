package io.convoke.media.client;

/**
 * One media section of a {@link SoftClient}'s offer.
 *
 * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}
 * @param ssrc of what the client sends here; announced if {@code announced}
 */
public record SoftSection(String mid, boolean video, String direction, int ssrc, boolean announced) {
    public static final int OPUS = 111;
    public static final int VP8 = 96;
    public static final int AUDIO_LEVEL_ID = 1;
    public static final int MID_ID = 4;

    public static SoftSection audio(String mid, String direction, int ssrc) {
        return new SoftSection(mid, false, direction, ssrc, true);
    }

    public static SoftSection video(String mid, String direction, int ssrc) {
        return new SoftSection(mid, true, direction, ssrc, true);
    }

    public SoftSection withDirection(String other) {
        return new SoftSection(mid, video, other, ssrc, announced);
    }

    public SoftSection unannounced() {
        return new SoftSection(mid, video, direction, ssrc, false);
    }

    public int payloadType() {
        return video ? VP8 : OPUS;
    }

    boolean sends() {
        return direction.startsWith("send");
    }
}
