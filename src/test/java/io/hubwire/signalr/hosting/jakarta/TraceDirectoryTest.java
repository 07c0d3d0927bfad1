package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceDirectoryTest {

    @Test
    void application_withADataDirectory_hasItsLogsThere() {
        assertThat(TraceDirectory.of(context("/data"), "app", Map.of("catalina.base", "/tomcat")::get))
                .isEqualTo(Path.of("/data/log"));
    }

    @Test
    void application_onTomcat_hasADirectoryAmongItsLogs() {
        assertThat(TraceDirectory.of(context(null), "ROOT", Map.of("catalina.base", "/tomcat")::get))
                .isEqualTo(Path.of("/tomcat/logs/ROOT"));
    }

    @Test
    void application_onWildFly_hasADirectoryAmongItsLogs() {
        assertThat(TraceDirectory.of(context(null), "app", Map.of("jboss.server.log.dir", "/wildfly/log")::get))
                .isEqualTo(Path.of("/wildfly/log/app"));
    }

    @Test
    void application_elsewhere_hasADirectoryInTheWorkingDirectory() {
        assertThat(TraceDirectory.of(context(null), "app", name -> null))
                .isEqualTo(Path.of("logs/app").toAbsolutePath());
    }

    private static ServletContext context(String data) {
        return (ServletContext) Proxy.newProxyInstance(
                TraceDirectoryTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> method.getName().equals("getInitParameter") ? data : null);
    }
}
