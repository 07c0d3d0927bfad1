package io.hubwire.signalr.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a {@code web.config} of ASP.NET has and nobody here needs: about compilers, modules of IIS, and frameworks of .NET. A file that comes with them is read. */
final class AspNetSections {

    private static final List<String> ROOT = List.of(
            "configSections",
            "entityFramework",
            "runtime",
            "startup",
            "system.codedom",
            "system.data",
            "system.net",
            "system.serviceModel",
            "system.transactions",
            "system.web.extensions");

    /** But for {@code authorization}, which somebody would believe to be in force. */
    private static final List<String> SYSTEM_WEB = List.of(
            "authentication",
            "browserCaps",
            "caching",
            "compilation",
            "customErrors",
            "globalization",
            "hostingEnvironment",
            "httpCookies",
            "httpHandlers",
            "httpModules",
            "httpRuntime",
            "identity",
            "machineKey",
            "membership",
            "pages",
            "processModel",
            "profile",
            "roleManager",
            "sessionState",
            "siteMap",
            "trace",
            "trust",
            "webServices");

    /** But for {@code security}, likewise. */
    private static final List<String> SYSTEM_WEB_SERVER = List.of(
            "applicationInitialization",
            "asp",
            "caching",
            "defaultDocument",
            "directoryBrowse",
            "handlers",
            "httpCompression",
            "httpErrors",
            "httpProtocol",
            "httpRedirect",
            "modules",
            "rewrite",
            "serverRuntime",
            "staticContent",
            "tracing",
            "urlCompression",
            "validation");

    /** Paths of elements that are passed over, with all that is in them. */
    static final List<String> UNUSED = Stream.of(
                    ROOT.stream(),
                    SYSTEM_WEB.stream().map("system.web/"::concat),
                    SYSTEM_WEB_SERVER.stream().map("system.webServer/"::concat))
            .flatMap(Function.identity())
            .toList();

    private AspNetSections() {}
}
