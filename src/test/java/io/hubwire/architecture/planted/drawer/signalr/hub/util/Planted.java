package io.hubwire.architecture.planted.drawer.signalr.hub.util;

public final class Planted {}
