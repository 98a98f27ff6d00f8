package io.convoke.protocols.turn;

/** Why a request was answered 401 although it was signed. */
public enum Unauthenticated {
    /** Nobody has that name, or no longer. */
    UNKNOWN_USER,
    /** It is signed with another key than the user's. */
    WRONG_PASSWORD
}
