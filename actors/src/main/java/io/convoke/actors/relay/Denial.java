package io.convoke.actors.relay;

/** Why somebody who signed a request is not let in. */
enum Denial {
    WRONG_PASSWORD("its password or realm is wrong"),
    EXPIRED("the time in its name is over"),
    CALL_OVER("the participant's call is over"),
    UNKNOWN_USER("nobody has that name");

    private final String words;

    Denial(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
