package io.hubwire.signalr.hub;

import java.lang.reflect.Method;

/** Where there is nothing to validate with. */
final class NoValidation implements ArgumentValidator {
    static final ArgumentValidator INSTANCE = new NoValidation();

    private NoValidation() {}

    @Override
    public void validate(HubBase<?> hub, Method method, Object[] arguments) {
        // everything passes
    }

    @Override
    public void close() {
        // nothing is held
    }
}
