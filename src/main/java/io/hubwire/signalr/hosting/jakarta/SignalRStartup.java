package io.hubwire.signalr.hosting.jakarta;

/**
 * What an application says about SignalR when it starts, as {@code Startup} classes do in ASP.NET. The container finds implementations by itself; they need a
 * public constructor without parameters. Without one, and without
 * hubs in {@code WEB-INF/web.config}, all hubs are mapped at {@code /signalr} with the defaults.
 */
public interface SignalRStartup {

    /**
     * Called once, while the deployment starts, before CDI is there.
     *
     * @throws RuntimeException fails the deployment
     */
    void configuration(SignalR signalR);

    /** What the host lets peers do; asked for before {@link #configuration}. Of several classes the first that wants other than the defaults counts. */
    default HostingOptions hosting() {
        return HostingOptions.DEFAULTS;
    }
}
