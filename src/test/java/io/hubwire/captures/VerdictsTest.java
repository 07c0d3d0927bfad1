package io.hubwire.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Scenario SCENARIO = VectorReader.all().stream()
            .filter(scenario -> scenario.number().equals("04051"))
            .findFirst()
            .orElseThrow();

    @Test
    void expectedFailure_listedScenario_hasItsReason() {
        Verdicts verdicts = Verdicts.of(List.of("# why", "reason not built", "  04051-abort-jsonp"), List.of());

        assertThat(verdicts.expectedFailure(SCENARIO)).contains("not built");
    }

    @Test
    void expectedFailures_withoutAReasonOrTwice_areRefused() {
        assertThatThrownBy(() -> Verdicts.of(List.of("  04051-abort-jsonp"), List.of()))
                .hasMessageContaining("No reason");
        assertThatThrownBy(() -> Verdicts.of(List.of("reason a", "  x", "  x"), List.of()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Verdicts.of(List.of("nonsense"), List.of())).hasMessageContaining("nonsense");
    }

    @Test
    void adjusted_replacesWhatTheRecordingSays() {
        Verdicts verdicts = Verdicts.of(
                List.of(),
                List.of("reason ours", "  04051 4 status 202", "  04051 log + HUB x", "  04051 1 refused 400"));

        Scenario adjusted = verdicts.adjusted(SCENARIO);

        assertThat(adjusted.answers().get(4).status()).isEqualTo(202);
        assertThat(adjusted.answers().get(1).status()).isEqualTo(400);
        assertThat(adjusted.log()).endsWith("HUB x").hasSize(SCENARIO.log().size() + 1);
    }

    @Test
    void adjusted_entryThatFitsNothing_isRefused() {
        assertThatThrownBy(() -> adjust("  04051 99 status 400")).hasMessageContaining("no step 99");
        assertThatThrownBy(() -> adjust("  04051 log - HUB y")).hasMessageContaining("no log line");
        assertThatThrownBy(() -> adjust("  04051 script await_9_end await_8_end"))
                .hasMessageContaining("does not do");
        assertThatThrownBy(() -> adjust("  04051 1 colour red")).hasMessageContaining("colour");
    }

    private static Scenario adjust(String entry) {
        return Verdicts.of(List.of(), List.of("reason ours", entry)).adjusted(SCENARIO);
    }

    @Test
    void replay_againstTheRecording_failsWhereOursDiffers() {
        Verdicts verdicts = Verdicts.load();
        Scenario recorded = Untimed.of(SCENARIO);

        assertThat(Playback.differences(Untimed.of(verdicts.adjusted(SCENARIO)), recorded))
                .as("the server is held to its own behaviour, not to either")
                .isNotEmpty();
    }
}
