package io.hubwire.captures;

import java.util.Arrays;

/** The servers that the recordings were made with. */
public enum ServerProfile {
    /** Every default; shared by most scenarios. */
    DEFAULT("default"),
    /** Every default, for one scenario alone: it leaves something behind that others would notice, or stops the server. */
    OWN("own"),
    /** DisconnectTimeout 6 s, KeepAlive 2 s, ConnectionTimeout 5 s. */
    SHORT("short"),
    /** LongPollDelay 1.5 s. */
    LONG_POLL_DELAY("longPollDelay"),
    /** KeepAlive off. */
    NO_KEEP_ALIVE("noKeepAlive"),
    /** DefaultMessageBufferSize 32. */
    SMALL_BUFFER("smallBuffer");

    private final String word;

    ServerProfile(String word) {
        this.word = word;
    }

    static ServerProfile of(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown server " + word));
    }
}
