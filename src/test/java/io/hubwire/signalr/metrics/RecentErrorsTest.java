package io.hubwire.signalr.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RecentErrorsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void error_ofAKind_countsItAndAll() {
        metrics.error(Counter.ERRORS_HUB_INVOCATION, "SignalR.HubDispatcher", "chat.send failed", null);
        metrics.error(Counter.ERRORS_ALL, "SignalR.MessageBus", "A subscriber failed", null);

        assertThat(metrics.value(Counter.ERRORS_HUB_INVOCATION)).isEqualTo(1);
        assertThat(metrics.value(Counter.ERRORS_ALL)).isEqualTo(2);
        assertThat(metrics.recentErrors().list())
                .extracting(RecentErrors.Entry::message)
                .containsExactly("A subscriber failed", "chat.send failed");
    }

    @Test
    void error_again_takesOnePlaceAndComesFirst() {
        metrics.error(Counter.ERRORS_ALL, "source", "one", null);
        metrics.error(Counter.ERRORS_ALL, "source", "two", null);
        metrics.error(Counter.ERRORS_ALL, "source", "one", null);

        assertThat(metrics.recentErrors().list())
                .extracting(RecentErrors.Entry::message, RecentErrors.Entry::count)
                .containsExactly(tuple("one", 2L), tuple("two", 1L));
    }

    @Test
    void error_withAnException_keepsWhereItWasThrownButNotWhatItSays() {
        Exception thrown = new CompletionException(new IllegalStateException("the password is xyzzy"));

        metrics.error(Counter.ERRORS_ALL, "source", "chat.send failed", thrown);

        assertThat(metrics.recentErrors().list().get(0).message())
                .startsWith("chat.send failed: IllegalStateException at RecentErrorsTest.error_withAnException")
                .doesNotContain("xyzzy");
    }

    @Test
    void error_oneMoreThanAreKept_forgetsTheOldest() {
        for (int i = 0; i <= RecentErrors.CAPACITY; i++) {
            metrics.error(Counter.ERRORS_ALL, "source", "error " + i, null);
        }

        assertThat(metrics.recentErrors().list())
                .hasSize(RecentErrors.CAPACITY)
                .extracting(RecentErrors.Entry::message)
                .doesNotContain("error 0")
                .startsWith("error " + RecentErrors.CAPACITY);
    }

    @Test
    void error_longMessage_isCut() {
        metrics.error(Counter.ERRORS_ALL, "source", "x".repeat(1000), null);

        assertThat(metrics.recentErrors().list().get(0).message()).hasSize(300).endsWith("…");
    }

    @Test
    void countError_ofAPeer_isNotRemembered() {
        metrics.countError(Counter.ERRORS_TRANSPORT);

        assertThat(metrics.value(Counter.ERRORS_TRANSPORT)).isEqualTo(1);
        assertThat(metrics.value(Counter.ERRORS_ALL)).isEqualTo(1);
        assertThat(metrics.recentErrors().list()).isEmpty();
    }
}
