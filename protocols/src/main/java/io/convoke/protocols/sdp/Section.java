package io.convoke.protocols.sdp;

/**
 * One media section as agreed on.
 *
 * @param index position among the {@code m=} lines, from 0
 * @param mid its identification; empty where a refused section has none
 * @param accepted false: answered with port 0, and nothing of the rest counts
 * @param clientSends media may come from the client
 * @param clientReceives media may go to the client: the section is a slot
 * @param payloadType the one payload type used in both directions, 0 to 127; -1 when refused
 * @param codec {@code opus} or {@code VP8}; empty when refused
 * @param audioLevelExtId id of the client's RFC 6464 header extension in this section; -1 for none
 * @param midExtId id of the client's RFC 9143 §15 header extension in this section; -1 for none
 * @param remoteSsrcs announced by the client, repair streams left out, possibly empty; unsigned 32 bits. Do not change
 * @param nack generic NACK was offered and taken; likewise {@code pli}, {@code fir}, {@code remb}
 * @param slotSsrc SSRC of what we send in this section; 0 when {@code clientReceives} is false
 */
@SuppressWarnings("ArrayRecordComponent") // read once per packet demultiplexing table; never compared
public record Section(
        int index,
        String mid,
        Kind kind,
        boolean accepted,
        boolean clientSends,
        boolean clientReceives,
        int payloadType,
        String codec,
        int audioLevelExtId,
        int midExtId,
        int[] remoteSsrcs,
        boolean nack,
        boolean pli,
        boolean fir,
        boolean remb,
        int slotSsrc) {
    static Section refused(int index, MediaSection section) {
        String mid = section.mid();
        return new Section(
                index,
                mid == null ? "" : mid,
                section.kind(),
                false,
                false,
                false,
                -1,
                "",
                -1,
                -1,
                new int[0],
                false,
                false,
                false,
                false,
                0);
    }
}
