package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordMethodsTest {

    /** Defined once more by {@link #comparedElsewhere}. */
    record Value(Value next) {}

    @Test
    void classLoader_ofRecordsThatWereCompared_isCollected() throws Exception {
        WeakReference<ClassLoader> loader = comparedElsewhere();

        RecordMethods.forget();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(loader.refersTo(null)).isTrue();
        });
    }

    private static WeakReference<ClassLoader> comparedElsewhere() throws Exception {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) {
                byte[] bytes = bytesOf(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        var constructor = loader.loadClass(Value.class.getName()).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Object value = constructor.newInstance(constructor.newInstance((Object) null));
        Object same = constructor.newInstance(constructor.newInstance((Object) null));
        assertThat(value.equals(same)).isTrue();
        assertThat(value.hashCode()).isEqualTo(same.hashCode());
        assertThat(value.toString()).contains("Value[next=null]");
        return new WeakReference<>(loader);
    }

    private static byte[] bytesOf(String name) {
        try (InputStream in = RecordMethodsTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
