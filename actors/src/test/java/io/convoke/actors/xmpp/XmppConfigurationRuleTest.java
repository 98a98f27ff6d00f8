package io.convoke.actors.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmppConfigurationRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"example.org", "CB-1", "cb_1.example", "münchen.example", "192.0.2.1", "a.b.c"})
    void shouldTakeADomainAsName(String name) {
        assertThat(XmppConfigurationRule.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a@b", "a/b", ".a", "a..b", "-a", "a.", "<a>", "a\u0000", "a:1", "a\"", "a&b"})
    void shouldTakeNothingElseAsName(String name) {
        assertThat(XmppConfigurationRule.isName(name)).isFalse();
        assertThat(XmppConfigurationRule.isName("a".repeat(64))).isFalse();
        assertThat(XmppConfigurationRule.isName("a.".repeat(130) + "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xmpp.example.org",
                "xmpp.example.org:5223",
                "192.0.2.1:1",
                "192.0.2.1:65535",
                "[2001:db8::1]",
                "[2001:db8::1]:5223",
                "[::]:5223",
                "[::ffff:192.0.2.1]:5223"
            })
    void shouldTakeAHostWithOrWithoutAPortAsAddress(String address) {
        assertThat(XmppConfigurationRule.isAddress(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xmpp.example.org:0",
                "xmpp.example.org:65536",
                "xmpp.example.org:99999",
                "xmpp.example.org:",
                "xmpp.example.org:5223 ",
                "2001:db8::1",
                "[2001:db8::1",
                "[2001:db8::1]5223",
                "[1]",
                "[xmpp.example.org]:5223",
                ":5223",
                "a b:5223",
                "xmpp://example.org",
                ""
            })
    void shouldTakeNothingElseAsAddress(String address) {
        assertThat(XmppConfigurationRule.isAddress(address)).isFalse();
    }

    @Test
    void shouldNameTheFieldThatCannotBeSo() {
        assertThat(XmppConfigurationRule.firstBad(XmppConfiguration.EMPTY)).isEmpty();
        assertThat(XmppConfigurationRule.firstBad(new XmppConfiguration("cb 1", "", "", "")))
                .contains("uniqueName");
        assertThat(XmppConfigurationRule.firstBad(new XmppConfiguration("cb", "a b", "", "")))
                .contains("domain");
        assertThat(XmppConfigurationRule.firstBad(new XmppConfiguration("cb", "a", "s\n", "")))
                .contains("sharedSecret");
        assertThat(XmppConfigurationRule.firstBad(new XmppConfiguration("cb", "a", "s", "h:0")))
                .contains("serverAddressOverride");
        assertThat(XmppConfigurationRule.firstBad(new XmppConfiguration("cb", "a", "s", "h:1")))
                .isEmpty();
    }

    @Test
    void shouldKeepTheSecretOutOfTexts() {
        assertThat(new XmppConfiguration("cb", "a", "hush", "").toString()).doesNotContain("hush");
    }
}
