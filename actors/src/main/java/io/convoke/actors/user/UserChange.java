package io.convoke.actors.user;

import org.jspecify.annotations.Nullable;

/** What of a user is to become another; null stays as it is. */
public record UserChange(
        @Nullable String local,
        @Nullable String name,
        @Nullable String password) {
    /** Everything but the password. */
    @Override
    public String toString() {
        return "UserChange[" + local + ", " + name + "]";
    }
}
