package io.hubwire.signalr.hub;

import java.util.concurrent.CompletionStage;

/** One or many clients, callable by name. Safe for any thread; never blocks. */
public interface ClientProxy {

    /**
     * Calls a method of the clients. Arguments are serialized before this returns, so later changes to them are not seen.
     *
     * @return completes when the bus has the message, not on delivery (protocol §7.2); off the delivery loops
     */
    CompletionStage<Void> invoke(String method, Object... args);
}
