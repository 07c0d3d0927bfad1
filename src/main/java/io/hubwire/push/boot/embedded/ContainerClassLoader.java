package io.hubwire.push.boot.embedded;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a web application sees of its container: Tomcat and the interfaces it implements, and nothing else that happens to
 * be on the class path of the JVM.
 *
 * <p>So an unpacked application is loaded as an installed server does it, whatever else runs in the JVM, and several share
 * no state of the application or of its libraries.
 */
final class ContainerClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> PACKAGES = List.of(
            "jakarta.annotation.",
            "jakarta.ejb.",
            "jakarta.el.",
            "jakarta.security.auth.message.",
            "jakarta.servlet.",
            "jakarta.websocket.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.el.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.apache.tomcat.");

    private static final Pattern OF_THE_CONTAINER = Pattern.compile("/tomcat-[^/]*\\.jar!/");

    private final ClassLoader classPath;

    ContainerClassLoader(ClassLoader classPath) {
        super("container", ClassLoader.getPlatformClassLoader());
        this.classPath = classPath;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (PACKAGES.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return classPath.loadClass(name);
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

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(classPath.getResources(name)).stream()
                .filter(ContainerClassLoader::isOfTheContainer)
                .toList());
    }

    private static boolean isOfTheContainer(URL resource) {
        return OF_THE_CONTAINER.matcher(resource.toString()).find();
    }
}
