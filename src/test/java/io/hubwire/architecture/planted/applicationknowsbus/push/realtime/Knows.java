package io.hubwire.architecture.planted.applicationknowsbus.push.realtime;

import io.hubwire.architecture.planted.applicationknowsbus.signalr.bus.Planted;

public record Knows(Planted forbidden) {}
