package io.hubwire.kit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What must be gone after a test: threads that were not there before it. */
public final class LeakAudit {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final List<String> prefixes;

    private LeakAudit(List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /** Begins to watch threads whose names begin with one of {@code prefixes}. */
    public static LeakAudit ofThreads(String... prefixes) {
        return new LeakAudit(List.of(prefixes));
    }

    /** Fails with the names of the watched threads that were born since and do not end within half a minute. */
    public void verify() {
        await("threads that a test has left behind")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(this::left, List::isEmpty);
    }

    private List<String> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }
}
