package io.hubwire.push.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LivenessTest {

    @Test
    void isUp_databaseThatAnswers_isTrue() {
        try (Liveness liveness = new Liveness(() -> true)) {
            await().until(liveness::isUp); // a machine may be busy for longer than it waits
        }
    }

    @Test
    void isUp_databaseThatFails_isFalse() {
        try (Liveness liveness = new Liveness(() -> {
            throw new IllegalStateException("no database");
        })) {
            assertThat(liveness.isUp()).isFalse();
        }
    }

    @Test
    void isUp_databaseThatHangs_isFalseAfterAWhile() {
        CountDownLatch never = new CountDownLatch(1);
        try (Liveness liveness = new Liveness(() -> {
            try {
                never.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return true;
        })) {
            assertThat(liveness.isUp()).isFalse();
        }
    }

    @Test
    void isUp_afterTheEnd_isFalse() {
        Liveness liveness = new Liveness(() -> true);
        liveness.close();

        assertThat(liveness.isUp()).isFalse();
    }
}
