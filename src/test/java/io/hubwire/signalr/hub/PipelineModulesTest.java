package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The modules that come with the library. */
class PipelineModulesTest {
    private static final String TELL = "{\"H\":\"demo\",\"M\":\"tell\",\"A\":[\"secret\"],\"I\":0}";
    private static final String FAIL = "{\"H\":\"demo\",\"M\":\"fail\",\"A\":[],\"I\":1}";
    private static final String UNKNOWN = "{\"H\":\"demo\",\"M\":\"inject\\nme\",\"A\":[],\"I\":2}";

    @HubName("demo")
    public static class DemoHub extends Hub {
        public CompletionStage<Void> tell(String text) {
            return clients().all().invoke("signal", text);
        }

        public CompletionStage<Void> fail() {
            return CompletableFuture.failedStage(new HubException("no"));
        }

        public CompletionStage<Void> tellTheUnspeakable() {
            return clients().all().invoke("signal", new Endless());
        }
    }

    /** Cannot be written. */
    public static final class Endless {
        public Endless getSelf() {
            return this;
        }
    }

    private final HubKit kit = HubKit.of(DemoHub.class);

    private void add(HubPipelineModule module) {
        kit.deployment().hubPipeline().addModule(module);
    }

    private void liveALife() {
        var request = kit.request("demo");
        kit.endpoint().onConnected(request).toCompletableFuture().join();
        kit.endpoint().onReconnected(request).toCompletableFuture().join();
        kit.endpoint().onDisconnected(request, true).toCompletableFuture().join();
        kit.endpoint().onDisconnected(request, false).toCompletableFuture().join();
    }

    /* --- logging --- */

    @Test
    void logging_ofCalls_namesThemAndNeitherArgumentsNorWhatClientsMadeUp() {
        RecordingLogger log = new RecordingLogger(Level.INFO);
        add(new LoggingPipelineModule(log, Level.INFO));
        kit.call(TELL);
        kit.call(FAIL);
        kit.call(UNKNOWN);

        assertThat(log.lines())
                .containsExactly(
                        "INFO => demo.tell(1 argument) from " + HubKit.CONNECTION,
                        "INFO <= demo.signal(1 argument)",
                        "INFO => demo.fail(0 arguments) from " + HubKit.CONNECTION,
                        "INFO => demo.fail(0 arguments) failed. " + HubException.class.getName() + ": no",
                        "INFO => demo.?(0 arguments) from " + HubKit.CONNECTION,
                        "INFO => demo.?(0 arguments) failed: there is no such method.");
    }

    @Test
    void logging_ofEvents_tellsWhoComesAndGoes() {
        RecordingLogger log = new RecordingLogger(Level.INFO);
        add(new LoggingPipelineModule(log, Level.INFO));
        liveALife();

        String subject = "INFO    demo: " + HubKit.CONNECTION;
        assertThat(log.lines())
                .containsExactly(
                        subject + " connected", subject + " reconnected", subject + " stopped", subject + " was lost");
    }

    @Test
    void logging_belowTheLoggersLevel_saysNothingAndChangesNothing() {
        RecordingLogger log = new RecordingLogger(Level.WARNING);
        add(new LoggingPipelineModule(log, Level.INFO));

        assertThat(kit.call(FAIL)).isEqualTo("{\"I\":\"1\",\"H\":true,\"E\":\"no\"}");
        assertThat(log.lines()).isEmpty();
    }

    /* --- tracing --- */

    @Test
    void tracing_ofCalls_tellsBeginningOutcomeAndTime() {
        RecordingLogger calls = new RecordingLogger(Level.TRACE);
        RecordingLogger messages = new RecordingLogger(Level.TRACE);
        add(new TracingPipelineModule(calls, messages));

        kit.call(TELL);
        assertThat(kit.call(FAIL)).isEqualTo("{\"I\":\"1\",\"H\":true,\"E\":\"no\"}");

        assertThat(calls.lines().get(0)).isEqualTo("TRACE #1 begins: " + HubKit.CONNECTION + " calls demo.tell");
        assertThat(messages.lines().get(0)).isEqualTo("TRACE #2 begins: demo.signal to 1 signals");
        assertThat(messages.lines().get(1))
                .matches("TRACE #2 ends: demo.signal to 1 signals, done after \\d+\\.\\d{3} ms");
        assertThat(calls.lines().get(1))
                .matches("TRACE #1 ends: " + HubKit.CONNECTION + " calls demo\\.tell, done after \\d+\\.\\d{3} ms");
        assertThat(calls.lines().get(3))
                .contains(" calls demo.fail, failed with " + HubException.class.getName() + " after ");
        assertThat(calls.lines()).hasSize(4);
    }

    @Test
    void tracing_ofEverythingElse_tellsItToo() {
        RecordingLogger calls = new RecordingLogger(Level.TRACE);
        add(new TracingPipelineModule(calls, new RecordingLogger(Level.TRACE)));
        liveALife();
        kit.endpoint().rejoin(kit.request("demo"), List.of("hg-demo.a", "hg-other.b"));

        assertThat(calls.lines().stream().filter(line -> !line.contains(" ends: ")))
                .containsExactly(
                        "TRACE demo admits a request",
                        "TRACE #1 begins: demo: " + HubKit.CONNECTION + " connects",
                        "TRACE #2 begins: demo: " + HubKit.CONNECTION + " reconnects",
                        "TRACE #3 begins: demo: " + HubKit.CONNECTION + " stops",
                        "TRACE #4 begins: demo: " + HubKit.CONNECTION + " is lost",
                        "TRACE demo admits a request",
                        "TRACE demo: 1 of 1 groups are joined again");
    }

    @Test
    void tracing_ofAMessageThatCannotBeWritten_tellsThatAndFailsAllTheSame() {
        RecordingLogger messages = new RecordingLogger(Level.TRACE);
        add(new TracingPipelineModule(new RecordingLogger(Level.OFF), messages));

        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"tellTheUnspeakable\",\"A\":[],\"I\":0}"))
                .contains("\"E\":");
        assertThat(messages.lines().get(1)).contains("failed with io.hubwire.signalr.protocol.JsonBindingException");
    }

    @Test
    void tracing_switchedOff_measuresNothing() {
        RecordingLogger silent = new RecordingLogger(Level.DEBUG);
        add(new TracingPipelineModule(silent, silent));
        liveALife();

        assertThat(kit.call(TELL)).isEqualTo("{\"I\":\"0\"}");
        assertThat(silent.lines()).isEmpty();
    }

    /* --- by class --- */

    /** Says what it has done in the items of the caller. */
    public static class MarkingModule extends HubPipelineModule {
        @Override
        protected Object onAfterIncoming(Object result, HubIncomingContext context) {
            return "marked";
        }
    }

    /** Cannot be made without a container that knows what to pass. */
    public static class DemandingModule extends HubPipelineModule {
        public DemandingModule(String name) {
            assertThat(name).isNotNull();
        }
    }

    @Test
    void addModule_byClass_makesItByTheActivatorWhenThePipelineIsFirstUsed() {
        kit.deployment().hubPipeline().addModule(MarkingModule.class);

        assertThat(kit.call(TELL)).isEqualTo("{\"R\":\"marked\",\"I\":\"0\"}");
    }

    @Test
    void addModule_byAClassThatCannotBeMade_failsWithItsName() {
        kit.deployment().hubPipeline().addModule(DemandingModule.class);

        assertThatThrownBy(() -> kit.request("demo"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(DemandingModule.class.getName());
    }
}
