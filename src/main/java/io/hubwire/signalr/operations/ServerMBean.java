package io.hubwire.signalr.operations;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Metrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;

/** A server's counters, rates and gauges by the names of protocol §15.1, refusals by limit, and draining. */
final class ServerMBean implements DynamicMBean {
    private static final String DRAIN = "drain";
    private static final String LONG = long.class.getName();
    private static final String DOUBLE = double.class.getName();

    private final ServerOperations server;

    ServerMBean(ServerOperations server) {
        this.server = server;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Object value = values().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Object> values = values();
        AttributeList found = new AttributeList();
        for (String attribute : attributes) {
            if (values.containsKey(attribute)) {
                found.add(new Attribute(attribute, values.get(attribute)));
            }
        }
        return found;
    }

    /** All of them, whether or not anything was counted yet. */
    private Map<String, Object> values() {
        Metrics.Snapshot snapshot = server.metrics().snapshot();
        Map<String, Double> rates = server.rates();
        Map<String, Object> values = new LinkedHashMap<>(snapshot.byName());
        rateNames().forEach(rate -> values.put(rate, rates.getOrDefault(rate, 0.0)));
        return values;
    }

    private static List<String> rateNames() {
        return Stream.of(Counter.values())
                .flatMap(counter -> counter.rateName().stream())
                .toList();
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String actionName, Object[] parameters, String[] signature)
            throws MBeanException, ReflectionException {
        if (!actionName.equals(DRAIN)) {
            throw new ReflectionException(new NoSuchMethodException(actionName));
        }
        try {
            server.drain(options(parameters));
            return null;
        } catch (IllegalArgumentException outOfRange) {
            throw new MBeanException(outOfRange);
        }
    }

    private static DrainOptions options(Object[] parameters) {
        if (parameters != null
                && parameters.length == 2
                && parameters[0] instanceof Number window
                && parameters[1] instanceof Number bound) {
            return new DrainOptions(Duration.ofSeconds(window.longValue()), Duration.ofSeconds(bound.longValue()));
        }
        throw new IllegalArgumentException("drain takes two numbers of seconds: the window and the bound");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(
                ServerMBean.class.getName(),
                "A SignalR server",
                attributes(server.metrics().snapshot()).toArray(MBeanAttributeInfo[]::new),
                null,
                new MBeanOperationInfo[] {drainInfo()},
                null);
    }

    private static Stream<MBeanAttributeInfo> attributes(Metrics.Snapshot snapshot) {
        return Stream.concat(
                snapshot.byName().keySet().stream().map(name -> readable(name, LONG)),
                rateNames().stream().map(rate -> readable(rate, DOUBLE)));
    }

    private static MBeanAttributeInfo readable(String name, String type) {
        return new MBeanAttributeInfo(name, type, name, true, false, false);
    }

    private static MBeanOperationInfo drainInfo() {
        return new MBeanOperationInfo(
                DRAIN,
                "Refuses newcomers and sends all clients elsewhere; returns at once, the attribute Draining becomes 1",
                new MBeanParameterInfo[] {
                    new MBeanParameterInfo("windowSeconds", LONG, "over which clients are spread"),
                    new MBeanParameterInfo("boundSeconds", LONG, "after which what is left is cut off")
                },
                void.class.getName(),
                MBeanOperationInfo.ACTION);
    }
}
