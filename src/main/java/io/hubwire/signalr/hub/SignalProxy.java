package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.RawJson;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Clients that subscribe to some signals, without the excluded ones.
 *
 * @param state asked at each call for what it tells of the caller's state
 */
record SignalProxy(
        String hub,
        List<String> signals,
        Set<String> exclusions,
        Supplier<Optional<RawJson>> state,
        Function<HubOutgoingContext, CompletionStage<Void>> outgoing)
        implements ClientProxy {

    @Override
    public CompletionStage<Void> invoke(String method, Object... args) {
        Objects.requireNonNull(method, "method");
        if (method.isEmpty()) {
            throw new IllegalArgumentException("The client method's name is empty.");
        }
        if (signals.isEmpty()) {
            return Outcomes.done();
        }
        // invoke("m", null) hands over no array, and means one argument
        List<Object> arguments = args == null ? Collections.singletonList(null) : Arrays.asList(args.clone());
        return outgoing.apply(new HubOutgoingContext(
                hub, method, Collections.unmodifiableList(arguments), signals, exclusions, state.get()));
    }
}
