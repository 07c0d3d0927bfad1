package io.hubwire.examples;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubAuthorizer;

/** Who may take part in a hub, and who may call what. */
final class Members {
    private Members() {}

    /** For whoever is signed in; one method for administrators and managers, one for two people. */
    @Authorize
    public static class MembersHub extends Hub {

        public String greet() {
            return "hello";
        }

        @Authorize(roles = {"Admin", "Manager"})
        public String manage() {
            return "managed";
        }

        @Authorize(users = {"alice", "carol"})
        public String meet() {
            return "met";
        }
    }

    /** Everybody hears it, administrators speak. */
    @Authorize(roles = "Admin", requireOutgoing = false)
    public static class AnnouncementsHub extends Hub {

        public void announce(String text) {
            clients().all().invoke("announced", text);
        }
    }

    /** A rule of one's own. */
    @Authorize(by = FromHere.class)
    public static class LocalHub extends Hub {

        public String here() {
            return "here";
        }
    }

    /** Decides by something else than the user's name and roles. */
    public static final class FromHere extends HubAuthorizer {

        @Override
        protected boolean isUserAuthorized(AuthorizationRule rule, HostRequest request) {
            return rule.isMetBy(request)
                    && request.header("X-Branch").orElse("").equals("here");
        }
    }
}
