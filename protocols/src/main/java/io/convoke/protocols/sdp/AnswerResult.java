package io.convoke.protocols.sdp;

/** What became of an offer. */
public sealed interface AnswerResult permits Answered, Rejected {}
