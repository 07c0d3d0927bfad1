package io.hubwire.signalr.hosting.cors;

import com.thetransactioncompany.cors.CORSConfiguration;
import com.thetransactioncompany.cors.CORSConfigurationException;
import com.thetransactioncompany.cors.CORSFilter;
import jakarta.servlet.Filter;
import java.util.Properties;

/** Makes filters that let pages of other origins read what is answered (Fetch standard §3.2). */
public final class SharingFilters {
    private static final String MAX_AGE_SECONDS = "600";

    private SharingFilters() {}

    /**
     * A filter for requests whose origin has been allowed already: it shares with whoever asks, by name when credentials count, and answers preflights. Any header
     * may be sent.
     *
     * @param methods separated by commas, as a preflight is told
     * @param credentials whether cookies and the like count
     * @throws NoClassDefFoundError when the application has not brought the filter
     */
    public static Filter of(String methods, boolean credentials) {
        Properties settings = new Properties();
        settings.setProperty("cors.allowOrigin", "*");
        settings.setProperty("cors.supportsCredentials", String.valueOf(credentials));
        settings.setProperty("cors.supportedMethods", methods);
        settings.setProperty("cors.supportedHeaders", "*");
        settings.setProperty("cors.exposedHeaders", "Retry-After, WWW-Authenticate");
        settings.setProperty("cors.maxAge", MAX_AGE_SECONDS);
        try {
            return new CORSFilter(new CORSConfiguration(settings));
        } catch (CORSConfigurationException e) {
            throw new IllegalArgumentException("These methods cannot be shared: " + methods, e);
        }
    }
}
