package io.hubwire.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.hubwire.architecture.PackageMap.Knowledge;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The rules, for any root package: {@code io.hubwire}, or one below which a violation has been planted. */
final class HouseRules {

    /** The one class of the library that binds JSON to values with JSON-B, wherever it lives. */
    private static final String JSON_BINDING = "JsonbObjectBinding";

    /** A name on the wire; hubs and applications are told which transport a client uses, and learn nothing else of it. */
    private static final String TRANSPORT_NAME = "signalr.transport.TransportKind";

    private static final Set<String> DRAWERS =
            Set.of("util", "utils", "common", "commons", "misc", "impl", "helper", "helpers", "manager", "managers");
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "com.sun.");

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    /** A package knows only the packages of ours that the map grants it, and every package is on the map. */
    ArchRule arrows() {
        return classes().should(forEachDependency("follow the arrows between packages", (dependency, events) -> {
            if (isOurs(dependency.getTargetClass())) {
                requireArrow(dependency, events);
            }
        }));
    }

    /** A package knows only the libraries that the map grants it. */
    ArchRule libraries() {
        return classes().should(forEachDependency("know only their libraries", (dependency, events) -> {
            if (!isOurs(dependency.getTargetClass())) {
                requireLibrary(dependency, events);
            }
        }));
    }

    ArchRule cycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** A name that says nothing attracts everything. */
    ArchRule drawers() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        DRAWERS.stream().map(name -> ".." + name + "..").toArray(String[]::new));
    }

    /** Entities and their manager stay in the store. */
    ArchRule persistence() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".push.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..");
    }

    /** The application runs in any container; only the embedded server knows which one that is. */
    ArchRule container() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".push.boot.embedded")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.catalina..", "org.apache.tomcat..", "org.apache.coyote..");
    }

    /** Only a command line talks to its terminal, and the trace listener that an operator has asked for by name. */
    ArchRule standardStreams() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".push.boot.embedded")
                .and()
                .doNotHaveFullyQualifiedName(root + ".signalr.hub.HubProxyGenerator")
                .and()
                .doNotHaveFullyQualifiedName(root + ".push.boot.ConfigCheck")
                .and()
                .doNotHaveFullyQualifiedName(root + ".signalr.tracing.ConsoleSink")
                .should(ACCESS_STANDARD_STREAMS);
    }

    /** {@link System.Logger} is the one way to log; what it goes to is the operator's choice. */
    ArchRule logging() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".push.boot.embedded")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..", "org.apache.juli..");
    }

    List<ArchRule> all() {
        return List.of(
                arrows(), libraries(), cycles(), drawers(), persistence(), container(), standardStreams(), logging());
    }

    private void requireArrow(Dependency dependency, ConditionEvents events) {
        String from = nameInHouse(dependency.getOriginClass());
        String to = nameInHouse(dependency.getTargetClass());
        Knowledge knowledge = PackageMap.house().get(from);
        if (knowledge == null) {
            events.add(SimpleConditionEvent.violated(dependency, from + " is not on the map of packages"));
        } else if (!from.equals(to) && !knowledge.packages().contains(to) && !isSharedValue(dependency)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
        }
    }

    private void requireLibrary(Dependency dependency, ConditionEvents events) {
        String library = dependency.getTargetClass().getBaseComponentType().getPackageName();
        boolean partOfTheJdk = library.isEmpty() || JDK.stream().anyMatch(library::startsWith);
        if (!partOfTheJdk && !mayKnow(dependency.getOriginClass(), library)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
        }
    }

    private boolean mayKnow(JavaClass origin, String library) {
        Knowledge knowledge = PackageMap.house().get(nameInHouse(origin));
        boolean binding = library.startsWith("jakarta.json.bind")
                && outermost(origin).getSimpleName().equals(JSON_BINDING);
        return binding || (knowledge != null && knowledge.allowsLibrary(library));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRules::outermost).orElse(type);
    }

    private boolean isSharedValue(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getName().equals(root + "." + TRANSPORT_NAME);
    }

    private boolean isOurs(JavaClass type) {
        return type.getBaseComponentType().getPackageName().startsWith(root + ".");
    }

    private String nameInHouse(JavaClass type) {
        return type.getBaseComponentType().getPackageName().substring(root.length() + 1);
    }

    private static ArchCondition<JavaClass> forEachDependency(
            String description, BiConsumer<Dependency, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                origin.getDirectDependenciesFromSelf().forEach(dependency -> check.accept(dependency, events));
            }
        };
    }
}
