package io.convoke.protocols.sdp;

/** A description that is well-formed; whether it makes a usable offer is for {@link OfferAnswer} to say. */
public record Parsed(Sdp sdp) implements SdpResult {}
