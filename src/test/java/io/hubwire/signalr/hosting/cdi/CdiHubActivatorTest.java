package io.hubwire.signalr.hosting.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubActivator;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class CdiHubActivatorTest {

    public static class AloneHub extends Hub {}

    /** Finds and uses the activator as a server does, with the classes of whatever loader it comes from. */
    public static final class Trial implements Callable<String> {
        @Override
        public String call() {
            HubActivator found = HubActivator.find(Trial.class.getClassLoader());
            return found.getClass().getSimpleName() + " made "
                    + found.<String>around(() ->
                            found.activate(AloneHub.class).hub().getClass().getSimpleName());
        }
    }

    /** Loads the project's classes itself, and has no CDI. */
    private static final class WithoutCdi extends ClassLoader {
        WithoutCdi() {
            super(CdiHubActivatorTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.enterprise.") || name.startsWith("jakarta.inject.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith("io.hubwire.") ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void find_whereNoContainerRuns_buildsHubsByReflection() {
        assertThat(new Trial().call()).isEqualTo("CdiHubActivator made AloneHub");
    }

    @Test
    void find_withoutCdiOnTheClassPath_buildsHubsByReflection() throws Exception {
        ClassLoader bare = new WithoutCdi();
        Callable<?> trial = (Callable<?>)
                bare.loadClass(Trial.class.getName()).getConstructor().newInstance();

        assertThat(trial.call()).isEqualTo("CdiHubActivator made AloneHub");
        assertThat(trial.getClass()).isNotSameAs(Trial.class);
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> bare.loadClass("jakarta.enterprise.inject.spi.CDI"));
    }
}
