package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.hosting.jakarta.ConnectorCheck.Strict;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorCheckTest {
    @TempDir
    Path base;

    private final Tomcat tomcat = new Tomcat();
    private final LogAudit log = new LogAudit();

    @AfterEach
    void stop() throws LifecycleException {
        log.close();
        if (tomcat.getServer().getState().isAvailable()) {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private void start(String relaxedQueryChars) throws LifecycleException {
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        if (relaxedQueryChars != null) {
            connector.setProperty("relaxedQueryChars", relaxedQueryChars);
        }
        tomcat.setConnector(connector);
        StandardContext context = (StandardContext) tomcat.addContext("", base.toString());
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        context.addServletContainerInitializer(
                (classes, started) -> HostDeployment.of(started, HostingOptions.DEFAULTS), null);
        tomcat.start();
    }

    @ParameterizedTest
    @CsvSource({"'|{}'", "'['", "']'", ","})
    void connector_thatRefusesBrackets_isWarnedOfAsTheApplicationStarts(String relaxed) throws LifecycleException {
        start(relaxed);

        assertThat(log.records())
                .singleElement()
                .asString()
                .contains("refuses brackets in query strings", "relaxedQueryChars", "conf/tomcat/connector.xml");
    }

    @Test
    void connector_asInOurConfiguration_isNotMentioned() throws LifecycleException {
        start("[]|{}^\\`\"<>");

        assertThat(log.records()).isEmpty();
        assertThat(ConnectorCheck.strictConnectors(ManagementFactory.getPlatformMBeanServer()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http-listener,default,false", "https-listener,https,false", "http-listener,default,true"})
    void listenerOfUndertow_thatRefusesBrackets_isFound(String kind, String name, boolean allowed) throws JMException {
        MBeanServer beans = MBeanServerFactory.newMBeanServer();
        beans.registerMBean(
                new StandardMBean(() -> allowed, ListenerMBean.class),
                new ObjectName("jboss.as:subsystem=undertow,server=default-server," + kind + "=" + name));

        assertThat(ConnectorCheck.strictConnectors(beans))
                .extracting(Strict::name)
                .isEqualTo(allowed ? List.of() : List.of(name));
    }

    /** WildFly's management model has the attribute under its own spelling, with a small letter. */
    @FunctionalInterface
    public interface ListenerMBean {
        boolean getallowUnescapedCharactersInUrl();
    }

    @Test
    void containerWithoutSuchBeans_isLeftAlone() {
        MBeanServer empty = MBeanServerFactory.newMBeanServer();

        assertThat(ConnectorCheck.strictConnectors(empty)).isEqualTo(Set.of());
    }
}
