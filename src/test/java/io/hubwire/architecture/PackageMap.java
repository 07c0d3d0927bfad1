package io.hubwire.architecture;

import com.tngtech.archunit.core.domain.PackageMatcher;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The packages of the house and what each may know: other packages of ours, and libraries besides the JDK.
 *
 * <p>Names of packages are relative to the root package.
 */
final class PackageMap {

    /**
     * What one package may know.
     *
     * @param packages other packages of ours
     * @param libraries packages of libraries, in ArchUnit's notation
     */
    record Knowledge(Set<String> packages, Set<String> libraries) {

        boolean allowsLibrary(String name) {
            return libraries.stream()
                    .anyMatch(pattern -> PackageMatcher.of(pattern).matches(name));
        }
    }

    private static final String ANY = "..";

    private static final Map<String, Knowledge> HOUSE = new TreeMap<>();

    static {
        // The library.
        put("signalr.protocol", "", "jakarta.json jakarta.json.spi jakarta.json.stream");
        put("signalr.concurrent", "", "");
        put("signalr.security", "", "");
        put("signalr.hosting", "signalr.metrics", "");
        put("signalr.metrics", "", "");
        put("signalr.tracing", "", "");
        put("signalr.bus", "signalr.concurrent signalr.metrics signalr.tracing", "");
        put(
                "signalr.transport",
                "signalr.protocol signalr.hosting signalr.concurrent signalr.metrics signalr.tracing",
                "");
        put("signalr.metrics.micrometer", "signalr.metrics", "io.micrometer.core..");
        put("signalr.operations", "signalr.metrics", "");
        put(
                "signalr.connection",
                "signalr.transport signalr.bus signalr.protocol signalr.security signalr.hosting signalr.concurrent"
                        + " signalr.metrics signalr.tracing",
                "");
        put(
                "signalr.hub",
                "signalr.connection signalr.protocol signalr.security signalr.hosting signalr.concurrent"
                        + " signalr.metrics signalr.tracing signalr.operations",
                "");
        put(
                "signalr",
                "signalr.protocol signalr.concurrent signalr.security signalr.hosting signalr.metrics signalr.bus"
                        + " signalr.transport signalr.connection signalr.hub signalr.tracing signalr.operations",
                "");
        put(
                "signalr.hosting.jakarta",
                "signalr signalr.hub signalr.connection signalr.transport signalr.protocol signalr.security"
                        + " signalr.hosting signalr.hosting.cors signalr.concurrent signalr.metrics signalr.tracing signalr.config"
                        + " signalr.config.setting signalr.operations",
                "jakarta.servlet.. jakarta.websocket..");
        put("signalr.hosting.rest", "signalr signalr.hosting", "jakarta.ws.rs..");
        put(
                "signalr.hosting.cdi",
                "signalr signalr.hub signalr.connection signalr.hosting",
                "jakarta.enterprise.. jakarta.inject..");
        put("signalr.hosting.weld", "signalr.hosting.jakarta", "jakarta.servlet.. org.jboss.weld.servlet..");
        put("signalr.hosting.cors", "", "jakarta.servlet.. com.thetransactioncompany.cors..");
        put("signalr.hosting.validation", "signalr.hub", "jakarta.validation..");
        put("signalr.config.setting", "", "");
        put(
                "signalr.config",
                "signalr signalr.config.setting signalr.protocol signalr.security signalr.hosting signalr.bus signalr.transport"
                        + " signalr.connection signalr.hub signalr.tracing signalr.operations",
                "");

        // The application sees the library through its front door, its hubs and its security; what wires it together
        // also through the faces of the container.
        put("push.domain", "", "");
        put("push.store", "push.domain", ANY);
        put("push.service", "push.domain push.store", ANY);
        put(
                "push.realtime",
                "push.service push.domain signalr.hub signalr.connection signalr.hosting signalr.hosting.cdi signalr.operations"
                        + " signalr.metrics signalr.transport",
                ANY);
        put("push.api", "push.service push.domain push.security signalr.hosting.rest", ANY);
        put("push.security", "push.domain signalr.security signalr.hosting", ANY);
        put(
                "push.boot",
                "push.domain push.store push.service push.realtime push.api push.security signalr signalr.hub signalr.connection"
                        + " signalr.security signalr.config signalr.config.setting signalr.hosting.cdi signalr.hosting.jakarta"
                        + " signalr.operations signalr.metrics signalr.metrics.micrometer",
                ANY);
        put(
                "push.boot.embedded",
                "signalr.config.setting",
                "org.apache.catalina.. org.apache.coyote.. org.apache.tomcat.. jakarta.servlet..");
    }

    private PackageMap() {}

    static Map<String, Knowledge> house() {
        return HOUSE;
    }

    private static void put(String name, String packages, String libraries) {
        HOUSE.put(name, new Knowledge(words(packages), words(libraries)));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }
}
