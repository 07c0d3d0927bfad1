package io.hubwire.signalr.connection;

import io.hubwire.signalr.protocol.NegotiateRedirect;
import java.util.Optional;

/**
 * Sends clients elsewhere, or away, as they negotiate (protocol §2.4): to the node that has their data, to another region, to nowhere during
 * maintenance. Asked for every negotiation of every mapping, after its user was authorized; so it also guards what the token of a
 * redirect gives access to.
 *
 * <p>A client follows at most 100 redirects; nothing here counts them, for each may be another server's.
 */
@FunctionalInterface
public interface NegotiateRedirector {

    /** Serves everybody here. */
    NegotiateRedirector NONE = negotiation -> Optional.empty();

    /**
     * Decides on one negotiation. Runs on the container's request thread, on many at once; what it waits for the client waits for as well.
     *
     * @return empty to serve the client here
     * @throws RuntimeException answers 500 and is logged
     */
    Optional<NegotiateRedirect> redirect(Negotiation negotiation);
}
