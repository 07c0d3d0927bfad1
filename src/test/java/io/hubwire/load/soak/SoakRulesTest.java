package io.hubwire.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Breaks each rule, and none. */
class SoakRulesTest {
    private static final long MEGABYTE = 1024L * 1024;
    private static final DeliveryLedger.Totals DELIVERIES = new DeliveryLedger.Totals(1_000, 0, 0, 0, 0, 80);
    private static final Map<Deed, Long> COUNTS =
            Map.of(Deed.UPLOAD, 10L, Deed.BROADCAST, 5L, Deed.SAY, 50L, Deed.ARRIVE, 100L);
    private static final int GROWTH_PERCENT = 10;

    private final SoakRules rules = new SoakRules(GROWTH_PERCENT);
    private final SoakSample empty =
            sample("before", 0, DELIVERIES, COUNTS, new Vitals(0, 40 * MEGABYTE, 20, 40, 30), 0);
    private final List<SoakSample> samples = new ArrayList<>(List.of(
            minute("1", 480, 150, 42),
            minute("2", 500, 190, 44),
            minute("3", 510, 200, 43),
            minute("4", 520, 200, 44)));
    private SoakSample after = sample("left", 0, DELIVERIES, COUNTS, new Vitals(0, 60 * MEGABYTE, 180, 42, 30), 0);

    @Test
    void nothingBroken_isNoComplaint() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void grownHeap_isFound() {
        samples.set(3, minute("4", 551, 200, 44));

        assertThat(broken()).singleElement().asString().startsWith("the heap after collection has grown by 10.2 %");
    }

    @Test
    void grownThreads_areFound_inAnyMinute() {
        samples.set(2, minute("3", 500, 200, 44 + SoakRules.THREAD_SLACK + 1));

        assertThat(broken()).containsExactly("minute 3: 51 threads, more than 50");
    }

    @Test
    void grownPool_isFound() {
        samples.set(0, minute("1", 500, SoakRules.LARGEST_POOL + 1, 44));

        assertThat(broken()).containsExactly("minute 1: 201 threads for requests, more than 200");
    }

    @Test
    void sessionsThatOneSideDoesNotKnow_areFound() {
        samples.set(1, sample("2", 100, DELIVERIES, COUNTS, new Vitals(111, 500 * MEGABYTE, 190, 44, 140), 0));
        samples.set(2, sample("3", 100, DELIVERIES, COUNTS, new Vitals(99, 500 * MEGABYTE, 190, 44, 140), 0));

        assertThat(broken())
                .containsExactly(
                        "minute 2: the server has 111 sessions, but 100 to 110 clients",
                        "minute 3: the server has 99 sessions, but 100 to 110 clients");
    }

    @Test
    void whatIsLeftBehind_isFound() {
        long heap = 40 * MEGABYTE + SoakRules.HEAP_SLACK_BYTES + 1;
        after = sample("left", 0, DELIVERIES, COUNTS, new Vitals(1, heap, 20, 47, 30), 0);

        assertThat(broken())
                .hasSize(3)
                .anyMatch(rule -> rule.startsWith("minute left: the server has 1 sessions, but 0 to 0"))
                .anyMatch(rule -> rule.startsWith("when all had left, 67108865 bytes of heap"))
                .anyMatch(rule -> rule.startsWith("when all had left, there were 7 threads more"));
    }

    @Test
    void lostDoubledAndFailed_areFound() {
        DeliveryLedger.Totals wrong = new DeliveryLedger.Totals(1_000, 1, 1, 1, 1, 80);
        after = sample("left", 0, wrong, COUNTS, after.server(), 0);

        assertThat(broken()).containsExactly("5 errors were seen, and 0 warnings logged");
        assertThat(rules.broken(empty, samples, after, List.of("alice never got message 0"), List.of()))
                .contains("alice never got message 0");
    }

    @Test
    void warningInTheLog_isFound() {
        after = sample("left", 0, DELIVERIES, COUNTS, after.server(), 1);

        assertThat(rules.broken(empty, samples, after, List.of(), List.of("2026-01-01 WARNING")))
                .containsExactly(
                        "the server's log says: 2026-01-01 WARNING", "0 errors were seen, and 1 warnings logged");
    }

    @Test
    void idleRun_showsNothing() {
        Map<Deed, Long> idle = Map.of(Deed.BROADCAST, 5L, Deed.SAY, 50L, Deed.ARRIVE, 100L);
        after = sample("left", 0, DELIVERIES, idle, after.server(), 0);

        assertThat(broken()).singleElement().asString().startsWith("nothing was shown");
    }

    @Test
    void shortRun_showsNothing() {
        samples.subList(2, 4).clear();

        assertThat(broken()).containsExactly("there are 2 samples, fewer than 3");
    }

    @Test
    void warningsAreTold_fromOtherLines() {
        assertThat(ApplicationProcess.isProblem("2026-11-22T09:13:36.882 INFO    io.hubwire.x - a WARNING to all"))
                .isFalse();
        assertThat(ApplicationProcess.isProblem("2026-11-22T09:13:36.882 WARNING io.hubwire.x - beware"))
                .isTrue();
        assertThat(ApplicationProcess.isProblem("2026-11-22T09:13:36.882 SEVERE  io.hubwire.x - broken"))
                .isTrue();
        assertThat(ApplicationProcess.isProblem("Exception in thread \"x\" java.lang.Error"))
                .isTrue();
        assertThat(ApplicationProcess.isProblem("Hubwire is ready: http://localhost:1/"))
                .isFalse();
    }

    private List<String> broken() {
        return rules.broken(empty, samples, after, List.of(), List.of());
    }

    private static SoakSample minute(String label, int heapMegabytes, int poolThreads, int otherThreads) {
        Vitals vitals = new Vitals(103, heapMegabytes * MEGABYTE, poolThreads, otherThreads, 140);
        return sample(label, 100, DELIVERIES, COUNTS, vitals, 0);
    }

    private static SoakSample sample(
            String label,
            int here,
            DeliveryLedger.Totals deliveries,
            Map<Deed, Long> counts,
            Vitals vitals,
            int problems) {
        int unsure = here / 10;
        int failures = deliveries.wrong() > 0 ? 1 : 0;
        return new SoakSample(
                label,
                here,
                here + unsure,
                new Crowd.State(here, unsure, counts, deliveries, failures),
                vitals,
                problems);
    }
}
