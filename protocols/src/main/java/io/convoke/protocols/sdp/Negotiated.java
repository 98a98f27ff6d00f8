package io.convoke.protocols.sdp;

import java.util.List;

/**
 * What an offer and its answer agree on.
 *
 * @param remoteFingerprints at least one; the peer's certificate must match one of them
 * @param sections one for each media section of the offer, in its order, refused ones included
 */
public record Negotiated(
        String remoteUfrag, String remotePwd, List<Fingerprint> remoteFingerprints, List<Section> sections) {
    public Negotiated {
        remoteFingerprints = List.copyOf(remoteFingerprints);
        sections = List.copyOf(sections);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Negotiated[remoteUfrag=" + remoteUfrag + ", sections=" + sections + "]";
    }
}
