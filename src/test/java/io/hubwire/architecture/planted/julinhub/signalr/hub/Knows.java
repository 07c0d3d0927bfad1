package io.hubwire.architecture.planted.julinhub.signalr.hub;

import java.util.logging.Logger;

public record Knows(Logger forbidden) {}
