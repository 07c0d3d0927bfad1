package io.hubwire.architecture.planted.transportknowsbus.signalr.bus;

public final class Planted {}
