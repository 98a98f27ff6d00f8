package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.space.Space;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bob is in by XMPP as "Bob", Eve as "Eve"; Ana is in the meeting. Carl is not in. */
class MucRulesTest {
    private static final String BOB = "bob@example.org/phone";
    private static final String EVE = "eve@example.org/pad";
    private static final String CARL = "carl@example.org/desk";
    private static final String ROOM = "team@rooms.example.org";
    private static final String X = "<x xmlns='http://jabber.org/protocol/muc'/>";

    private final MucRules rules = new MucRules(new ChatSettings(10, 5, 3, 50));
    private final Occupants occupants = new Occupants();

    MucRulesTest() {
        occupants.roster(List.of(new Person(UUID.randomUUID(), "Ana")));
        occupants.put(new Occupant("Bob", jid(BOB), jid(ROOM), List.of()));
        occupants.put(new Occupant("Eve", jid(EVE), jid(ROOM), List.of()));
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // from | to | stanza | decision or condition
                "carl | /Carl    | presence: " + X + " | Enter",
                "carl | /Carl    | presence: | not-acceptable",
                "carl |          | presence: " + X + " | jid-malformed",
                "carl | /Bob     | presence: " + X + " | conflict",
                "carl | /bob     | presence: " + X + " | conflict",
                "carl | /Ana     | presence: " + X + " | conflict",
                "carl | /Carl    | presence unavailable: | Nothing",
                "bob  | /Bob     | presence: " + X + " | Enter",
                "bob  | /Bob     | presence: <show>away</show> | Update",
                "bob  | /Bobby   | presence: | Rename",
                "bob  | /Eve     | presence: | conflict",
                "bob  | /BOB     | presence: | Rename",
                "bob  | /Bob     | presence unavailable: <status>bye</status> | Leave",
                "bob  | /Ana     | presence error: | Leave",
                "bob  | /Bob     | presence subscribe: | Nothing",
                "bob  |          | message groupchat: <body>hello</body> | Speak",
                "bob  |          | message groupchat: <body>  </body> | Pass",
                "bob  |          | message groupchat: <composing xmlns='http://jabber.org/protocol/chatstates'/> | Pass",
                "bob  |          | message groupchat: <subject>Mine</subject> | forbidden",
                "bob  |          | message groupchat: <body>12345678901</body> | policy-violation",
                "bob  | /Eve     | message groupchat: <body>hello</body> | bad-request",
                "carl |          | message groupchat: <body>hello</body> | not-acceptable",
                "carl | /Bob     | message chat: <body>hello</body> | not-acceptable",
                "bob  | /Eve     | message chat: <body>hello</body> | Whisper",
                "bob  | /Eve     | message chat: <body>12345678901</body> | policy-violation",
                "bob  | /Ana     | message chat: <body>hello</body> | service-unavailable",
                "bob  | /Nobody  | message chat: <body>hello</body> | item-not-found",
                "bob  |          | message normal: <body>hello</body> | not-allowed",
                "bob  | /Eve     | message error: <error><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error> | Leave",
                "bob  | /Eve     | message error: <error><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error> | Nothing",
                "carl | /Eve     | message error: <error><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error> | Nothing",
                "bob  | /Bob     | iq get: <ping xmlns='urn:xmpp:ping'/> | result",
                "carl | /Bob     | iq get: <ping xmlns='urn:xmpp:ping'/> | not-acceptable",
                "bob  | /Eve     | iq get: <ping xmlns='urn:xmpp:ping'/> | service-unavailable",
                "bob  | /Nobody  | iq get: <ping xmlns='urn:xmpp:ping'/> | item-not-found",
                "carl |          | iq get: <ping xmlns='urn:xmpp:ping'/> | result",
                "carl |          | iq get: <query xmlns='http://jabber.org/protocol/disco#info'/> | result",
                "carl |          | iq get: <query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/> | result",
                "carl |          | iq get: <query xmlns='http://jabber.org/protocol/disco#info' node='y'/> | item-not-found",
                "carl |          | iq get: <query xmlns='http://jabber.org/protocol/disco#items'/> | result",
                "bob  |          | iq get: <query xmlns='http://jabber.org/protocol/muc#owner'/> | forbidden",
                "bob  |          | iq set: <query xmlns='http://jabber.org/protocol/muc#admin'/> | forbidden",
                "bob  |          | iq get: <query xmlns='jabber:iq:register'/> | service-unavailable",
                "bob  |          | iq set: | bad-request",
                "bob  |          | iq result: | Nothing",
            })
    void shouldDecide(String from, String to, String stanza, String expected) {
        // given
        Element element = stanza(from, to == null ? "" : to, stanza);

        // when
        MucDecision decision = rules.decide(space(false, false), false, occupants, element, true);

        // then
        assertThat(wordOf(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, false, not-authorized",
        "true,  true,  false, Enter",
        "false, true,  true,  forbidden",
        "true,  false, true,  not-authorized",
        "false, false, false, Enter",
    })
    void shouldLetInWithThePasscodeWhileTheMeetingIsOpen(
            boolean passcode, boolean holds, boolean locked, String expected) {
        // given
        Element entry = stanza("carl", "/Carl", "presence: " + X);

        // then
        assertThat(wordOf(rules.decide(space(passcode, false), locked, occupants, entry, holds)))
                .isEqualTo(expected);
        assertThat(wordOf(rules.decide(space(passcode, locked), false, occupants, entry, holds)))
                .isEqualTo(expected);
    }

    @Test
    void shouldTakeSoManyByXmppAndNoMore() {
        // given
        occupants.put(new Occupant("Third", jid("third@example.org/x"), jid(ROOM), List.of()));

        // when
        MucDecision decision =
                rules.decide(space(false, false), false, occupants, stanza("carl", "/Carl", "presence: " + X), true);

        // then
        assertThat(wordOf(decision)).isEqualTo("service-unavailable");
    }

    @Test
    void shouldStripANickAndSaySo() {
        // when
        MucDecision decision =
                rules.decide(space(false, false), false, occupants, stanza("carl", "/Carl ", "presence: " + X), true);

        // then
        assertThat(decision).isInstanceOfSatisfying(MucDecision.Enter.class, enter -> {
            assertThat(enter.occupant().nick()).isEqualTo("Carl");
            assertThat(enter.nickChanged()).isTrue();
        });
    }

    @Test
    void shouldSayWhatTheRoomIs() {
        // when
        MucDecision decision = rules.decide(
                space(true, false),
                false,
                occupants,
                stanza("carl", "", "iq get: <query xmlns='http://jabber.org/protocol/disco#info'/>"),
                false);

        // then
        Element query = ((MucDecision.Answer) decision)
                .stanza()
                .child("query", Namespaces.DISCO_INFO)
                .orElseThrow();
        assertThat(query.child("identity", Namespaces.DISCO_INFO).orElseThrow().attributes())
                .containsEntry("category", "conference")
                .containsEntry("type", "text")
                .containsEntry("name", "Team");
        assertThat(query.children().map(child -> child.attribute("var")))
                .contains("http://jabber.org/protocol/muc", "muc_passwordprotected", "muc_open", "muc_persistent");
    }

    @Test
    void shouldTellOnlyThoseInsideWhoIsIn() {
        // given
        String items = "iq get: <query xmlns='http://jabber.org/protocol/disco#items'/>";

        // then
        assertThat(jids(stanza("carl", "", items))).isEmpty();
        assertThat(jids(stanza("bob", "", items))).containsExactly(ROOM + "/Ana", ROOM + "/Bob", ROOM + "/Eve");
    }

    private List<String> jids(Element iq) {
        MucDecision decision = rules.decide(space(false, false), false, occupants, iq, true);
        return ((MucDecision.Answer) decision)
                .stanza()
                .child("query", Namespaces.DISCO_ITEMS)
                .orElseThrow()
                .children()
                .map(child -> String.valueOf(child.attribute("jid")))
                .toList();
    }

    private static Space space(boolean passcode, boolean locked) {
        return new Space(UUID.randomUUID(), "Team", "team", null, null, passcode, 25, locked, true, 100);
    }

    private static Element stanza(String who, String to, String text) {
        String from = who.equals("bob") ? BOB : who.equals("eve") ? EVE : CARL;
        String[] head = text.substring(0, text.indexOf(':')).split(" ");
        Element element = StreamParser.parse("<" + head[0] + " xmlns='jabber:client'>"
                + text.substring(text.indexOf(':') + 1).strip() + "</" + head[0] + ">");
        return element.with("from", from)
                .with("to", ROOM + to)
                .with("id", "1")
                .with("type", head.length > 1 ? head[1] : null);
    }

    /** The decision's name; of an answer the error's condition, or {@code result}. */
    private static String wordOf(MucDecision decision) {
        if (!(decision instanceof MucDecision.Answer answer)) {
            return decision.getClass().getSimpleName();
        }
        return answer.stanza()
                .child("error", Namespaces.CLIENT)
                .flatMap(error -> error.children().findFirst())
                .map(Element::name)
                .orElse(String.valueOf(answer.stanza().attribute("type")));
    }

    private static Jid jid(String text) {
        return Jid.parse(text).orElseThrow();
    }
}
