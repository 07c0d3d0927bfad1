package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand receive requests at one time, all of the same client. */
class ParallelConnectsIT {
    private static final int CONNECTS = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LONG_POLLING")
    void v93_thousandConnectsWithOneToken_leaveExactlyOne(TestTransport transport) {
        try (TestServer server = TestServer.single(TestServer.config(KeyRing.random()));
                SignalRTestClient client = SignalRTestClient.create(ClientOptions.to("127.0.0.1", server.port())
                        .withTransport(transport)
                        .withHubs("contracthub"))) {
            server.nodes().get(0).awaitRequestsFor(Duration.ofSeconds(60)); // a slow client opens all, then sends
            String token = client.negotiate().connectionToken();
            for (int i = 0; i < CONNECTS; i++) {
                connect(transport, "127.0.0.1:" + server.port() + "/signalr/connect?" + query(transport, token));
            }

            await("the end of all but one").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(failures).isEmpty();
                assertThat(ended).hasValue(CONNECTS - 1);
            });
            await("what is left").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(server.value(Gauge.CONNECTIONS_CURRENT)).isEqualTo(1);
                assertThat(server.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT)).isEqualTo(1);
            });
            client.start();
            client.abort();
            server.awaitNobody();
            assertThat(server.value(Counter.ERRORS_ALL)).isZero();
            assertThat(failures).isEmpty();
        }
    }

    private static String query(TestTransport transport, String token) {
        return "clientProtocol=2.1&frameId=1&transport=" + transport.wireName() + "&connectionData="
                + encode("[{\"name\":\"contracthub\"}]") + "&connectionToken=" + encode(token);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void connect(TestTransport transport, String where) {
        if (transport == TestTransport.WEB_SOCKETS) {
            CompletionStage<WebSocket> opening =
                    http.newWebSocketBuilder().buildAsync(URI.create("ws://" + where), new Ending());
            opening.whenComplete((socket, failure) -> noteIfFailed(failure));
        } else {
            CompletionStage<HttpResponse<Void>> answer = http.sendAsync(
                    HttpRequest.newBuilder(URI.create("http://" + where)).build(),
                    HttpResponse.BodyHandlers.discarding());
            answer.whenComplete((response, failure) -> {
                noteIfFailed(failure);
                if (failure == null && response.statusCode() != 200) {
                    failures.add("answered " + response.statusCode());
                }
                ended.incrementAndGet();
            });
        }
    }

    private void noteIfFailed(Throwable failure) {
        if (failure != null) {
            failures.add(failure.toString());
        }
    }

    private final class Ending implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            ended.incrementAndGet();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            failures.add(error.toString());
        }
    }
}
