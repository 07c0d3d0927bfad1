package io.hubwire.architecture.planted.tomcatinboot.push.boot;

import org.apache.catalina.Context;

public record Knows(Context forbidden) {}
