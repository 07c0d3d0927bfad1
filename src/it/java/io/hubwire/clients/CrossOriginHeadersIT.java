package io.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.signalr.security.OriginPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser reads of it before it lets a page have the answer (protocol §16). */
class CrossOriginHeadersIT {
    private static final String FRIEND = "http://www.example.com";
    private static StoryHost host;

    @BeforeAll
    static void start() {
        host = StoryHost.start(OriginPolicy.allowing(List.of(FRIEND)));
    }

    @AfterAll
    static void end() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"negotiate", "ping", "hubs", "send"})
    void allowedOrigin_isNamed_withCredentials(String operation) {
        RawExchange answer = call("GET", operation, "Origin: " + FRIEND);

        assertThat(header(answer, "Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).contains("true");
        assertThat(header(answer, "Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://other.example.com", "Origin: null", "X-No-Origin: at all"})
    void otherOrigin_isNotNamed(String header) {
        RawExchange answer = call("GET", "negotiate", header);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void preflight_ofAnAllowedOrigin_allowsWhatWasAsked() {
        RawExchange answer = call(
                "OPTIONS",
                "negotiate",
                "Origin: " + FRIEND,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: authorization");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(header(answer, "Access-Control-Allow-Methods")).contains("GET, POST");
        assertThat(header(answer, "Access-Control-Allow-Headers")).contains("authorization");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void preflight_ofAStranger_allowsNothing() {
        RawExchange answer =
                call("OPTIONS", "negotiate", "Origin: http://other.example.com", "Access-Control-Request-Method: GET");

        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEmpty();
    }

    private static Optional<String> header(RawExchange answer, String name) {
        return answer.head().orElseThrow().first(name);
    }

    private static RawExchange call(String method, String operation, String... headers) {
        return new RawHttpClient("127.0.0.1", host.port())
                .call(
                        new RawHttpRequest(method, "/signalr/" + operation, List.of(headers), new byte[0]),
                        Duration.ofSeconds(20));
    }
}
