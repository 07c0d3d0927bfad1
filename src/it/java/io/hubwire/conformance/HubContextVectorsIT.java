package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hub knows of its caller (protocol §6.8), and what it can keep with it, the same over every transport. */
class HubContextVectorsIT {
    private static CallServer server;

    @BeforeAll
    static void startServer() {
        server = new CallServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void context_tellsOfTheRequestItsUserAndItsConnection(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport)
                .withQuery("multi", "one")
                .withQuery("Multi", "two")
                .withHeader("X-Custom: a")
                .withHeader("X-Custom: b")
                .withHeader("Cookie: ck=biscuit"))) {
            assertThat(client.invoke("calls", "who").result().orElseThrow())
                    .startsWith("{\"id\":\"" + client.connectionId() + "\"")
                    .containsAnyOf("\"query\":[\"one\",\"two\"]", "\"query\":[\"two\",\"one\"]")
                    .containsAnyOf("\"joined\":\"one,two\"", "\"joined\":\"two,one\"")
                    .contains("\"headers\":[\"a\",\"b\"]", "\"cookie\":\"biscuit\"", "\"user\":\"alice\"")
                    .contains("\"claims\":[\"sales\",\"support\"]", "\"address\":\"127.0.0.1\"")
                    .contains("\"transport\":\"" + transport.wireName() + "\"", "\"attribute\":\"from the filter\"");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void items_liveWithTheConnection_fromItsStartOverAReconnectToItsEnd(TestTransport transport) {
        SignalRTestClient client = CallServer.started(server.options(transport));
        assertThat(client.invoke("calls", "remember", "a").result()).contains("[1,[\"a\"]]");
        client.drop();
        client.reconnect();
        client.awaitCall("calls", "back");
        assertThat(client.invoke("calls", "remember", "b").result()).contains("[1,[\"a\",\"reconnected\",\"b\"]]");

        client.abort();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(CallHub.ended(client.connectionId()))
                .containsExactly(client.connectionId() + " [a, reconnected, b]"));
        client.close();

        try (SignalRTestClient again = SignalRTestClient.create(server.options(transport))) {
            again.adopt(client.negotiation());
            again.connect();
            again.start();
            assertThat(again.invoke("calls", "remember", "c").result())
                    .as("a connection that has ended leaves nothing to its successor")
                    .contains("[1,[\"c\"]]");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void items_ofTwoConnections_areApart(TestTransport transport) {
        try (SignalRTestClient first = CallServer.started(server.options(transport));
                SignalRTestClient second = CallServer.started(server.options(transport))) {
            assertThat(first.invoke("calls", "remember", "a").result()).contains("[1,[\"a\"]]");
            assertThat(second.invoke("calls", "remember", "b").result()).contains("[1,[\"b\"]]");
        }
    }
}
