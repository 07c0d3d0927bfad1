package io.hubwire.captures;

import java.time.Duration;
import java.util.List;

/** Replays a scenario against a server that plays back another one, usually the same with something altered. */
final class Playback {
    private static final Duration QUIET = Duration.ofMillis(5);

    private Playback() {}

    static List<String> differences(Scenario recorded, Scenario played) {
        try (RecordedServer server = RecordedServer.start(played);
                Replay replay = new Replay(recorded, server, QUIET)) {
            return replay.run();
        }
    }
}
