package io.hubwire.architecture.planted.restinservletface.signalr.hosting.jakarta;

import jakarta.ws.rs.core.Response;

public record Knows(Response forbidden) {}
