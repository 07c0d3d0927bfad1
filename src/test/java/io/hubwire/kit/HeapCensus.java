package io.hubwire.kit;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** Counts what is alive in the heap of this JVM. */
public final class HeapCensus {
    private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(\\S+)", Pattern.MULTILINE);

    private HeapCensus() {}

    /**
     * Collects garbage, and counts the instances of each class that are left, 0 if there are none; those of several loaders together. Blocks for as long as that takes, some tenths of
     * a second.
     *
     * @param classes full names
     */
    public static Map<String, Long> instancesOf(Collection<String> classes) {
        Map<String, Long> counts = new TreeMap<>();
        classes.forEach(name -> counts.put(name, 0L));
        Matcher line = LINE.matcher(histogram());
        while (line.find()) {
            long instances = Long.parseLong(line.group(1));
            counts.computeIfPresent(line.group(2), (name, before) -> before + instances);
        }
        return counts;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("the heap cannot be counted", e);
        }
    }
}
