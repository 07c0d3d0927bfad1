package io.hubwire.load;

import java.util.ArrayList;
import java.util.List;

/** Main class: measures both servers in turn and prints what it saw. */
public final class LoadTool {
    private LoadTool() {}

    /** Measures with the options given, see {@link LoadOptions#parse}. */
    public static void main(String[] args) throws Exception {
        LoadOptions options = LoadOptions.parse(args);
        System.out.println(options + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version() + ", server flags " + ServerProcess.JVM_FLAGS);
        if (options.measure() == Measure.CALLS) {
            calls(options);
        } else {
            deliveries(options);
        }
    }

    private static void calls(LoadOptions options) throws Exception {
        System.out.println(CallFigures.HEAD);
        List<CallFigures> bare = new ArrayList<>();
        List<CallFigures> hubwire = new ArrayList<>();
        for (int pass = 0; pass < options.passes(); pass++) {
            bare.add(measureCalls("bare", Dialer.bare(options), options));
            hubwire.add(measureCalls("hubwire", Dialer.signalR(options), options));
        }
        System.out.println(CallFigures.median(hubwire).ratioTo(CallFigures.median(bare)));
    }

    private static CallFigures measureCalls(String kind, Dialer dialer, LoadOptions options) throws Exception {
        CallFigures figures = CallPass.run(kind, dialer, options);
        System.out.println(figures.row(kind));
        return figures;
    }

    private static void deliveries(LoadOptions options) throws Exception {
        System.out.println("|          | CPU µs/d | saturated/s  | p50 ms  | p99 ms  | heap kB/c | lost  |");
        System.out.println("| -------- | -------- | ------------ | ------- | ------- | --------- | ----- |");
        List<Figures> bare = new ArrayList<>();
        List<Figures> hubwire = new ArrayList<>();
        for (int pass = 0; pass < options.passes(); pass++) {
            bare.add(measure("bare", Dialer.bare(options), options));
            hubwire.add(measure("hubwire", Dialer.signalR(options), options));
        }
        System.out.println(Figures.median(hubwire).ratioTo(Figures.median(bare)));
    }

    private static Figures measure(String kind, Dialer dialer, LoadOptions options) throws Exception {
        Figures figures = Pass.run(kind, dialer, options);
        System.out.println(figures.row(kind));
        return figures;
    }
}
