package io.hubwire.signalr.bus;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether a subscription takes one more topic that it is told to join. Called on the delivery loop: must neither block nor run user code. A replay
 * may ask the same question again, on any node, and must get the same answer.
 */
@FunctionalInterface
public interface JoinPolicy {

    /** Every join is taken. */
    JoinPolicy ANY = groups -> Optional.empty();

    /**
     * Says why a join is refused; empty if it is not. Not asked about topics that are joined already.
     *
     * @param groups what the subscription would then be joined to, in no particular order
     * @return text for the caller whose join fails; names the limit and the value
     */
    Optional<String> refusal(List<Membership> groups);
}
