package io.hubwire.signalr.hosting.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.weld.bootstrap.WeldBootstrap;
import org.jboss.weld.bootstrap.api.Environments;
import org.jboss.weld.bootstrap.spi.BeanDeploymentArchive;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.bootstrap.spi.BeansXml;
import org.jboss.weld.bootstrap.spi.Metadata;
import org.jboss.weld.environment.deployment.WeldBeanDeploymentArchive;
import org.jboss.weld.environment.deployment.WeldDeployment;
import org.jboss.weld.environment.deployment.WeldResourceLoader;
import org.jboss.weld.metadata.BeansXmlImpl;

/** A Weld container with the library's extensions and some classes as beans, and nothing that is found by scanning. */
final class TestContainer implements AutoCloseable {
    private final WeldBootstrap bootstrap = new WeldBootstrap();
    private final BeanManager beans;

    /** @throws RuntimeException when the container refuses the classes */
    TestContainer(Class<?>... beanClasses) {
        List<String> names = Arrays.stream(beanClasses).map(Class::getName).toList();
        BeansXml everyClass = new BeansXmlImpl(
                List.of(), List.of(), List.of(), List.of(), null, null, BeanDiscoveryMode.ALL, "4.1", false);
        WeldBeanDeploymentArchive archive = new WeldBeanDeploymentArchive("test", names, everyClass);
        Set<WeldBeanDeploymentArchive> archives = new HashSet<>(Set.of(archive)); // Weld adds one of its own
        WeldDeployment deployment = new WeldDeployment(
                new WeldResourceLoader(),
                bootstrap,
                archives,
                List.of(new Loaded(new SignalRExtension()), new Loaded(new PersistentConnectionExtension())));
        try {
            bootstrap.startContainer(Environments.SE, deployment);
            bootstrap.startInitialization().deployBeans().validateBeans().endInitialization();
        } catch (RuntimeException e) {
            bootstrap.shutdown();
            throw e;
        }
        this.beans = bootstrap.getManager((BeanDeploymentArchive) archive);
    }

    private record Loaded(Extension getValue) implements Metadata<Extension> {
        @Override
        public String getLocation() {
            return "test";
        }
    }

    BeanManager beans() {
        return beans;
    }

    /** A bean of this container. */
    <T> T get(Class<T> type) {
        return beans.createInstance().select(type).get();
    }

    @Override
    public void close() {
        bootstrap.shutdown();
    }
}
