package io.hubwire.signalr.hub;

/**
 * What one mapping of hubs decides for itself (protocol §5.9).
 *
 * @param detailedErrors whether clients see the text of exceptions that were not written for them; default false
 * @param javaScriptProxies whether the proxy script is served; default true
 * @param jsonp whether {@code callback} is honoured; default false: it goes around the same-origin policy
 */
public record HubConfiguration(boolean detailedErrors, boolean javaScriptProxies, boolean jsonp) {

    /** The defaults named above. */
    public static HubConfiguration defaults() {
        return new HubConfiguration(false, true, false);
    }
}
