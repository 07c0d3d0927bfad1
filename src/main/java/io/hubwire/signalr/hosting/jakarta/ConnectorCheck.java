package io.hubwire.signalr.hosting.jakarta;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Finds connectors of Tomcat and listeners of WildFly that would refuse what the .NET client sends (protocol §1.6), by the container's own management beans. Silent where
 * there are none, or where they say nothing of it: other containers, other protocols, management switched off.
 */
final class ConnectorCheck {
    private static final Logger LOG = System.getLogger(ConnectorCheck.class.getName());

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "*:type=ProtocolHandler,*",
                    "port",
                    "relaxedQueryChars",
                    ConnectorCheck::hasBrackets,
                    "its relaxedQueryChars in server.xml must have them (conf/tomcat/connector.xml)"),
            new Kind(
                    "jboss.as:subsystem=undertow,server=*,http-listener=*",
                    "http-listener",
                    "allowUnescapedCharactersInUrl",
                    Boolean.TRUE::equals,
                    "its allow-unescaped-characters-in-url must be true (conf/wildfly/hubwire.cli)"),
            new Kind(
                    "jboss.as:subsystem=undertow,server=*,https-listener=*",
                    "https-listener",
                    "allowUnescapedCharactersInUrl",
                    Boolean.TRUE::equals,
                    "its allow-unescaped-characters-in-url must be true (conf/wildfly/hubwire.cli)"));

    private ConnectorCheck() {}

    /** Warns of each such connector of this process; once a deployment is enough. */
    static void warn() {
        for (Strict connector : strictConnectors(ManagementFactory.getPlatformMBeanServer())) {
            LOG.log(
                    Level.WARNING,
                    "The connector {0} refuses brackets in query strings, so .NET clients will be answered 400: "
                            + connector.remedy() + ".",
                    connector.name());
        }
    }

    /** The connectors that take no brackets. */
    static Set<Strict> strictConnectors(MBeanServer beans) {
        Set<Strict> strict = new TreeSet<>();
        for (Kind kind : KINDS) {
            for (ObjectName connector : beans.queryNames(kind.pattern(), null)) {
                if (isStrict(kind, beans, connector)) {
                    strict.add(new Strict(String.valueOf(connector.getKeyProperty(kind.name())), kind.remedy()));
                }
            }
        }
        return strict;
    }

    private static boolean isStrict(Kind kind, MBeanServer beans, ObjectName connector) {
        try {
            return !kind.takesBrackets().test(beans.getAttribute(connector, kind.attribute()));
        } catch (JMException | RuntimeException saysNothing) {
            LOG.log(Level.DEBUG, () -> connector + " does not say what it takes", saysNothing);
            return false;
        }
    }

    private static boolean hasBrackets(Object relaxed) {
        String characters = relaxed == null ? "" : relaxed.toString();
        return characters.indexOf('[') >= 0 && characters.indexOf(']') >= 0;
    }

    /**
     * A connector that takes no brackets.
     *
     * @param name as the container tells its connectors apart: a port, or a name
     * @param remedy what to set
     */
    record Strict(String name, String remedy) implements Comparable<Strict> {
        @Override
        public int compareTo(Strict other) {
            return name.compareTo(other.name);
        }
    }

    /** How a container tells. */
    private record Kind(String beans, String name, String attribute, Predicate<Object> takesBrackets, String remedy) {

        ObjectName pattern() {
            try {
                return new ObjectName(beans);
            } catch (MalformedObjectNameException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
