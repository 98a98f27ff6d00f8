package io.convoke.actors.chat;

import java.util.UUID;

/** A participant of the meeting, as the conference knows it. */
public record Person(UUID participant, String name) {}
