package io.hubwire.push.realtime;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.hub.HubPipelineModule;

/** Keeps nobody's requests away from all hubs: they are refused with 401 before there is a connection (protocol §10.2). */
public final class SignedInUsersOnly extends HubPipelineModule {

    @Override
    protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
        return request.user().isPresent();
    }
}
