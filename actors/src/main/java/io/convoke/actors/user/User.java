package io.convoke.actors.user;

import java.util.UUID;

/**
 * Somebody with an account.
 *
 * @param local the part before the @ of the address, normalized
 * @param name what others see; may be empty
 */
public record User(UUID id, String local, String name) {}
