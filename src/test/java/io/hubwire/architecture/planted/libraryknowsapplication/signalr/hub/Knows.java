package io.hubwire.architecture.planted.libraryknowsapplication.signalr.hub;

import io.hubwire.architecture.planted.libraryknowsapplication.push.domain.Planted;

public record Knows(Planted forbidden) {}
