package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Progress of hub methods (protocol §6.7), over every transport. */
class ProgressVectorsIT {
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

    @ParameterizedTest
    @MethodSource("transportsAndVersions")
    void V62_report_comesOverTheReceiveChannel(ClientOptions options) {
        try (SignalRTestClient client = CallServer.started(options)) {
            assertThat(client.invoke("calls", "ReportProgressInt").json().raw()).isEqualTo("{\"I\":\"0\"}");
            assertThat(client.awaitMessages(1))
                    .extracting(JsonText::raw)
                    .containsExactly("{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":100}}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void V62_reports_comeInOrderAndToTheCallerAlone(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport));
                SignalRTestClient stranger = CallServer.started(server.options(transport))) {
            assertThat(client.invoke("calls", "reportMany", 50).result()).contains("\"done\"");
            assertThat(client.awaitMessages(50))
                    .extracting(JsonText::raw)
                    .containsExactlyElementsOf(IntStream.range(0, 50)
                            .mapToObj(i -> "{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":{\"x\":" + i + ",\"y\":0.5}}}")
                            .toList());
            stranger.invoke("tell", "tellAll", "the end");
            assertThat(stranger.awaitMessages(1)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void report_afterAChangeOfState_carriesIt(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(client.invoke("calls", "reportWithState").json().raw())
                    .isEqualTo("{\"S\":{\"step\":1},\"I\":\"0\"}");
            assertThat(client.awaitMessages(1))
                    .extracting(JsonText::raw)
                    .containsExactly("{\"S\":{\"step\":1},\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":\"half\"}}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void report_afterTheCallHasCompleted_isRefused(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            client.invoke("calls", "keepProgress");
            assertThat(client.invoke("calls", "useKeptProgress").error())
                    .contains("You cannot report progress on a hub method invocation that has already completed.");
        }
    }
}
