package io.hubwire.architecture.planted.undescribed.signalr.bus;

public final class Planted {}
