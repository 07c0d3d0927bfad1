package io.hubwire.signalr.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainOptionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void options_atTheirBounds_areTaken() {
        assertThat(new DrainOptions(Duration.ZERO, Duration.ZERO).bound()).isZero();
        assertThat(new DrainOptions(DrainOptions.LONGEST, DrainOptions.LONGEST).window())
                .isEqualTo(DrainOptions.LONGEST);
    }

    @Test
    void options_beyondTheirBounds_areRefusedWithValueAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrainOptions(SECOND.negated(), SECOND))
                .withMessage("window must be from 0 to PT1H: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrainOptions(Duration.ofSeconds(2), SECOND))
                .withMessage("bound must be from the window, PT2S, to PT1H: PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrainOptions(SECOND, DrainOptions.LONGEST.plusNanos(1)));
    }
}
