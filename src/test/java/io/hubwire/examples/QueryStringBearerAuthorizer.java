package io.hubwire.examples;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.HubAuthorizer;
import java.util.Optional;

/** Lets in who brings a good token in the query, as {@code $.connection.hub.qs = { Bearer: token }} does. */
public class QueryStringBearerAuthorizer extends HubAuthorizer {

    @Override
    protected boolean isUserAuthorized(AuthorizationRule rule, HostRequest request) {
        return request.query()
                .get("Bearer")
                .flatMap(AccessTokens::verify)
                .filter(user -> rule.isMetBy(Optional.of(user), user::hasRole))
                .isPresent();
    }
}
