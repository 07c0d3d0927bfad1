package io.hubwire.examples;

import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.Hub;

/** For holders of a token; the one method for administrators among them. */
@Authorize(by = QueryStringBearerAuthorizer.class)
public class AccountHub extends Hub {

    public String whoAmI() {
        return context().user().orElseThrow().getName();
    }

    @Authorize(roles = "Admin")
    public void close(String account) {
        clients().user(account).invoke("closed");
    }
}
