package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.hub.RecordingPublisher.Publication;
import io.hubwire.signalr.protocol.JsonBindingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static Progress<Object> kept;
    private static CompletableFuture<String> result;

    public record Step(String name, int percent) {}

    @HubName("progress")
    public static class ProgressHub extends Hub {
        public void reportInt(Progress<Integer> progress) {
            progress.report(100);
        }

        public String reportTyped(String name, Progress<Step> progress) {
            progress.report(new Step(name, 50));
            progress.report(null);
            return "done";
        }

        public void reportState(Progress<String> progress) {
            progress.report("before");
            clients().caller().set("step", 1);
            progress.report("after");
        }

        public CompletionStage<String> keep(Progress<Object> progress) {
            kept = progress;
            return result;
        }

        public void fail(Progress<Object> progress) {
            kept = progress;
            throw new HubException("failed");
        }

        public void unserializable(Progress<Object> progress) {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            progress.report(endless);
        }

        public String overload(Progress<Integer> progress) {
            return "with progress";
        }

        public String overload(String text) {
            return "with text";
        }

        public void misplaced(Progress<Integer> progress, String text) {}
    }

    private final HubKit kit = HubKit.detailed(ProgressHub.class);

    @BeforeEach
    void begin() {
        result = new CompletableFuture<>();
    }

    private String call(String method, String arguments) {
        return kit.call("{\"H\":\"progress\",\"M\":\"" + method + "\",\"A\":[" + arguments + "],\"I\":0}");
    }

    private List<String> published() {
        return kit.publisher().published().stream().map(Publication::payload).toList();
    }

    @Test
    void V62_report_goesToTheCallersOwnTopic() {
        assertThat(call("ReportInt", "")).isEqualTo("{\"I\":\"0\"}");
        assertThat(kit.publisher().published())
                .containsExactly(new Publication(
                        "c-" + HubKit.CONNECTION, "{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":100}}", Set.of()));
    }

    @Test
    void V62_report_ofAnything_isWrittenAsAResultWouldBe() {
        assertThat(call("ReportTyped", "\"x\"")).isEqualTo("{\"R\":\"done\",\"I\":\"0\"}");
        assertThat(published())
                .containsExactly(
                        "{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":{\"name\":\"x\",\"percent\":50}}}",
                        "{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":null}}");
    }

    @Test
    void report_afterAChangeOfState_carriesIt() {
        call("ReportState", "");
        assertThat(published())
                .containsExactly(
                        "{\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":\"before\"}}",
                        "{\"S\":{\"step\":1},\"I\":\"P|0\",\"P\":{\"I\":\"0\",\"D\":\"after\"}}");
    }

    @Test
    void report_ofACallWithoutAnId_isSentAllTheSame() {
        kit.call("{\"H\":\"progress\",\"M\":\"ReportInt\"}");
        assertThat(published()).containsExactly("{\"I\":\"P|\",\"P\":{\"I\":null,\"D\":100}}");
    }

    @Test
    void report_whileTheStageIsOpen_isSentAndRefusedFromThenOn() {
        CompletableFuture<Optional<byte[]>> answer = kit.receive("{\"H\":\"progress\",\"M\":\"keep\",\"I\":0}");
        assertThat(kept.report(1)).isCompleted();
        result.complete("done");
        assertThat(HubKit.response(answer)).isEqualTo("{\"R\":\"done\",\"I\":\"0\"}");

        assertThatIllegalStateException()
                .isThrownBy(() -> kept.report(2))
                .withMessage("You cannot report progress on a hub method invocation that has already completed.");
        assertThat(published()).hasSize(1);
    }

    @Test
    void report_afterAFailure_isRefused() {
        call("fail", "");
        assertThatIllegalStateException().isThrownBy(() -> kept.report(2));
        assertThat(published()).isEmpty();
    }

    @Test
    void report_thatCannotBeSerialized_failsTheCallThatLetsItPass() {
        assertThat(call("unserializable", "")).startsWith("{\"I\":\"0\",\"E\":\"");
        assertThat(published()).isEmpty();
    }

    @Test
    void report_whileTheBusIsDown_failsItsStage() {
        kit.publisher().failWith(new JsonBindingException("the bus is down"));
        assertThat(kit.receive("{\"H\":\"progress\",\"M\":\"keep\",\"I\":0}")).isNotDone();
        assertThat(kept.report(1).toCompletableFuture()).isCompletedExceptionally();
    }

    /* --- binding --- */

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            reportTyped |          | 'reportTyped' method could not be resolved. Potential candidates are: \\nreportTyped(name:String):String
            reportTyped | "x",null | 'reportTyped' method could not be resolved. Potential candidates are: \\nreportTyped(name:String):String
            """)
    void call_withAnotherCountOfArguments_isUnresolved_theProgressDoesNotCount(
            String method, String arguments, String error) {
        assertThat(call(method, arguments == null ? "" : arguments)).contains(error);
    }

    @Test
    void call_ofOverloads_doesNotCountTheProgress() {
        assertThat(call("overload", "")).contains("with progress");
        assertThat(call("overload", "\"x\"")).contains("with text");
    }

    @Test
    void progress_thatIsNotLast_isAMistakeThatIsToldAtTheStart() {
        assertThat(HubDeployment.mistakes(HubRegistry.of(List.of(ProgressHub.class))))
                .singleElement()
                .asString()
                .contains("misplaced(progress:Progress, text:String):void", "must be the last parameter");
        assertThat(call("misplaced", "1,\"x\"")).contains("\"E\":");
    }

    @Test
    void module_seesTheProgressBehindTheArguments() {
        List<List<Object>> seen = new ArrayList<>();
        kit.deployment().hubPipeline().addModule(new Watcher(context -> seen.add(context.arguments())));
        call("ReportTyped", "\"x\"");
        assertThat(seen).singleElement().satisfies(arguments -> {
            assertThat(arguments).hasSize(2).startsWith("x");
            assertThat(arguments.get(1)).isInstanceOf(Progress.class);
        });
    }

    private static final class Watcher extends HubPipelineModule {
        private final Consumer<HubIncomingContext> seen;

        Watcher(Consumer<HubIncomingContext> seen) {
            this.seen = seen;
        }

        @Override
        protected boolean onBeforeIncoming(HubIncomingContext context) {
            seen.accept(context);
            return true;
        }
    }
}
