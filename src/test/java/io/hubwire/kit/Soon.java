package io.hubwire.kit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what happens within milliseconds: looks at once and often, gives up after half a minute. */
public final class Soon {
    private Soon() {}

    public static ConditionFactory soon() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30));
    }

    /** As {@link #soon()}.
     *
     * @param what happens, for the message when it does not */
    public static ConditionFactory soon(String what) {
        return soon().alias(what);
    }
}
