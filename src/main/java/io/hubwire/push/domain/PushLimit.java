package io.hubwire.push.domain;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What people may not go beyond, other than the limits of SignalR; each refusal is counted under one of these. Input that breaks a rule is none. */
public enum PushLimit {
    /** Failed sign-ins, for a name from an address or from an address alone. */
    SIGN_IN_ATTEMPTS("Sign In Attempts"),
    /** The size of a file. */
    UPLOAD_SIZE("Upload Size"),
    /** Files of a person, or their size together. */
    UPLOAD_QUOTA("Upload Quota"),
    /** Uploads of a person within an hour. */
    UPLOADS_PER_HOUR("Uploads Per Hour"),
    /** Uploads under way, of a person or of all. */
    UPLOADS_AT_ONCE("Uploads At Once"),
    /** The size of any other body. */
    API_BODY_SIZE("Api Body Size");

    private final String displayName;

    PushLimit(String displayName) {
        this.displayName = displayName;
    }

    /** As operators see it. */
    public String displayName() {
        return displayName;
    }

    /** Those of all, in their order. */
    public static Set<String> displayNames() {
        return Arrays.stream(values()).map(PushLimit::displayName).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
