package io.hubwire.architecture.planted.offthemap.signalr.widgets;

import io.hubwire.architecture.planted.offthemap.signalr.hosting.Planted;

public record Knows(Planted forbidden) {}
