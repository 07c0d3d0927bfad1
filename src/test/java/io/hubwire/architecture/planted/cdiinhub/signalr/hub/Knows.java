package io.hubwire.architecture.planted.cdiinhub.signalr.hub;

import jakarta.inject.Inject;

public final class Knows {
    @Inject
    Knows forbidden;
}
