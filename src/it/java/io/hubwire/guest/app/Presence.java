package io.hubwire.guest.app;

import java.lang.ref.WeakReference;

/** Tells applications of one virtual machine whether another one has left it. They share no class of theirs, so it lies with the system properties. */
public final class Presence {
    private static final String PREFIX = "io.hubwire.guest:";

    private Presence() {}

    static void begin(String contextPath) {
        System.getProperties().put(PREFIX + contextPath, new WeakReference<>(Presence.class.getClassLoader()));
    }

    /** @throws IllegalStateException when it has never been there */
    static boolean isGone(String contextPath) {
        if (System.getProperties().get(PREFIX + contextPath) instanceof WeakReference<?> loader) {
            return loader.refersTo(null);
        }
        throw new IllegalStateException(contextPath + " has never been here");
    }
}
