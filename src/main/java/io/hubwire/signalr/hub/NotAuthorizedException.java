package io.hubwire.signalr.hub;

/** A call was denied (protocol §10.3); its text reaches clients only with detailed errors. */
final class NotAuthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAuthorizedException(HubIncomingContext call) {
        super("Caller is not authorized to invoke the " + call.method().name() + " method on "
                + call.hub().name() + ".");
    }
}
