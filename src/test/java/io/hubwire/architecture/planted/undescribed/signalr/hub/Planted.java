package io.hubwire.architecture.planted.undescribed.signalr.hub;

public final class Planted {}
