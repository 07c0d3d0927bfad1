package io.hubwire.architecture.planted.jsoninbus.signalr.bus;

import jakarta.json.JsonObject;

public record Knows(JsonObject forbidden) {}
