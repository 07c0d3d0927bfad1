package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.HubRequest;
import io.hubwire.signalr.protocol.HubResponse;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.RawJson;
import java.util.concurrent.CancellationException;

/** What clients are told of a call that failed (protocol §6.5). */
record HubErrors(boolean detailed, JsonBinding binding) {

    /** @param state what had changed of the caller's state by then, or null */
    HubResponse response(HubRequest call, Throwable failure, RawJson state) {
        if (failure instanceof HubException thrown) {
            return HubResponse.hubException(
                    call.id(), text(thrown, HubException.class), binding.write(thrown.errorData()), state);
        }
        return HubResponse.error(call.id(), detailed ? detail(failure) : generic(call), state);
    }

    // the names as the client sent them
    private static String generic(HubRequest call) {
        return "There was an error invoking Hub method '" + call.hub() + "." + call.method() + "'.";
    }

    private static String detail(Throwable failure) {
        return failure instanceof CancellationException && failure.getMessage() == null
                ? "A task was canceled."
                : text(failure, failure.getClass());
    }

    /** @param type what a failure without a message is named by; what is named to everybody is a class of the library */
    private static String text(Throwable failure, Class<? extends Throwable> type) {
        return failure.getMessage() != null
                ? failure.getMessage()
                : "Exception of type '" + type.getName() + "' was thrown.";
    }
}
