package io.convoke.actors.callbridge;

import io.convoke.actors.callleg.LegDetails;
import java.util.UUID;

/** The wording of log lines that log tooling greps for. Names typed by people are made harmless here: quotes become apostrophes. */
final class MeetingWording {
    private MeetingWording() {}

    static String login(long request, String what) {
        return "guest login request " + request + ": " + what;
    }

    static String conference(UUID conference, String what) {
        return "conference " + conference + ": " + what;
    }

    static String mapping(String spaceName, UUID space, UUID correlator, UUID conference) {
        return "API \"" + harmless(spaceName) + "\" Space GUID: " + space + " <--> Call Correlator GUID: " + correlator
                + " <--> Internal GUID: " + conference;
    }

    static String callLeg(LegDetails leg) {
        return "API call leg " + leg.participant() + " in call " + leg.conference() + " (API call " + leg.apiCall()
                + ")";
    }

    static String controlMedia(UUID conference, UUID media) {
        return "conference " + conference + " has control/media GUID: " + media;
    }

    static String named(UUID conference, String name) {
        return "conference " + conference + " named \"" + harmless(name) + "\"";
    }

    static String call(int number, String what) {
        return "call " + number + ": " + what;
    }

    static String allocated(LegDetails leg) {
        return "allocated for " + leg.user() + " / \"" + harmless(leg.name()) + "\" conference participation ("
                + leg.browser() + ")";
    }

    static String joinedSpace(LegDetails leg) {
        return "participant \"" + leg.user() + "\" joined space " + leg.space() + " (" + harmless(leg.spaceName())
                + ")";
    }

    static String joinedConference(LegDetails leg) {
        return "participant \"" + leg.user() + "\" (" + leg.participant() + ") joined conference " + leg.conference()
                + " via WB3";
    }

    static String leftSpace(LegDetails leg) {
        return "participant \"" + leg.user() + "\" left space " + leg.space() + " (" + harmless(leg.spaceName()) + ")";
    }

    static String deactivating(LegDetails leg) {
        return "user \"" + leg.user() + "\": deactivating due to session resource teardown";
    }

    private static String harmless(String typed) {
        return typed.replace('"', '\'');
    }
}
