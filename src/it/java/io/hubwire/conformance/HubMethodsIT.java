package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hub methods give and take, and what is none, over every transport. */
class HubMethodsIT {
    private static CallServer server;

    @BeforeAll
    static void startServer() {
        server = new CallServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static final Map<String, String> RESULTS = new LinkedHashMap<>();

    static {
        RESULTS.put("number", "42");
        RESULTS.put("whole", "2.0");
        RESULTS.put("point", "{\"x\":1,\"y\":2.5}");
        RESULTS.put("array", "[1,2]");
        RESULTS.put("generic", "{\"points\":[{\"x\":1,\"y\":2.5}]}");
        RESULTS.put("present", "\"here\"");
        RESULTS.put("time", "\"2013-05-09T18:30:00Z\"");
        RESULTS.put("span", "\"01:30:00\"");
        RESULTS.put("colour", "1");
        RESULTS.put("bytes", "\"AAH/\"");
        RESULTS.put("raw", "{\"a\":[1.50]}");
        RESULTS.put("stage", "{\"x\":1,\"y\":2.5}");
        RESULTS.put("future", "\"from the future\"");
        RESULTS.put("overload", "\"none\"");
        RESULTS.put("thread", Runtime.version().feature() >= 21 ? "\"virtual\"" : "\"pooled\"");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void results_ofEveryKind_comeBack(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            RESULTS.forEach((method, result) -> assertThat(
                            client.invoke("calls", method).result())
                    .as(method)
                    .contains(result));
            for (String method : List.of("nothing", "absent")) {
                assertThat(client.invoke("calls", method).json().raw())
                        .as(method)
                        .doesNotContain("\"R\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void overloads_areChosenByCount(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            assertThat(client.invoke("calls", "overload", 5).result()).contains("\"one 5\"");
            assertThat(client.invoke("calls", "OVERLOAD", "5", List.of("green", 0))
                            .result())
                    .contains("\"two [GREEN, RED]\"");
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void whatIsNoHubMethod_isNotThere(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            for (String method :
                    List.of("toString", "getClass", "onConnected", "onReconnected", "clients", "context")) {
                assertThat(client.invoke("calls", method).error())
                        .contains("'" + method + "' method could not be resolved. No method found with that name.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void typedHub_callsItsClientsThroughTheirInterface(TestTransport transport) {
        try (SignalRTestClient client = CallServer.started(server.options(transport))) {
            client.invoke("tell", "join", "room");
            client.invoke("tell", "tellGroup", "room");
            assertThat(client.invoke("tell", "tellMe").json().raw()).isEqualTo("{\"S\":{\"told\":true},\"I\":\"2\"}");
            assertThat(client.awaitMessages(2))
                    .extracting(JsonText::raw)
                    .containsExactlyInAnyOrder(
                            "{\"H\":\"tell\",\"M\":\"told\",\"A\":[\"group\",2]}",
                            "{\"H\":\"tell\",\"M\":\"toldLater\",\"A\":[{\"x\":1,\"y\":2.0}],\"S\":{\"told\":true}}");
        }
    }
}
