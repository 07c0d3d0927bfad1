package io.hubwire.architecture.planted.servletinhub.signalr.hub;

import jakarta.servlet.ServletRequest;

public record Knows(ServletRequest forbidden) {}
