package io.hubwire.push.service;

import io.hubwire.push.domain.PushLimit;

/** Counts, for the operator, what was refused because a limit was reached. Thread-safe; never blocks. */
@FunctionalInterface
public interface Refusals {

    /** One more. */
    void refused(PushLimit limit);
}
