package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiateResponseTest {

    private static NegotiateResponse response(Duration keepAlive, Duration disconnect, Duration longPollDelay) {
        return new NegotiateResponse(
                "/signalr",
                "tok",
                "bd830ea2-4580-4132-bc3b-393210c06eac",
                keepAlive,
                disconnect,
                Duration.ofSeconds(110),
                true,
                ProtocolVersion.negotiate("2.1"),
                Duration.ofSeconds(5),
                longPollDelay);
    }

    @Test
    void toJson_defaults_v01WritesAllKeysInOrder() {
        assertThat(response(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ZERO)
                        .toJson())
                .isEqualTo(
                        "{\"Url\":\"/signalr\",\"ConnectionToken\":\"tok\",\"ConnectionId\":\"bd830ea2-4580-4132-bc3b-393210c06eac\","
                                + "\"KeepAliveTimeout\":20.0,\"DisconnectTimeout\":30.0,\"ConnectionTimeout\":110.0,\"TryWebSockets\":true,"
                                + "\"ProtocolVersion\":\"2.0\",\"TransportConnectTimeout\":5.0,\"LongPollDelay\":0.0}");
    }

    @Test
    void toJson_keepAliveOff_v09WritesNull() {
        assertThat(response(null, Duration.ofSeconds(30), Duration.ZERO).toJson())
                .contains("\"KeepAliveTimeout\":null,");
    }

    @Test
    void toJson_otherDurations_v10WritesSecondsWithFraction() {
        assertThat(response(Duration.ofSeconds(6), Duration.ofSeconds(9), Duration.ofMillis(250))
                        .toJson())
                .contains("\"KeepAliveTimeout\":6.0,\"DisconnectTimeout\":9.0,")
                .endsWith("\"LongPollDelay\":0.25}");
    }

    @Test
    void redirect_withToken_writesTheMinimalBody() {
        assertThat(new NegotiateRedirect.To("http://host/signalr", Optional.of("a\"b")).toJson())
                .isEqualTo(
                        "{\"ProtocolVersion\":\"2.0\",\"RedirectUrl\":\"http://host/signalr\",\"AccessToken\":\"a\\\"b\"}");
        assertThat(new NegotiateRedirect.To("http://host/signalr", Optional.empty()).toJson())
                .isEqualTo("{\"ProtocolVersion\":\"2.0\",\"RedirectUrl\":\"http://host/signalr\"}");
    }

    @Test
    void refusal_withText_writesError() {
        assertThat(new NegotiateRedirect.Refusal("Server-provided negotiate error message!").toJson())
                .isEqualTo("{\"ProtocolVersion\":\"2.0\",\"Error\":\"Server-provided negotiate error message!\"}");
        assertThatIllegalArgumentException().isThrownBy(() -> new NegotiateRedirect.Refusal(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host/signalr",
                "HTTPS://host",
                "https://host:1/a?b=c&d",
                "http://[::1]:80/x?redirect=invalid&/?=/&"
            })
    void redirect_toAnAddress_isTaken(String url) {
        assertThat(NegotiateRedirect.to(url).toJson()).contains("\"" + url + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/signalr",
                "//host/signalr",
                "http://",
                "http:///x",
                "http://?x",
                "ftp://host/x",
                "javascript:alert(1)//http://",
                "http://host/a b",
                "http://host/\u0001",
                "http://host/#x"
            })
    void redirect_toWhatNoClientCanUse_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> NegotiateRedirect.to(url));
    }

    @Test
    void redirect_inALog_showsNeitherTokenNorQuery() {
        assertThat(NegotiateRedirect.to("http://host/signalr?key=secret", "secret"))
                .hasToString("redirect to http://host/signalr");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NegotiateRedirect.to("http://ho st/?secret"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> NegotiateRedirect.to("http://host", ""));
    }
}
