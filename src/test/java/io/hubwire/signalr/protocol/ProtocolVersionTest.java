package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "1.5", "1.4", "1.3", "1.2", "1.6", "1.2.5", "1.9", "1.4.0", "1.5.0.0"})
    void negotiate_servedVersion_v02EchoesItExactly(String sent) {
        assertThat(ProtocolVersion.negotiate(sent).text()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"9.9,2.0", "2.1,2.0", "3.0,2.0", "99.0,2.0", "2.0.0,2.0", "1.0,1.2", "1.1,1.2", "0.0,1.2", "01.05,1.5"})
    void negotiate_outOfRange_v03ClampsIt(String sent, String served) {
        assertThat(ProtocolVersion.negotiate(sent).text()).isEqualTo(served);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                ".8",
                "1337",
                "abc",
                "2",
                "-1.0",
                "1,5",
                "1.99999999999",
                "1.2147483648",
                "1..5",
                "1.5.",
                ".",
                "1.5.0.0.0",
                " 1.5",
                "+1.5",
                "1.5a",
                "1.٥"
            })
    void negotiate_unreadable_v03FallsBackToTheOldest(String sent) {
        assertThat(ProtocolVersion.negotiate(sent)).isEqualTo(ProtocolVersion.MIN);
    }

    @Test
    void parse_largestComponent_isRead() {
        assertThat(ProtocolVersion.parse("1.2147483647")).hasValue(new ProtocolVersion(1, Integer.MAX_VALUE, -1, -1));
    }

    @ParameterizedTest
    @CsvSource({"1.2,false", "1.3,false", "1.3.9,false", "1.4,true", "1.4.0,true", "1.5,true", "2.0,true"})
    void delayedStart_isOnFrom14(String version, boolean delayed) {
        assertThat(ProtocolVersion.negotiate(version).delayedStart()).isEqualTo(delayed);
    }

    @Test
    void construct_impossibleComponents_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolVersion(1, -1, -1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolVersion(1, 2, -1, 0));
    }

    @ParameterizedTest
    @CsvSource({"1.5, false, false", "1.9, false, false", "2.0, true, false", "2.0.9, true, false", "2.1, true, true"})
    void redirects_areFollowedFrom20_withAQueryFrom21(String version, boolean redirects, boolean queries) {
        ProtocolVersion parsed = ProtocolVersion.parse(version).orElseThrow();

        assertThat(parsed.followsRedirects()).isEqualTo(redirects);
        assertThat(parsed.followsRedirectQueries()).isEqualTo(queries);
    }
}
