package io.convoke.protocols.xmpp.registration;

/**
 * Why a step failed.
 *
 * @param code a stable name in camel case
 * @param words for people: what was expected, what was found
 * @param advice for people: what to do about it
 */
public record RegistrationFailure(Step step, String code, String words, String advice) {}
