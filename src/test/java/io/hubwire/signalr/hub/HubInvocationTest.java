package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubwire.signalr.connection.UnserializableResultException;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.protocol.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubInvocationTest {

    @HubName("demo")
    public static class DemoHub extends Hub {
        public void overload() {}

        public int overload(int number) {
            return number;
        }

        public String echo(String text) {
            return text;
        }

        public RawJson echoAny(RawJson value) {
            return value;
        }

        public Object nothing() {
            return null;
        }

        public boolean no() {
            return false;
        }

        public String connectionId() {
            return context().connectionId();
        }

        public CompletionStage<String> later() {
            return LATER;
        }

        public CompletionStage<String> nullStage() {
            return null;
        }

        public Future<String> future() {
            FutureTask<String> task = new FutureTask<>(() -> "from the future");
            task.run();
            return task;
        }

        public Future<String> failingFuture() {
            FutureTask<String> task = new FutureTask<>(() -> {
                throw new HubException("the future failed");
            });
            task.run();
            return task;
        }

        public CompletionStage<Void> done() {
            return CompletableFuture.completedStage(null);
        }

        public void synchronousException() {
            throw new IllegalStateException("what went wrong");
        }

        public CompletionStage<String> asynchronousException() {
            return CompletableFuture.supplyAsync(
                    () -> {
                        throw new IllegalStateException("what went wrong later");
                    },
                    Runnable::run);
        }

        public CompletionStage<String> outer() {
            throw new IllegalStateException("outer", new HubException("inner"));
        }

        public void hubException() {
            throw new HubException("message", "errorData");
        }

        public CompletionStage<Void> hubExceptionWithoutData() {
            return CompletableFuture.failedStage(new CompletionException(new HubException("message")));
        }

        public void hubExceptionWithoutMessage() {
            throw new HubException(null);
        }

        public void hubExceptionWithUnserializableData() {
            throw new HubException("message", new Loop());
        }

        public CompletionStage<Void> cancelled() {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            stage.cancel(false);
            return stage;
        }

        public void withoutMessage() {
            throw new IllegalStateException();
        }

        public void stackOverflow() {
            throw new StackOverflowError("too deep");
        }

        public Object unserializable() {
            return new Loop();
        }
    }

    public record Loop(List<Object> self) {
        public Loop() {
            this(new ArrayList<>());
            self.add(this);
        }
    }

    private static final CompletableFuture<String> LATER = new CompletableFuture<>();

    private final HubKit plain = HubKit.of(DemoHub.class);
    private final HubKit detailed = HubKit.detailed(DemoHub.class);

    private static String request(String method, String args) {
        return "{\"H\":\"demo\",\"M\":\"" + method + "\",\"A\":[" + args + "],\"I\":0}";
    }

    /* --- results --- */

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"H":"demo","M":"overload","A":[5],"I":0}                | {"R":5,"I":"0"}
                    {"H":"Demo","M":"OVERLOAD","I":"x1"}                     | {"I":"x1"}
                    {"H":"demo","M":"Echo","A":["a+b c"],"I":0}              | {"R":"a+b c","I":"0"}
                    {"H":"demo","M":"Echo","A":[""],"I":0}                   | {"R":"","I":"0"}
                    {"H":"demo","M":"Echo","A":[null],"I":0}                 | {"I":"0"}
                    {"H":"demo","M":"Overload","A":["5"],"I":0}              | {"R":5,"I":"0"}
                    {"H":"demo","M":"Overload","A":[0],"I":0}                | {"R":0,"I":"0"}
                    {"H":"demo","M":"EchoAny","A":[{"b":[1.50]}],"I":0}      | {"R":{"b":[1.50]},"I":"0"}
                    {"H":"demo","M":"No","A":[],"I":0}                       | {"R":false,"I":"0"}
                    {"H":"demo","M":"Nothing","A":null,"I":0}                | {"I":"0"}
                    {"H":"demo","M":"Done","I":0}                            | {"I":"0"}
                    {"H":"demo","M":"NullStage","I":0}                       | {"I":"0"}
                    {"H":"demo","M":"Future","I":0}                          | {"R":"from the future","I":"0"}
                    {"H":"demo","M":"Echo","A":["x"]}                        | {"R":"x","I":null}
                    {"H":"demo","M":"Echo","A":["x"],"I":1,"S":{"name":"n"}} | {"R":"x","I":"1"}
                    """)
    void V42_V43_V46_V59_V60_call_ofAMethod_isAnsweredWithItsResult(String call, String response) {
        assertThat(plain.call(call)).isEqualTo(response);
    }

    @Test
    void V53_call_ofAHubThatTheConnectionTakesNoPartIn_isCarriedOut() {
        assertThat(HubKit.response(plain.endpoint()
                        .onReceived(plain.request(), request("connectionId", ""))
                        .toCompletableFuture()))
                .isEqualTo("{\"R\":\"" + HubKit.CONNECTION + "\",\"I\":\"0\"}");
    }

    @Test
    void V61_call_ofAMethodThatReturnsAStage_isAnsweredWhenItIsComplete() {
        CompletableFuture<Optional<byte[]>> answer = plain.receive(request("later", ""));
        assertThat(answer).isNotDone();
        assertThat(plain.call(request("overload", "1"))).isEqualTo("{\"R\":1,\"I\":\"0\"}");

        LATER.complete("at last");

        assertThat(HubKit.response(answer)).isEqualTo("{\"R\":\"at last\",\"I\":\"0\"}");
    }

    /* --- errors --- */

    private static final String GENERIC = "There was an error invoking Hub method 'demo.%s'.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    synchronousException  | what went wrong
                    asynchronousException | what went wrong later
                    outer                 | outer
                    cancelled             | A task was canceled.
                    withoutMessage        | Exception of type 'java.lang.IllegalStateException' was thrown.
                    stackOverflow         | too deep
                    nosuch                | 'nosuch' method could not be resolved. No method found with that name.
                    ToString              | 'ToString' method could not be resolved. No method found with that name.
                    echo                  | 'echo' method could not be resolved. Potential candidates are: \\necho(text:String):String
                    """)
    void V47_V48_V49_V50_V52_call_thatFails_isAnsweredInGeneralTermsUnlessErrorsAreDetailed(
            String method, String message) {
        assertThat(plain.call(request(method, "")))
                .isEqualTo("{\"I\":\"0\",\"E\":\"" + GENERIC.formatted(method) + "\"}");
        assertThat(detailed.call(request(method, ""))).isEqualTo("{\"I\":\"0\",\"E\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hubException               | {"I":"0","H":true,"E":"message","D":"errorData"}
                    hubExceptionWithoutData    | {"I":"0","H":true,"E":"message"}
                    hubExceptionWithoutMessage | {"I":"0","H":true,"E":"Exception of type 'io.hubwire.signalr.hub.HubException' was thrown."}
                    failingFuture              | {"I":"0","H":true,"E":"the future failed"}
                    """)
    void V51_call_thatFailsWithAHubException_isAnsweredWithIt(String method, String response) {
        assertThat(plain.call(request(method, ""))).isEqualTo(response);
        assertThat(detailed.call(request(method, ""))).isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({"null", "\"x\"", "[]"})
    void V58_call_withAnArgumentThatDoesNotFit_isAHubError(String argument) {
        assertThat(plain.call(request("Overload", argument)))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'demo.Overload'.\"}");
        assertThat(detailed.call(request("Overload", argument)))
                .startsWith("{\"I\":\"0\",\"E\":\"")
                .doesNotContain("demo.Overload");
    }

    @Test
    void call_thatFails_isCounted() {
        plain.call(request("synchronousException", ""));
        plain.call(request("Overload", "null"));
        plain.call(request("nosuch", ""));
        plain.call(request("overload", "1"));

        assertThat(plain.metrics().value(Counter.ERRORS_HUB_INVOCATION)).isEqualTo(3);
        assertThat(plain.metrics().value(Counter.ERRORS_ALL)).isEqualTo(3);
        assertThat(plain.metrics().value(Counter.ERRORS_HUB_RESOLUTION)).isZero();
    }

    /* --- no answer --- */

    @Test
    void V54_call_ofAnUnknownHub_failsWithoutAnAnswerAndIsCounted() {
        assertThat(failure(plain, "{\"H\":\"nosuchhub\",\"M\":\"Echo\",\"A\":[\"x\"],\"I\":0}"))
                .hasMessage("'nosuchhub' Hub could not be resolved.");
        assertThat(plain.metrics().value(Counter.ERRORS_HUB_RESOLUTION)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{\"H\":\"demo\",",
                "[]",
                "5",
                "null",
                "{}",
                "{\"H\":\"demo\"}",
                "{\"M\":\"echo\"}",
                "{\"H\":\"demo\",\"M\":\"echo\",\"A\":{\"0\":\"x\"}}",
                "{\"H\":\"demo\",\"M\":\"echo\",\"I\":{}}"
            })
    void V55_call_thatIsNone_failsWithoutAnAnswer(String data) {
        assertThat(failure(plain, data)).isNotNull();
    }

    @Test
    void V55_call_withoutData_failsWithoutAnAnswer() {
        assertThat(failure(plain, null)).isNotNull();
    }

    @Test
    void V57_call_withTooMuchState_failsWithoutAnAnswer() {
        String state = "{\"s\":\"" + "x".repeat(4096) + "\"}";
        assertThat(failure(plain, "{\"H\":\"demo\",\"M\":\"no\",\"S\":" + state + "}"))
                .hasMessage("State has exceeded the maximum length of 4096 bytes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unserializable", "hubExceptionWithUnserializableData"})
    void V64_call_whoseOutcomeCannotBeSerialized_failsSoThatASocketCanBeClosed(String method) {
        assertThat(failure(plain, request(method, ""))).isInstanceOf(UnserializableResultException.class);
    }

    private static Throwable failure(HubKit kit, String data) {
        return Outcomes.unwrap(catchThrowable(() -> kit.receive(data).join()));
    }

    /* --- instances --- */

    private static final List<String> LIVES = new CopyOnWriteArrayList<>();

    public static class ClosedHub extends Hub implements AutoCloseable {
        public ClosedHub() {
            LIVES.add("made");
        }

        public CompletionStage<String> run() {
            LIVES.add("called");
            return LATER_STILL;
        }

        public void fail() {
            throw new HubException("failed");
        }

        @Override
        public void close() {
            LIVES.add("closed");
        }
    }

    private static final CompletableFuture<String> LATER_STILL = new CompletableFuture<>();

    @Test
    void call_ofAnyOutcome_hasAnInstanceOfItsOwnThatIsDisposedOfAtTheEnd() {
        HubKit kit = HubKit.of(ClosedHub.class);
        LIVES.clear();

        CompletableFuture<Optional<byte[]>> answer = kit.receive("{\"H\":\"closedHub\",\"M\":\"run\"}");
        assertThat(LIVES).containsExactly("made", "called");
        LATER_STILL.complete("done");
        assertThat(answer).isDone();
        assertThat(LIVES).containsExactly("made", "called", "closed");

        kit.call("{\"H\":\"closedHub\",\"M\":\"fail\"}");
        assertThat(LIVES).containsExactly("made", "called", "closed", "made", "closed");
    }

    public static class UnclosableHub extends Hub implements AutoCloseable {
        public String run() {
            return "done";
        }

        @Override
        public void close() {
            throw new IllegalStateException("stuck");
        }
    }

    @Test
    void call_ofAHubThatCannotBeDisposedOf_isAnsweredAllTheSame() {
        assertThat(HubKit.of(UnclosableHub.class).call("{\"H\":\"unclosablehub\",\"M\":\"run\"}"))
                .isEqualTo("{\"R\":\"done\",\"I\":null}");
    }

    public static class UnbuildableHub extends Hub {
        public UnbuildableHub() {
            throw new IllegalStateException("not today");
        }

        public void run() {}
    }

    @Test
    void call_ofAHubThatCannotBeMade_failsWithoutAnAnswer() {
        assertThat(failure(HubKit.of(UnbuildableHub.class), "{\"H\":\"unbuildablehub\",\"M\":\"run\"}"))
                .hasMessageContaining(UnbuildableHub.class.getName());
    }

    @Test
    void hub_madeByHand_saysHowToReachClients() {
        class ByHand extends Hub {
            List<Throwable> used() {
                List<Throwable> failures = new ArrayList<>();
                failures.add(catchThrowable(this::clients));
                failures.add(catchThrowable(this::groups));
                failures.add(catchThrowable(this::context));
                return failures;
            }
        }

        assertThat(new ByHand().used()).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Hubs are not created by hand")
                .hasMessageContaining("hubContext(ByHand.class)"));
    }

    @Test
    void unwrap_ofWhatFuturesWrap_isWhatWasThrown() {
        HubException thrown = new HubException("x");
        assertThat(Outcomes.unwrap(new CompletionException(new java.util.concurrent.ExecutionException(thrown))))
                .isSameAs(thrown);
        CancellationException alone = new CancellationException();
        assertThat(Outcomes.unwrap(alone)).isSameAs(alone);
    }
}
