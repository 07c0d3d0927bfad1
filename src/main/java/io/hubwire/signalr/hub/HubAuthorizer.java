package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;

/**
 * Decides by a rule; subclasses decide otherwise and are named by {@link Authorize#by} or added to the pipeline by {@link AuthorizeModule}. A subclass needs a
 * public constructor without parameters, or is a CDI bean. One instance serves all threads; a decision must not block for long, since it holds a
 * request or a call.
 */
public class HubAuthorizer {

    /**
     * Whether a request may take part in a hub, and so receive what the hub sends; asked for every request that names the hub. A denial leaves the hub out
     * (protocol §10.2).
     */
    public boolean authorizeHubConnection(AuthorizationRule rule, HubDescriptor hub, HostRequest request) {
        return !rule.requireOutgoing() || isUserAuthorized(rule, request);
    }

    /**
     * Whether a call may reach its method.
     *
     * @param appliesToMethod whether the rule stands on the method, not on the hub
     */
    public boolean authorizeHubMethodInvocation(
            AuthorizationRule rule, HubIncomingContext call, boolean appliesToMethod) {
        return isUserAuthorized(rule, call.caller().request());
    }

    /** What both decisions come to unless they are overridden: the user meets the rule. */
    protected boolean isUserAuthorized(AuthorizationRule rule, HostRequest request) {
        return rule.isMetBy(request);
    }
}
