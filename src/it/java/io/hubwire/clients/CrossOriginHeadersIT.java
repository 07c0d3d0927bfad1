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
    @ValueSource(
            strings = {
                "http://other.example.com",
                "https://www.example.com",
                "http://www.example.com:8080",
                "http://www.example.com.",
                "http://www.example.com.other.example.com",
                "http://example.com",
                "http://127.0.0.1",
                "null",
                "*",
                ""
            })
    void otherOrigin_isRefused_andNotNamed(String origin) {
        for (String operation : List.of("negotiate", "ping", "hubs", "send", "connect")) {
            RawExchange answer = call("GET", operation, "Origin: " + origin);

            assertThat(answer.status()).as(operation).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("The origin of this request is not allowed.");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(answer, "X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void noOrigin_orTheServersOwn_isServed_andNotNamed() {
        for (String header : List.of("X-No-Origin: at all", "Origin: http://127.0.0.1:" + host.port())) {
            RawExchange answer = call("GET", "negotiate", header);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
        }
    }

    /** As recorded of the original, which leaves it to the browser (capture 02032). */
    @Test
    void otherOrigin_whereNoneIsAllowed_isNotNamed() {
        try (StoryHost closed = StoryHost.start(OriginPolicy.sameOrigin())) {
            RawExchange answer = call(closed, "GET", "negotiate", "Origin: " + FRIEND);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void anyOrigin_whereAllAreAllowed_isLetIn_butWithoutCredentials() {
        try (StoryHost open = StoryHost.start(OriginPolicy.allowingAny())) {
            for (String origin : List.of("http://other.example.com", "null")) {
                RawExchange answer = call(open, "GET", "negotiate", "Origin: " + origin);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(header(answer, "Access-Control-Allow-Origin")).contains("*");
                assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
            }
        }
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
        assertThat(header(answer, "Access-Control-Allow-Methods").orElseThrow().split(", "))
                .containsExactlyInAnyOrder("GET", "POST");
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
        return call(host, method, operation, headers);
    }

    private static RawExchange call(StoryHost host, String method, String operation, String... headers) {
        return new RawHttpClient("127.0.0.1", host.port())
                .call(
                        new RawHttpRequest(method, "/signalr/" + operation, List.of(headers), new byte[0]),
                        Duration.ofSeconds(20));
    }
}
