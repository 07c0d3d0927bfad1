package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The binding where nothing of Jakarta JSON Binding can be seen: loaded by a class loader that hides it. */
class WithoutJsonbTest {

    /** What the tests bind; public, because another class loader's copy of the package sees them. */
    public record Point(int x, List<String> names) {}

    public static final class Bean {
        public int x;
    }

    private static final class HidingLoader extends ClassLoader {
        private static final String OURS = "io.hubwire.signalr.protocol.";

        HidingLoader() {
            super(WithoutJsonbTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.json.bind.") || name.startsWith("org.eclipse.yasson.")) {
                throw new ClassNotFoundException(name + " is hidden");
            }
            if (!name.startsWith(OURS) || name.contains("Test$")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private final Object binding;

    WithoutJsonbTest() throws ReflectiveOperationException {
        Class<?> type = new HidingLoader().loadClass(JsonBinding.class.getName());
        assertThat(type).isNotEqualTo(JsonBinding.class);
        binding = type.getMethod("standard").invoke(null);
    }

    private Object call(String method, Class<?>[] types, Object... arguments) throws Throwable {
        try {
            Class<?> face = binding.getClass().getInterfaces()[0];
            return face.getMethod(method, types).invoke(binding, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private String write(Object value) throws Throwable {
        return call("write", new Class<?>[] {Object.class}, value).toString();
    }

    private Object read(String json, Class<?> type) throws Throwable {
        Class<?> raw = binding.getClass().getClassLoader().loadClass(RawJson.class.getName());
        Object value = raw.getMethod("parse", String.class).invoke(null, json);
        return call("read", new Class<?>[] {raw, java.lang.reflect.Type.class}, value, type);
    }

    @Test
    void recordsAndCollections_areBound() throws Throwable {
        assertThat(write(Map.of("a", List.of(1.0, "x")))).isEqualTo("{\"a\":[1.0,\"x\"]}");
        assertThat(write(new Point(1, List.of("n")))).isEqualTo("{\"x\":1,\"names\":[\"n\"]}");
        assertThat(read("{\"X\":\"2\",\"names\":[\"a\"]}", Point.class)).isEqualTo(new Point(2, List.of("a")));
    }

    @Test
    void beans_areRefusedWithTheReason() {
        String reason = Bean.class.getName()
                + " is neither a record nor a simple type or collection; binding it takes Jakarta JSON Binding"
                + " (such as org.eclipse:yasson), which is not on the class path.";
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> write(new Bean()))
                .withMessage(reason);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> read("{\"x\":1}", Bean.class))
                .withMessage(reason);
    }
}
