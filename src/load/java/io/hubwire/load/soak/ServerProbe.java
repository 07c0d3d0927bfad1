package io.hubwire.load.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into a JVM on this machine from outside. Blocking. */
final class ServerProbe implements AutoCloseable {
    /** There is one for each client that the server knows, so those that are kept by mistake count too. */
    private static final Pattern SESSIONS = Pattern.compile(
            "^ *\\d+: +(\\d+) +\\d+ +io\\.hubwire\\.signalr\\.transport\\.TransportSession$", Pattern.MULTILINE);

    private static final String POOL = "-exec-";
    private static final Pattern OURS = Pattern.compile("^(RMI |JMX |Attach Listener).*");
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private ServerProbe(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    // The address comes from the JVM that was attached to, which belongs to the same user.
    @SuppressWarnings("BanJNDI")
    static ServerProbe attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new ServerProbe(
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("the process " + pid + " cannot be looked into", e);
        }
    }

    /** Collects garbage, several times, and looks at what is left. */
    Vitals look() throws IOException {
        int connections = sessions(histogram());
        return new Vitals(
                connections,
                heapAfterCollection(),
                count(threadNames(), true),
                count(threadNames(), false),
                openFiles());
    }

    /** How many threads of each name there are, with # for numbers; for a report of what has grown. */
    Map<String, Integer> threadsByName() throws IOException {
        return threadNames().stream()
                .collect(Collectors.toMap(
                        name -> NUMBERS.matcher(name).replaceAll("#"), name -> 1, Integer::sum, TreeMap::new));
    }

    /** The classes that take most of the heap. */
    List<String> largestClasses(int count) throws IOException {
        return histogram().lines().limit(count + 2L).toList();
    }

    static int sessions(String histogram) {
        Matcher matcher = SESSIONS.matcher(histogram);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Of live objects; the JVM collects garbage for it. */
    private String histogram() throws IOException {
        try {
            return (String) server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IOException("the server's heap cannot be counted", e);
        }
    }

    private long heapAfterCollection() throws IOException {
        ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
                .gc();
        return ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    private List<String> threadNames() throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull) // ended meanwhile
                .map(ThreadInfo::getThreadName)
                .filter(name -> !OURS.matcher(name).matches())
                .toList();
    }

    private static int count(List<String> names, boolean inPool) {
        return (int)
                names.stream().filter(name -> name.contains(POOL) == inPool).count();
    }

    private long openFiles() throws IOException {
        try {
            return (Long) server.getAttribute(
                    new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "OpenFileDescriptorCount");
        } catch (JMException notOnThisSystem) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
