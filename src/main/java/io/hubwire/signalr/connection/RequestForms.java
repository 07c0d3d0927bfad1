package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.hosting.RequestRefusedException;
import java.util.function.Consumer;

/** Reads the forms of requests for whoever needs them, and answers those that cannot be read. */
final class RequestForms {
    private final Answers answers;

    RequestForms(Answers answers) {
        this.answers = answers;
    }

    /** @param user gets the form when it has come, on whatever thread that is */
    void read(HostExchange exchange, Consumer<Parameters> user) {
        exchange.request().form().whenComplete((form, failure) -> {
            if (failure == null) {
                use(form, user, exchange);
            } else if (Answers.cause(failure) instanceof RequestRefusedException refusal) {
                answers.refused(exchange, refusal);
            } else {
                answers.refused(exchange, 400, "The request body could not be read.");
            }
        });
    }

    /** What a form's user throws would be lost with the stage of the form, and the client would wait for ever. */
    private void use(Parameters form, Consumer<Parameters> user, HostExchange exchange) {
        try {
            user.accept(form);
        } catch (RuntimeException failure) {
            answers.failed(exchange, "A request with a form", failure);
        }
    }
}
