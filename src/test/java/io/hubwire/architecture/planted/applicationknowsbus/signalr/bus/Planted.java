package io.hubwire.architecture.planted.applicationknowsbus.signalr.bus;

public final class Planted {}
