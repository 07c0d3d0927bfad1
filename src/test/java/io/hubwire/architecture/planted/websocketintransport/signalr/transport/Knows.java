package io.hubwire.architecture.planted.websocketintransport.signalr.transport;

import jakarta.websocket.Session;

public record Knows(Session forbidden) {}
