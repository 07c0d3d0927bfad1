package io.hubwire.architecture.planted.transportknowsbus.signalr.transport;

import io.hubwire.architecture.planted.transportknowsbus.signalr.bus.Planted;

public record Knows(Planted forbidden) {}
