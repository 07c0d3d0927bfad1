package io.hubwire.kit;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** What an installed Tomcat shows its web applications: itself and its interfaces, and nothing else that is on the class path of the tests. */
public final class ContainerLoader extends ClassLoader {
    private static final List<String> PACKAGES =
            List.of("jakarta.annotation.", "jakarta.el.", "jakarta.servlet.", "jakarta.websocket.", "org.apache.");
    private static final String JARS = "/tomcat-";

    private final ClassLoader classPath = ContainerLoader.class.getClassLoader();

    public ContainerLoader() {
        super("container", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (PACKAGES.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return classPath.loadClass(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(classPath.getResources(name)).stream()
                .filter(found -> found.toString().contains(JARS))
                .toList());
    }

    @Override
    protected URL findResource(String name) {
        try {
            Enumeration<URL> found = findResources(name);
            return found.hasMoreElements() ? found.nextElement() : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
