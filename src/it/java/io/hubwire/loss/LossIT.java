package io.hubwire.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.LeakAudit;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every message comes once and in order, or is reported as lost; nothing is reported that was not. Longer, larger and repeated by system properties:
 * {@code hubwire.loss.seconds}, {@code .clients}, {@code .rate} (broadcasts a second), {@code .faults} (a second), {@code .seed}.
 */
class LossIT {
    private static final System.Logger LOG = System.getLogger(LossIT.class.getName());

    private final LeakAudit threads = LeakAudit.ofThreads("loss-", "kit-", "shared-log");

    @AfterEach
    void nothingIsLeftRunning() {
        threads.verify();
    }

    @Test
    void twoNodes_overABadNetwork_loseNothingUntold() {
        Duration duration = Duration.ofSeconds(Long.getLong("hubwire.loss.seconds", 120));
        run(plan(2, Integer.getInteger("hubwire.loss.clients", 200), duration));
    }

    @Test
    void oneNode_overABadNetwork_losesNothingUntold() {
        run(plan(1, 60, Duration.ofSeconds(30)));
    }

    private static LossRun.Plan plan(int nodes, int clients, Duration duration) {
        return new LossRun.Plan(
                nodes,
                clients,
                duration,
                Integer.getInteger("hubwire.loss.rate", 8),
                Integer.getInteger("hubwire.loss.faults", Math.max(3, clients / 20)),
                Long.getLong("hubwire.loss.seed", System.nanoTime() & 0xFFFF_FFFFL));
    }

    private static void run(LossRun.Plan plan) {
        LOG.log(Level.INFO, "Repeat these draws with -Dhubwire.loss.seed={0}", Long.toString(plan.seed()));
        try (LossRun run = new LossRun(plan)) {
            run.start();
            run.rage();
            run.settle();
            LOG.log(Level.INFO, run.figures());
            assertThat(run.reconnects()).isGreaterThan(plan.duration().toSeconds());
            assertThat(run.ledger().gaps())
                    .as("clients that were away for too long")
                    .isPositive();
            run.leave();
            run.awaitEmptyTails();
        }
    }
}
