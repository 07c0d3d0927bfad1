package io.hubwire.captures;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded scenario against the fixture server. Scenarios that want a server of their own get one and run beside the
 * others; all others share one server and run one after the other.
 */
class CaptureReplayIT {
    private static final Duration QUIET = Duration.ofMillis(60);
    private static final Duration PATIENCE_FOR_EXPECTED_FAILURES = Duration.ofSeconds(1);
    private static final int SERVERS_AT_A_TIME = 6;

    private static final Verdicts VERDICTS = Verdicts.load();
    private static final ExecutorService SHARED = Executors.newSingleThreadExecutor();
    private static final ExecutorService OWN = Executors.newFixedThreadPool(SERVERS_AT_A_TIME);
    private static final List<FixtureServer> RUNNING = new ArrayList<>();

    @AfterAll
    static void stop() {
        SHARED.shutdownNow();
        OWN.shutdownNow();
        RUNNING.forEach(FixtureServer::close);
    }

    @TestFactory
    Stream<DynamicTest> replay_againstTheFixture_showsWhatWasRecorded() {
        FixtureServer shared = FixtureServer.start(FixtureOptions.defaults());
        RUNNING.add(shared);
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario scenario : VectorReader.all()) {
            CompletableFuture<List<String>> differences = scenario.server() == ServerProfile.DEFAULT
                    ? CompletableFuture.supplyAsync(() -> replay(scenario, shared), SHARED)
                    : CompletableFuture.supplyAsync(() -> replayAlone(scenario), OWN);
            tests.add(DynamicTest.dynamicTest(scenario.name(), () -> judge(scenario, differences.join())));
        }
        return tests.stream();
    }

    private static List<String> replayAlone(Scenario scenario) {
        try (FixtureServer server = FixtureServer.start(FixtureOptions.of(scenario.server()))) {
            return replay(scenario, server);
        }
    }

    private static List<String> replay(Scenario scenario, FixtureServer server) {
        Scenario adjusted = VERDICTS.adjusted(scenario);
        boolean mustFail = VERDICTS.expectedFailure(scenario).isPresent();
        Scenario played = mustFail ? adjusted.withPatience(PATIENCE_FOR_EXPECTED_FAILURES) : adjusted;
        try (Replay replay = new Replay(played, server, QUIET)) {
            return replay.run();
        }
    }

    private static void judge(Scenario scenario, List<String> differences) {
        VERDICTS.expectedFailure(scenario)
                .ifPresentOrElse(
                        reason -> assertThat(differences)
                                .as("passes now, so it must leave expected-failures.txt, where it was because: "
                                        + reason)
                                .isNotEmpty(),
                        () -> assertThat(differences).as(scenario.title()).isEmpty());
    }

    @Test
    void verdicts_nameScenariosThatExist() {
        List<Scenario> all = VectorReader.all();

        assertThat(all).extracting(Scenario::name).containsAll(VERDICTS.failureNames());
        assertThat(all).extracting(Scenario::number).containsAll(VERDICTS.differenceNumbers());
    }
}
