package io.hubwire.conformance;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.Hub;

/** Says what of a redirect has arrived (protocol §19.4). */
public class RedirectTestHub extends Hub {
    private static final String BEARER = "Bearer ";

    public String echoReturn(String message) {
        return message;
    }

    public String getQueryStringValue(String key) {
        return context().queryString().text(key);
    }

    /** From the query, where browsers put it for streams and sockets, or else from the header. */
    public String getAccessToken() {
        HostRequest request = context().request();
        return request.query()
                .get("access_token")
                .or(() -> request.header("Authorization")
                        .filter(value -> value.startsWith(BEARER))
                        .map(value -> value.substring(BEARER.length())))
                .orElse("");
    }
}
