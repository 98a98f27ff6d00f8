package io.convoke.protocols.turn;

/** Why a relay port could not be opened. */
public enum OpenFailure {
    /** Every port of the range is taken, or the process may open no more: 508. */
    NO_PORT,
    /** No address of this family: 440. */
    NO_FAMILY,
    /** The system refused: 500. */
    FAILED
}
