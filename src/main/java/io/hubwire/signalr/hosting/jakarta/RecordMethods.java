package io.hubwire.signalr.hosting.jakarta;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.runtime.ObjectMethods;
import java.util.List;

/**
 * What the JDK remembers of records. As it links {@code equals}, {@code hashCode} or {@code toString} of one, {@link ObjectMethods} keeps the newest adaptation of its method
 * handles, strongly in JDK 17 and softly later, and with it the class of the record: the last application that compared records would never be unloaded.
 */
final class RecordMethods {
    private static final Logger LOG = System.getLogger(RecordMethods.class.getName());

    private RecordMethods() {}

    /** Has it remember a class of its own in place of ours. Any thread; harmless at any time. */
    static void forget() {
        MethodHandle component = MethodHandles.identity(String.class);
        for (String method : List.of("equals", "hashCode", "toString")) {
            try {
                ObjectMethods.bootstrap(
                        MethodHandles.lookup(), method, MethodHandle.class, String.class, "component", component);
            } catch (Throwable e) { // as it is declared; no more than a class loader is lost
                LOG.log(Level.DEBUG, "The JDK goes on remembering records of the application", e);
            }
        }
    }
}
