package io.hubwire.architecture.planted.libraryknowsapplication.push.domain;

public final class Planted {}
