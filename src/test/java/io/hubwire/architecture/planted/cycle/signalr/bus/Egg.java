package io.hubwire.architecture.planted.cycle.signalr.bus;

import io.hubwire.architecture.planted.cycle.signalr.connection.Hen;

public record Egg(Hen forbidden) {}
