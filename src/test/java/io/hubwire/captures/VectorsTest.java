package io.hubwire.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VectorsTest {
    @Test
    void all_readsEveryScenarioOfTheIndexOnce() {
        List<String> names = VectorReader.all().stream().map(Scenario::name).toList();

        assertThat(names).hasSize(442).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void all_everyStepOfTheScriptHasAnAnswerAndTheOtherWayRound() {
        assertThat(VectorReader.all()).allSatisfy(scenario -> {
            List<Integer> opened = scenario.script().stream()
                    .flatMap(action -> action instanceof Action.Open open
                            ? Stream.of(open.step())
                            : action instanceof Action.Upgrade upgrade ? Stream.of(upgrade.step()) : Stream.of())
                    .sorted()
                    .toList();
            assertThat(opened).isEqualTo(List.copyOf(scenario.answers().keySet()));
        });
    }

    @TestFactory
    Stream<DynamicTest> replay_ofTheRecordedAnswers_findsNoDifference() {
        return VectorReader.all().stream()
                .map(Untimed::of)
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
                    assertThat(Playback.differences(scenario, scenario)).isEmpty();
                }));
    }
}
