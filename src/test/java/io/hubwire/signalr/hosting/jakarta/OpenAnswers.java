package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.ServletContext;

/** What only this package can count, for audits in others. */
public final class OpenAnswers {
    private OpenAnswers() {}

    /** Answers of a context, streams and polls among them, that have been begun asynchronously and are not over. */
    public static int of(ServletContext context) {
        return HostDeployment.of(context, HostingOptions.DEFAULTS).openAnswers();
    }
}
