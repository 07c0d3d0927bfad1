package io.hubwire.signalr.operations;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A server's place in the platform's JMX server: {@code io.hubwire:type=SignalR,name="…"} with the instance name of its counters (protocol §15.1). Of several
 * servers of one name in a JVM the later ones get {@code -2}, {@code -3} and so on at the end. Holds the server, and so its class loader, until it is closed.
 */
public final class JmxRegistration implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JmxRegistration.class.getName());
    private static final int MOST_OF_A_NAME = 1_000;

    private final MBeanServer jmx;
    private final ObjectName name;

    private JmxRegistration(MBeanServer jmx, ObjectName name) {
        this.jmx = jmx;
        this.name = name;
    }

    /** Shows the server; empty, and a warning, where JMX does not let us: a server without it still serves. */
    public static Optional<JmxRegistration> of(ServerOperations server) {
        try {
            return Optional.of(register(server, ManagementFactory.getPlatformMBeanServer()));
        } catch (JMException | SecurityException refused) {
            LOG.log(Level.WARNING, "The counters of " + server.metrics().name() + " are not shown by JMX", refused);
            return Optional.empty();
        }
    }

    private static JmxRegistration register(ServerOperations server, MBeanServer jmx) throws JMException {
        ServerMBean bean = new ServerMBean(server);
        for (int number = 1; number <= MOST_OF_A_NAME; number++) {
            ObjectName name = name(server.metrics().name() + (number == 1 ? "" : "-" + number));
            try {
                jmx.registerMBean(bean, name);
                return new JmxRegistration(jmx, name);
            } catch (InstanceAlreadyExistsException taken) {
                LOG.log(Level.DEBUG, "{0} is taken", name);
            }
        }
        throw new InstanceAlreadyExistsException(server.metrics().name());
    }

    private static ObjectName name(String instance) throws JMException {
        return new ObjectName("io.hubwire:type=SignalR,name=" + ObjectName.quote(instance));
    }

    /** Under which the server is shown. */
    public ObjectName name() {
        return name;
    }

    /** Takes the server out. Idempotent. */
    @Override
    public void close() {
        try {
            jmx.unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            LOG.log(Level.DEBUG, "{0} was taken out before", name);
        } catch (JMException failure) {
            LOG.log(Level.WARNING, "The counters of " + name + " cannot be taken out of JMX", failure);
        }
    }
}
