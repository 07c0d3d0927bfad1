package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.SignalRTestClient.PendingCall;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Client state on the way to hubs and back (protocol §6.6), over every transport. */
class StateVectorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static CallServer server;

    @BeforeAll
    static void startServer() {
        server = new CallServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static Stream<ClientOptions> transportsAndVersions() {
        return Arrays.stream(TestTransport.values())
                .flatMap(transport -> Stream.of("1.2", "1.3", "1.4", "1.5", "2.0", "2.1")
                        .map(version -> server.options(transport).withClientProtocol(version)));
    }

    private static String call(SignalRTestClient client, String state, String method, Object... arguments) {
        return response(client, state, method, arguments).json().raw();
    }

    private static HubResponse response(SignalRTestClient client, String state, String method, Object... arguments) {
        return client.invokeWithState(state, "calls", method, arguments).orTimeoutAfter(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("transportsAndVersions")
    void V56_state_isReadAndWritten(ClientOptions options) {
        try (SignalRTestClient client = CallServer.started(options)) {
            assertThat(call(client, "{\"name\":\"test\"}", "ReadStateValue")).isEqualTo("{\"R\":\"test\",\"I\":\"0\"}");
            assertThat(call(client, "{}", "SetStateValue", "x"))
                    .isEqualTo("{\"S\":{\"Company\":\"x\"},\"R\":\"x\",\"I\":\"1\"}");
            assertThat(call(client, "{\"count\":7}", "countUp")).isEqualTo("{\"S\":{\"count\":8},\"R\":8,\"I\":\"2\"}");
            assertThat(call(client, "{\"Company\":\"x\"}", "SetStateValue", "x"))
                    .isEqualTo("{\"R\":\"x\",\"I\":\"3\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void V56_state_thatIsNested_isReadAsItWasSent(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(response(client, "{\"name\":{\"a\":[1,{\"b\":null}]}}", "ReadStateValue")
                            .result())
                    .contains("{\"a\":[1,{\"b\":null}]}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void state_setBeforeAnError_comesWithIt(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(call(client, "{}", "setAndFail"))
                    .isEqualTo(
                            "{\"S\":{\"Company\":\"kept\"},\"I\":\"0\",\"H\":true,\"E\":\"failed\",\"D\":{\"code\":7}}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void V57_state_ofMoreThan4096Characters_isNotAnsweredAndTheConnectionLives(TestTransport transport) {
        String longest = "{\"name\":\"" + "x".repeat(4096 - 11) + "\"}";
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(response(client, longest, "ReadStateValue").result()).isPresent();

            PendingCall tooLong = client.invokeWithState(longest.replace("x\"", "xx\""), "calls", "ReadStateValue");
            if (transport == TestTransport.WEB_SOCKETS) {
                assertThat(response(client, "{}", "number").result()).contains("42");
                assertThat(tooLong.answersWithin(Duration.ZERO)).isFalse();
            } else {
                assertThatThrownBy(() -> tooLong.orTimeoutAfter(PATIENCE))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageStartingWith("No hub response");
                assertThatThrownBy(() -> client.sendData(
                                "{\"H\":\"calls\",\"M\":\"number\",\"S\":" + longest.replace("x\"", "xx\"") + "}"))
                        .hasMessageContaining("was answered 500");
                assertThat(response(client, "{}", "number").result()).contains("42");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void V68_state_goesWithCallsOfTheCallerAlone(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(call(client, "{}", "callCallerAndAll")).isEqualTo("{\"S\":{\"step\":1},\"I\":\"0\"}");
            assertThat(client.awaitMessages(2))
                    .extracting(JsonText::raw)
                    .containsExactlyInAnyOrder(
                            "{\"H\":\"calls\",\"M\":\"toCaller\",\"A\":[],\"S\":{\"step\":1}}",
                            "{\"H\":\"calls\",\"M\":\"toAll\",\"A\":[]}");
        }
    }
}
