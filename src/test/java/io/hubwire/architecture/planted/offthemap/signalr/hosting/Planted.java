package io.hubwire.architecture.planted.offthemap.signalr.hosting;

public final class Planted {}
