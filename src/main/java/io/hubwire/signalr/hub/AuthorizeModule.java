package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Asks one authorizer about all hubs of a deployment, in addition to what the hubs declare (protocol §10.4). About connections the modules inside of it are
 * asked first, about calls it is asked before them.
 */
public final class AuthorizeModule extends HubPipelineModule {
    private final HubAuthorizer authorizer;
    private final AuthorizationRule rule;

    /** @param rule handed to the authorizer with every question */
    public AuthorizeModule(HubAuthorizer authorizer, AuthorizationRule rule) {
        this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
        this.rule = Objects.requireNonNull(rule, "rule");
    }

    @Override
    public BiPredicate<HubDescriptor, HostRequest> buildAuthorizeConnect(BiPredicate<HubDescriptor, HostRequest> next) {
        return (hub, request) -> next.test(hub, request) && authorizer.authorizeHubConnection(rule, hub, request);
    }

    @Override
    public Function<HubIncomingContext, CompletionStage<?>> buildIncoming(
            Function<HubIncomingContext, CompletionStage<?>> next) {
        return call -> authorizer.authorizeHubMethodInvocation(rule, call, false)
                ? next.apply(call)
                : CompletableFuture.failedStage(new NotAuthorizedException(call));
    }
}
