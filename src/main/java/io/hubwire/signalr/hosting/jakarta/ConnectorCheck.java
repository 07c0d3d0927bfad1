package io.hubwire.signalr.hosting.jakarta;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Finds connectors of Tomcat that would refuse what the .NET client sends (protocol §1.6), by Tomcat's own management beans. Silent where there are none, or where
 * they say nothing of it: other containers, other protocols, management switched off.
 */
final class ConnectorCheck {
    private static final Logger LOG = System.getLogger(ConnectorCheck.class.getName());
    private static final String CONNECTORS = "*:type=ProtocolHandler,*";
    private static final String ATTRIBUTE = "relaxedQueryChars";

    private ConnectorCheck() {}

    /** Warns of each such connector of this process; once a deployment is enough. */
    static void warn() {
        for (String connector : strictConnectors(ManagementFactory.getPlatformMBeanServer())) {
            LOG.log(
                    Level.WARNING,
                    "The connector on port {0} refuses brackets in query strings, so .NET clients will be answered 400:"
                            + " its relaxedQueryChars in server.xml must have them.",
                    connector);
        }
    }

    /** The ports, as the container names them, of connectors that take no brackets. */
    static Set<String> strictConnectors(MBeanServer beans) {
        Set<String> strict = new TreeSet<>();
        for (ObjectName connector : beans.queryNames(allConnectors(), null)) {
            if (isStrict(beans, connector)) {
                strict.add(String.valueOf(connector.getKeyProperty("port")));
            }
        }
        return strict;
    }

    private static boolean isStrict(MBeanServer beans, ObjectName connector) {
        try {
            Object relaxed = beans.getAttribute(connector, ATTRIBUTE);
            String characters = relaxed == null ? "" : relaxed.toString();
            return characters.indexOf('[') < 0 || characters.indexOf(']') < 0;
        } catch (JMException | RuntimeException saysNothing) {
            LOG.log(Level.DEBUG, () -> connector + " does not say what it takes", saysNothing);
            return false;
        }
    }

    private static ObjectName allConnectors() {
        try {
            return new ObjectName(CONNECTORS);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
