package io.convoke.protocols.sdp;

/** What became of a text read as SDP. */
public sealed interface SdpResult permits Parsed, Rejected {}
