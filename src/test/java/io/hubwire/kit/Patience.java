package io.hubwire.kit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Before each test class, found by {@code junit-platform.properties}: whoever waits and does not say for how long waits as {@link Soon} does. Awaitility's own ten seconds are few for a
 * machine that is slow and busy.
 */
public final class Patience implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext tests) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }
}
