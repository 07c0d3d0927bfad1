package io.hubwire.architecture.planted.micrometerinhub.signalr.hub;

import io.micrometer.core.instrument.Counter;

public final class Knows {
    Counter forbidden;
}
