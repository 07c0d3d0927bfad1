package io.hubwire.architecture.planted.cycle.signalr.connection;

import io.hubwire.architecture.planted.cycle.signalr.bus.Egg;

public record Hen(Egg forbidden) {}
