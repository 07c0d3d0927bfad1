package io.hubwire.architecture.planted.validationinhub.signalr.hub;

import jakarta.validation.Valid;

public final class Knows {
    @Valid Knows forbidden;
}
