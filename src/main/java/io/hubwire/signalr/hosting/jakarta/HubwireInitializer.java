package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.hub.HubBase;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Maps what it finds when a web application starts: what start-up classes say, then what {@code web.config} says. Hubs that neither of them maps are
 * mapped at {@code /signalr}, unless the application maps them itself ({@link SignalR#map}). Does nothing in an application that has none of these.
 */
@HandlesTypes({HubBase.class, SignalRStartup.class, ServerEndpoint.class, ServerApplicationConfig.class})
public final class HubwireInitializer implements ServletContainerInitializer {
    private static final String DEFAULT_PATH = "/signalr";

    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) throws ServletException {
        Set<Class<?>> found = types == null ? Set.of() : types;
        List<Class<?>> hubs = found.stream().filter(HubRegistry::isHub).toList();
        List<SignalRStartup> startups = new ArrayList<>();
        for (Class<?> type : found) {
            if (isStartup(type)) {
                startups.add(create(type));
            }
        }
        WebConfig config = WebConfigLocation.read(context);
        boolean byDefault = startups.isEmpty() && config.mapsNothing();
        boolean nothingToDo = hubs.isEmpty() && config.rules().isEmpty();
        if (byDefault && (nothingToDo || HostDeployment.isMapped(context))) {
            return;
        }
        SignalR signalR = SignalR.unannounced(context, hubs, hosting(startups).over(config.settings()));
        if (found.stream().noneMatch(HubwireInitializer::isOtherEndpoint)) {
            signalR.ownsWebSocket();
        }
        for (SignalRStartup startup : startups) {
            startup.configuration(signalR);
        }
        if (startups.isEmpty() && config.hubs().isEmpty() && !hubs.isEmpty()) {
            signalR.hubs(DEFAULT_PATH);
        }
        signalR.configured(config);
        if (byDefault) {
            signalR.announceUntilMapped();
        } else {
            signalR.announce();
        }
    }

    private static HostingOptions hosting(List<SignalRStartup> startups) {
        return startups.stream()
                .map(SignalRStartup::hosting)
                .filter(options -> !options.equals(HostingOptions.DEFAULTS))
                .findFirst()
                .orElse(HostingOptions.DEFAULTS);
    }

    private static boolean isOtherEndpoint(Class<?> type) {
        return type != SocketEndpoint.class
                && (type.isAnnotationPresent(ServerEndpoint.class)
                        || ServerApplicationConfig.class.isAssignableFrom(type));
    }

    private static boolean isStartup(Class<?> type) {
        return SignalRStartup.class.isAssignableFrom(type)
                && !type.isInterface()
                && !Modifier.isAbstract(type.getModifiers());
    }

    private static SignalRStartup create(Class<?> type) throws ServletException {
        try {
            return (SignalRStartup) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(
                    type.getName() + " needs a public constructor without parameters to be a SignalRStartup.", e);
        }
    }
}
