package io.hubwire.conformance;

import static io.hubwire.conformance.DemoClients.PATIENCE;
import static io.hubwire.conformance.DemoClients.answer;
import static io.hubwire.conformance.DemoClients.answers;
import static io.hubwire.conformance.DemoClients.awaitEvents;
import static io.hubwire.conformance.DemoClients.encode;
import static io.hubwire.conformance.DemoClients.invoke;
import static io.hubwire.conformance.DemoClients.post;
import static io.hubwire.conformance.DemoClients.send;
import static io.hubwire.conformance.DemoClients.sendTarget;
import static io.hubwire.conformance.DemoClients.signals;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.SignalRTestClient.PendingCall;
import io.hubwire.kit.client.TestTransport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Hub calls (protocol §6, §18.4). */
class HubCallVectorsIT {
    private static DemoServer server;
    private final DemoClients clients = new DemoClients();

    @BeforeAll
    static void startServer() {
        server = DemoServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeClients() {
        clients.close();
    }

    private SignalRTestClient started(TestTransport transport) {
        return clients.start(server.client(transport));
    }

    /** On the mapping without detailed errors. */
    private SignalRTestClient startedPlain(TestTransport transport) {
        return clients.start(server.client(transport).withPath(DemoServer.PLAIN));
    }

    private String answered(TestTransport transport, String call) {
        return answer(started(transport), call);
    }

    // --- requests and results ---

    @ParameterizedTest
    @EnumSource
    void v42_v44_call_answersWithTheResultAndTheIdAsText(TestTransport transport) {
        assertThat(answered(transport, "{\"H\":\"demo\",\"M\":\"overload\",\"A\":[5],\"I\":0}"))
                .isEqualTo("{\"R\":5,\"I\":\"0\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v43_argumentsOmitted_namesInAnyCase_voidHasNoResult(TestTransport transport) {
        assertThat(answered(transport, "{\"H\":\"Demo\",\"M\":\"OVERLOAD\",\"I\":\"x1\"}"))
                .isEqualTo("{\"I\":\"x1\"}");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WEB_SOCKETS")
    void v45_bodyWithoutContentType_asText_withATrailingAmpersand_isReadAsAForm(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String form = "data=" + encode("{\"H\":\"demo\",\"M\":\"Overload\",\"A\":[5],\"I\":0}");
        RawHttpRequest request = RawHttpRequest.post(sendTarget(client));
        for (RawHttpRequest each : List.of(
                request.body(form),
                request.header("Content-Type: text/plain").body(form),
                request.header("Content-Type: application/x-www-form-urlencoded")
                        .body(form + "&"))) {
            RawExchange exchange = send(client, each);
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.body()).isEqualTo("{\"R\":5,\"I\":\"0\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WEB_SOCKETS")
    void v46_plusInTheBodyIsASpace_percentTwoBIsAPlus(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String call = encode("{\"H\":\"demo\",\"M\":\"EchoReturn\",\"A\":[\"@\"],\"I\":0}")
                .replace("%40", "a%2Bb+c");
        assertThat(send(client, RawHttpRequest.form(sendTarget(client), "data=" + call))
                        .body())
                .isEqualTo("{\"R\":\"a+b c\",\"I\":\"0\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v53_hubThatIsNotInTheConnectionData_isCalledAllTheSame(TestTransport transport) {
        SignalRTestClient client = clients.start(server.client(transport).withHubs());
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EchoReturn\",\"A\":[\"x\"],\"I\":0}"))
                .isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
        assertThat(answer(client, "{\"H\":\"otherhub\",\"M\":\"ping\",\"I\":1}"))
                .isEqualTo("{\"R\":\"pong\",\"I\":\"1\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v60_falseZeroAndEmptyAreResults_nullIsNone(TestTransport transport) {
        SignalRTestClient client = started(transport);
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"FalseResult\",\"I\":0}"))
                .isEqualTo("{\"R\":false,\"I\":\"0\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"ZeroResult\",\"I\":1}"))
                .isEqualTo("{\"R\":0,\"I\":\"1\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EmptyResult\",\"I\":2}"))
                .isEqualTo("{\"R\":\"\",\"I\":\"2\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"NullResult\",\"I\":3}"))
                .isEqualTo("{\"I\":\"3\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"GenericTask\",\"I\":4}"))
                .isEqualTo("{\"R\":4,\"I\":\"4\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v63_scriptTagInAResult_isEscapedForForeverFrameAlone(TestTransport transport) {
        String result = transport == TestTransport.FOREVER_FRAME
                ? "\\u003cscript\\u003ealert(\\\"\\u003c/script\\u003e\\\")\\u003c/script\\u003e"
                : "<script>alert(\\\"</script>\\\")</script>";
        assertThat(answered(transport, "{\"H\":\"demo\",\"M\":\"InlineScriptTag\",\"I\":0}"))
                .isEqualTo("{\"R\":\"" + result + "\",\"I\":\"0\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v65_dateInAStringProperty_isNotTouched(TestTransport transport) {
        String holder = "{\"DateAsString\":\"2013-05-09T18:30:00Z\"}";
        assertThat(answered(transport, "{\"H\":\"demo\",\"M\":\"EchoDateHolder\",\"A\":[" + holder + "],\"I\":0}"))
                .isEqualTo("{\"R\":" + holder + ",\"I\":\"0\"}");
    }

    // --- what cannot be called ---

    @ParameterizedTest
    @EnumSource
    void v47_twoMethodsOfOneCount_isAnError_withCandidatesWhenDetailed(TestTransport transport) {
        String call = "{\"H\":\"demo\",\"M\":\"UnsupportedOverload\",\"A\":[5],\"I\":0}";
        assertThat(answer(startedPlain(transport), call))
                .isEqualTo(
                        "{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.UnsupportedOverload'.\"}");
        assertThat(answer(started(transport), call))
                .startsWith("{\"I\":\"0\",\"E\":\"'UnsupportedOverload' method could not be resolved."
                        + " Potential candidates are: ")
                .contains("\\nUnsupportedOverload(text:String):String")
                .contains("\\nUnsupportedOverload(number:");
    }

    @ParameterizedTest
    @EnumSource
    void v48_unknownMethod_isAnError(TestTransport transport) {
        String call = "{\"H\":\"demo\",\"M\":\"nosuch\",\"I\":0}";
        assertThat(answer(started(transport), call))
                .isEqualTo(
                        "{\"I\":\"0\",\"E\":\"'nosuch' method could not be resolved. No method found with that name.\"}");
        assertThat(answer(startedPlain(transport), call))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.nosuch'.\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v49_whatEveryHubHas_cannotBeCalled(TestTransport transport) {
        SignalRTestClient client = started(transport);
        for (String method : List.of(
                "Dispose",
                "OnConnected",
                "ToString",
                "get_Context",
                "OnReconnected",
                "OnGap",
                "Context",
                "Clients",
                "Groups",
                "HashCode",
                "GetClass",
                "NotifyAll",
                "Wait",
                "Finalize")) {
            assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"" + method + "\",\"I\":0}"))
                    .isEqualTo("{\"I\":\"0\",\"E\":\"'" + method
                            + "' method could not be resolved. No method found with that name.\"}");
        }
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"OnDisconnected\",\"A\":[true],\"I\":0}"))
                .contains("could not be resolved");
        assertThat(DemoHub.eventsOf(client.connectionId())).containsExactly("connected");
    }

    // --- errors ---

    @ParameterizedTest
    @EnumSource
    void v50_exception_isAGeneralTextUnlessDetailed(TestTransport transport) {
        String call = "{\"H\":\"demo\",\"M\":\"SynchronousException\",\"I\":0}";
        assertThat(answer(startedPlain(transport), call))
                .isEqualTo(
                        "{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.SynchronousException'.\"}");
        SignalRTestClient detailed = started(transport);
        assertThat(answer(detailed, call)).isEqualTo("{\"I\":\"0\",\"E\":\"synchronous exception\"}");
        assertThat(answer(detailed, "{\"H\":\"demo\",\"M\":\"GenericTaskWithException\",\"I\":1}"))
                .isEqualTo("{\"I\":\"1\",\"E\":\"exception of a task\"}");
    }

    @ParameterizedTest
    @EnumSource
    void v51_hubException_reachesTheClientOnEveryMapping(TestTransport transport) {
        for (SignalRTestClient client : List.of(startedPlain(transport), started(transport))) {
            assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"HubException\",\"I\":0}"))
                    .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"message\",\"D\":\"errorData\"}");
            assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"HubExceptionWithoutErrorData\",\"I\":0}"))
                    .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"message\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void v52_cancelledTask_isAnError(TestTransport transport) {
        String call = "{\"H\":\"demo\",\"M\":\"CancelledTask\",\"I\":0}";
        assertThat(answer(startedPlain(transport), call))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.CancelledTask'.\"}");
        assertThat(answer(started(transport), call)).isEqualTo("{\"I\":\"0\",\"E\":\"A task was canceled.\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"H":"nosuch","M":"x","I":0}
            {"H":"demo","M":null,"I":0}
            {"H":"demo","I":0}
            {"M":"Overload","I":0}
            {"H":"demo","M":"Overload","A":5,"I":0}
            {bad
            []
            5
            null
            """)
    void v54_v55_unknownHubOrMalformedData_over_http_is500_overAWebSocketSilence(String call) {
        for (TestTransport transport : TestTransport.values()) {
            SignalRTestClient client = started(transport);
            if (transport == TestTransport.WEB_SOCKETS) {
                client.webSocket().orElseThrow().sendText(call);
            } else {
                RawExchange refused = post(client, call);
                assertThat(refused.status()).isEqualTo(500);
                assertThat(refused.body()).doesNotContain("\tat ", "io.hubwire");
            }
            assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EchoReturn\",\"A\":[\"alive\"],\"I\":\"after\"}"))
                    .as("%s after %s", transport, call)
                    .isEqualTo("{\"R\":\"alive\",\"I\":\"after\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void v64_resultThatCannotBeSerialized_closesAWebSocketAndTheClientComesBack(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String call = "{\"H\":\"demo\",\"M\":\"Unserializable\",\"I\":0}";
        if (transport == TestTransport.WEB_SOCKETS) {
            RawWebSocket socket = client.webSocket().orElseThrow();
            socket.sendText(call);
            client.awaitChannelEnd();
            assertThat(socket.closeCode()).hasValue(1011);
            assertThat(answers(socket.texts())).isEmpty();
            client.reconnect();
            awaitEvents(client, "connected", "reconnected");
        } else {
            assertThat(post(client, call).status()).isEqualTo(500);
        }
        assertThat(invoke(client, "EchoReturn", "later").result()).hasValue("\"later\"");
    }

    // --- arguments ---

    @ParameterizedTest
    @EnumSource
    void v58_nullForAPrimitive_isAHubError_forAnObjectItIsNull(TestTransport transport) {
        SignalRTestClient client = startedPlain(transport);
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EchoInt\",\"A\":[null],\"I\":0}"))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.EchoInt'.\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EchoReturn\",\"A\":[null],\"I\":1}"))
                .isEqualTo("{\"I\":\"1\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"EchoInteger\",\"A\":[null],\"I\":2}"))
                .isEqualTo("{\"I\":\"2\"}");
        assertThat(answer(started(transport), "{\"H\":\"demo\",\"M\":\"EchoInt\",\"A\":[null],\"I\":0}"))
                .startsWith("{\"I\":\"0\",\"E\":\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EchoInt     | "5"                                    | 5
            EchoInteger | "-7"                                   | -7
            EchoReturn  | 5                                      | "5"
            EchoGuid    | "00112233-4455-6677-8899-AABBCCDDEEFF" | "00112233-4455-6677-8899-aabbccddeeff"
            EchoDay     | 2                                      | 2
            EchoDay     | "WEDNESDAY"                            | 2
            EchoDay     | "wednesday"                            | 2
            EchoDay     | "2"                                    | 2
            EchoInstant | "2013-05-09T18:30:00Z"                 | "2013-05-09T18:30:00Z"
            EchoInstant | "2013-05-09T20:30:00+02:00"            | "2013-05-09T18:30:00Z"
            EchoBytes   | "AAEC+v8="                             | "AAEC+v8="
            SumOfBytes  | "AQID"                                 | 6
            EchoInts    | [1,"2",3]                              | [1,2,3]
            EchoInts    | []                                     | []
            """)
    void v59_lenientBinding(String method, String argument, String result) {
        for (TestTransport transport : TestTransport.values()) {
            assertThat(answered(
                            transport, "{\"H\":\"demo\",\"M\":\"" + method + "\",\"A\":[" + argument + "],\"I\":0}"))
                    .as("%s", transport)
                    .isEqualTo("{\"R\":" + result + ",\"I\":\"0\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoInt", "EchoGuid", "EchoDay", "EchoInstant", "EchoBytes", "EchoInts"})
    void v59_valueThatDoesNotFit_isAHubErrorAndTheConnectionGoesOn(String method) {
        SignalRTestClient client = startedPlain(TestTransport.WEB_SOCKETS);
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"" + method + "\",\"A\":[\"!no!\"],\"I\":0}"))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo." + method + "'.\"}");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"Overload\",\"A\":[5],\"I\":1}"))
                .isEqualTo("{\"R\":5,\"I\":\"1\"}");
    }

    // --- order ---

    @ParameterizedTest
    @EnumSource
    void v61_twoSlowCalls_answerInTheOrderOfTheirEnd_eachWithItsId(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String first = transport + " first";
        String second = transport + " second";
        PendingCall slow = client.invokeAsync("demo", "Hold", first);
        PendingCall quick = client.invokeAsync("demo", "Hold", second);

        invoke(client, "Release", second);
        assertThat(quick.orTimeoutAfter(PATIENCE).result()).hasValue("\"" + second + "\"");
        invoke(client, "Release", first);
        assertThat(slow.orTimeoutAfter(PATIENCE).result()).hasValue("\"" + first + "\"");
    }

    @Test
    void callsOfOneWebSocket_areDispatchedInOrder() {
        SignalRTestClient client = started(TestTransport.WEB_SOCKETS);
        RawWebSocket socket = client.webSocket().orElseThrow();
        int count = 200;
        for (int i = 0; i < count; i++) {
            socket.sendText("{\"H\":\"demo\",\"M\":\"SignalCallerAndReturn\",\"A\":[" + i + "],\"I\":" + i + "}");
        }

        List<String> expected =
                IntStream.range(0, count).mapToObj(Integer::toString).toList();
        assertThat(signals(client.awaitMessages(count))).isEqualTo(expected);
        assertThat(socket.awaitTexts(texts -> answers(texts).size() == count, PATIENCE))
                .isTrue();
        assertThat(answers(socket.texts()))
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> "{\"R\":" + i + ",\"I\":\"" + i + "\"}")
                        .toList());
    }
}
