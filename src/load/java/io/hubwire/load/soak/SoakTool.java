package io.hubwire.load.soak;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** Main class: keeps the application under load for a while, prints a table, and says whether the rules were kept. */
public final class SoakTool {
    private static final int RULES_BROKEN = 1;
    private static final int CLASSES_TO_SHOW = 25;

    private SoakTool() {}

    /** Runs with the options given, see {@link SoakOptions#parse}. Ends the JVM, with 0 if every rule was kept and 1 if not. */
    public static void main(String[] args) throws Exception {
        // Shorter than the server keeps an idle connection, or a request would now and then meet its end.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        List<String> broken = run(SoakOptions.parse(args));
        broken.forEach(rule -> System.out.println("BROKEN: " + rule));
        System.out.println(broken.isEmpty() ? "All rules were kept." : broken.size() + " complaints.");
        System.exit(broken.isEmpty() ? 0 : RULES_BROKEN);
    }

    /** Runs, and returns which rules were broken, in words. */
    static List<String> run(SoakOptions options) throws Exception {
        System.out.println(
                options + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version());
        if (options.server() instanceof SoakOptions.Server.Running running) {
            List<Person.Account> accounts = Person.accounts(running.accounts());
            return run(options, running.uri(), running.pid(), accounts, ServerLog.unseen());
        }
        List<Person.Account> accounts = accounts(options.users());
        try (ApplicationProcess application =
                ApplicationProcess.start((SoakOptions.Server.Started) options.server(), accounts)) {
            return run(options, application.uri(), application.pid(), accounts, application);
        }
    }

    private static List<String> run(
            SoakOptions options, URI server, long pid, List<Person.Account> accounts, ServerLog log) throws Exception {
        List<Person> people = Person.signIn(server, accounts, options.follows());
        try (ServerProbe probe = ServerProbe.attach(pid);
                SoakRun run = new SoakRun(options, server, probe, log, people)) {
            SoakRun.Outcome outcome = run.run();
            List<String> broken = new SoakRules(options.growthPercent())
                    .broken(outcome.empty(), outcome.samples(), outcome.after(), outcome.complaints(), log.problems());
            if (!broken.isEmpty()) {
                System.out.println("Threads: " + probe.threadsByName());
                probe.largestClasses(CLASSES_TO_SHOW).forEach(System.out::println);
            }
            return broken;
        }
    }

    private static List<Person.Account> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Person.Account("soak" + i, "password-of-soak" + i))
                .toList();
    }
}
