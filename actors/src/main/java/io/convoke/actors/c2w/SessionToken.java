package io.convoke.actors.c2w;

import java.time.Instant;
import java.util.UUID;

/**
 * What a session's JWT says.
 *
 * @param user the guest account, the {@code sub} claim
 * @param name as others see it
 * @param participant the call leg
 * @param call the call's GUID in the API
 * @param callbridge that signed the token, and through which the session enters
 * @param session of the browser, given by the edge
 * @param tracing whether a detailed trace was asked for
 * @param expires after which it opens no session
 */
public record SessionToken(
        String user,
        String name,
        UUID participant,
        UUID call,
        UUID callbridge,
        UUID session,
        UUID space,
        boolean tracing,
        Instant expires) {}
