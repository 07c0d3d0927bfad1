package io.hubwire.architecture.planted.jsonbinprotocol.signalr.protocol;

import jakarta.json.bind.Jsonb;

public record Knows(Jsonb forbidden) {}
