package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.hosting.HostRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HubPipelineTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    @HubName("demo")
    public static class DemoHub extends Hub {
        public String echo(String text) {
            return text;
        }

        public int number(int number) {
            return number;
        }

        public void fail() {
            throw new IllegalStateException("failed inside");
        }

        public CompletionStage<Void> failLater() {
            return CompletableFuture.failedStage(new IllegalStateException("failed inside later"));
        }

        public CompletionStage<Void> tell() {
            return clients().all().invoke("signal", "g");
        }

        @Override
        public CompletionStage<?> onConnected() {
            context().items().put("connected", "yes");
            return null;
        }

        @Override
        public CompletionStage<?> onReconnected() {
            context().items().put("reconnected", "yes");
            return null;
        }

        @Override
        public CompletionStage<?> onDisconnected(boolean stopCalled) {
            context().items().put("disconnected", stopCalled);
            return null;
        }
    }

    /** Writes down every hook. */
    private class Recorder extends HubPipelineModule {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        private void note(String hook) {
            log.add(name + " " + hook);
        }

        @Override
        protected boolean onBeforeIncoming(HubIncomingContext context) {
            note("> " + context.hub().name() + "." + context.method().name() + context.arguments());
            return true;
        }

        @Override
        protected Object onAfterIncoming(Object result, HubIncomingContext context) {
            note("< " + result);
            return result;
        }

        @Override
        protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {
            note("! " + exception.error().getMessage());
        }

        @Override
        protected boolean onBeforeOutgoing(HubOutgoingContext context) {
            note("> " + context.method() + context.arguments() + " to " + context.signals());
            return true;
        }

        @Override
        protected void onAfterOutgoing(HubOutgoingContext context) {
            note("< " + context.method());
        }

        @Override
        protected boolean onBeforeConnect(HubEventContext context) {
            note("> connect " + context.hub().name() + " " + context.caller().connectionId());
            return true;
        }

        @Override
        protected void onAfterConnect(HubEventContext context) {
            note("< connect");
        }

        @Override
        protected boolean onBeforeReconnect(HubEventContext context) {
            note("> reconnect");
            return true;
        }

        @Override
        protected void onAfterReconnect(HubEventContext context) {
            note("< reconnect");
        }

        @Override
        protected boolean onBeforeDisconnect(HubEventContext context, boolean stopCalled) {
            note("> disconnect " + stopCalled);
            return true;
        }

        @Override
        protected void onAfterDisconnect(HubEventContext context, boolean stopCalled) {
            note("< disconnect " + stopCalled);
        }

        @Override
        protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
            note("? " + hub.name());
            return true;
        }
    }

    private final HubKit kit = HubKit.of(DemoHub.class);

    private String call(String method, String args) {
        return kit.call("{\"H\":\"demo\",\"M\":\"" + method + "\",\"A\":[" + args + "],\"I\":0}");
    }

    private void add(HubPipelineModule... modules) {
        for (HubPipelineModule module : modules) {
            kit.deployment().hubPipeline().addModule(module);
        }
    }

    /* --- order --- */

    @Test
    void modules_aroundACall_areNestedInTheOrderTheyWereAdded() {
        add(new Recorder("outer"), new Recorder("inner"));

        assertThat(call("echo", "\"x\"")).isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
        assertThat(log).containsExactly("outer > demo.echo[x]", "inner > demo.echo[x]", "inner < x", "outer < x");
    }

    @Test
    void modules_aroundAClientCall_areNestedInTheOrderTheyWereAdded() {
        add(new Recorder("outer"), new Recorder("inner"));

        kit.deployment()
                .connectionManager()
                .hubContext(DemoHub.class)
                .clients()
                .all()
                .invoke("signal", "g");

        assertThat(log)
                .containsExactly(
                        "outer > signal[g] to [h-demo]",
                        "inner > signal[g] to [h-demo]",
                        "inner < signal",
                        "outer < signal");
    }

    @Test
    void modules_aroundEvents_areNestedInTheOrderTheyWereAdded() {
        add(new Recorder("outer"), new Recorder("inner"));
        var request = kit.request("demo");
        kit.endpoint().onConnected(request).toCompletableFuture().join();
        kit.endpoint().onReconnected(request).toCompletableFuture().join();
        kit.endpoint().onDisconnected(request, true).toCompletableFuture().join();

        assertThat(log)
                .containsExactly(
                        "outer ? demo",
                        "inner ? demo",
                        "outer > connect demo " + HubKit.CONNECTION,
                        "inner > connect demo " + HubKit.CONNECTION,
                        "inner < connect",
                        "outer < connect",
                        "outer > reconnect",
                        "inner > reconnect",
                        "inner < reconnect",
                        "outer < reconnect",
                        "outer > disconnect true",
                        "inner > disconnect true",
                        "inner < disconnect true",
                        "outer < disconnect true");
        assertThat(request.items()).containsKeys("connected", "reconnected").containsEntry("disconnected", true);
    }

    /* --- errors --- */

    @Test
    void onIncomingError_seesWhatFailed_fromTheInsideOut() {
        add(new Recorder("outer"), new Recorder("inner"));
        call("fail", "");
        call("failLater", "");
        call("NoSuchMethod", "");

        assertThat(log)
                .filteredOn(line -> line.contains("!"))
                .containsExactly(
                        "inner ! failed inside",
                        "outer ! failed inside",
                        "inner ! failed inside later",
                        "outer ! failed inside later",
                        "inner ! 'NoSuchMethod' method could not be resolved. No method found with that name.",
                        "outer ! 'NoSuchMethod' method could not be resolved. No method found with that name.");
    }

    @Test
    void onIncomingError_isNotTold_ofArgumentsThatDoNotFit() {
        add(new Recorder("module"));

        assertThat(call("number", "\"x\"")).contains("\"E\":");
        assertThat(log).isEmpty();
    }

    private static HubPipelineModule onError(java.util.function.Consumer<ExceptionContext> reaction) {
        return new HubPipelineModule() {
            @Override
            protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {
                reaction.accept(exception);
            }
        };
    }

    @Test
    void onIncomingError_thatReplacesTheError_isHeardOutsideAndByTheClient() {
        add(new Recorder("outer"), onError(exception -> exception.setError(new HubException("for you", "data"))));

        assertThat(call("fail", "")).isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"for you\",\"D\":\"data\"}");
        assertThat(log).contains("outer ! for you");
    }

    @Test
    void onIncomingError_thatSetsAResult_answersTheCallWithIt() {
        add(new Recorder("outer"), onError(exception -> exception.setResult("mended")));

        assertThat(call("failLater", "")).isEqualTo("{\"R\":\"mended\",\"I\":\"0\"}");
        assertThat(log).contains("outer < mended");
    }

    @Test
    void onIncomingError_thatSetsNullAsResult_answersTheCallWithNone() {
        add(onError(exception -> exception.setResult(null)));

        assertThat(call("fail", "")).isEqualTo("{\"I\":\"0\"}");
    }

    @Test
    void onIncomingError_thatSetsAResultAndThenAnError_fails() {
        add(onError(exception -> {
            exception.setResult("mended");
            exception.setError(new HubException("after all"));
        }));

        assertThat(call("fail", "")).isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"after all\"}");
        assertThatNullPointerException().isThrownBy(() -> new ExceptionContext(new HubException("x")).setError(null));
    }

    /* --- stopping --- */

    private static final class Wall extends HubPipelineModule {
        @Override
        protected boolean onBeforeIncoming(HubIncomingContext context) {
            return false;
        }

        @Override
        protected boolean onBeforeOutgoing(HubOutgoingContext context) {
            return false;
        }

        @Override
        protected boolean onBeforeConnect(HubEventContext context) {
            return false;
        }

        @Override
        protected boolean onBeforeReconnect(HubEventContext context) {
            return false;
        }

        @Override
        protected boolean onBeforeDisconnect(HubEventContext context, boolean stopCalled) {
            return false;
        }
    }

    @Test
    void before_returningFalse_stopsCallsAndEvents() {
        add(new Wall());
        var request = kit.request("demo");
        kit.endpoint().onConnected(request).toCompletableFuture().join();
        kit.endpoint().onReconnected(request).toCompletableFuture().join();
        kit.endpoint().onDisconnected(request, false).toCompletableFuture().join();

        assertThat(call("fail", "")).isEqualTo("{\"I\":\"0\"}");
        assertThat(request.items()).isEmpty();
        assertThat(kit.deployment()
                        .connectionManager()
                        .hubContext("demo")
                        .clients()
                        .all()
                        .invoke("signal"))
                .isCompleted();
        assertThat(kit.publisher().published()).isEmpty();
    }

    @Test
    void before_thatThrows_isAHubError() {
        add(new Recorder("outer"), new HubPipelineModule() {
            @Override
            protected boolean onBeforeIncoming(HubIncomingContext context) {
                throw new HubException("not so fast");
            }
        });

        assertThat(call("echo", "\"x\"")).isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"not so fast\"}");
        assertThat(log).contains("outer ! not so fast");
    }

    @Test
    void after_thatChangesTheResult_changesTheAnswer() {
        add(new HubPipelineModule() {
            @Override
            protected Object onAfterIncoming(Object result, HubIncomingContext context) {
                return result + "!";
            }
        });

        assertThat(call("echo", "\"x\"")).isEqualTo("{\"R\":\"x!\",\"I\":\"0\"}");
    }

    @Test
    void build_thatWrapsAStage_replacesItAltogether() {
        add(new HubPipelineModule() {
            @Override
            public Function<HubIncomingContext, CompletionStage<?>> buildIncoming(
                    Function<HubIncomingContext, CompletionStage<?>> next) {
                return context -> CompletableFuture.completedStage("instead");
            }
        });

        assertThat(call("fail", "")).isEqualTo("{\"R\":\"instead\",\"I\":\"0\"}");
    }

    @Test
    void before_returningFalse_keepsModulesInsideOutAndTellsThoseOutsideOfNoResult() {
        add(new Recorder("outer"), new Wall(), new Recorder("inner"));
        var request = kit.request("demo");
        kit.endpoint().onConnected(request).toCompletableFuture().join();
        call("echo", "\"x\"");
        kit.deployment().connectionManager().hubContext("demo").clients().all().invoke("signal");

        assertThat(log)
                .containsExactly(
                        "outer ? demo",
                        "inner ? demo",
                        "outer > connect demo " + HubKit.CONNECTION,
                        "outer < connect",
                        "outer > demo.echo[x]",
                        "outer < null",
                        "outer > signal[] to [h-demo]",
                        "outer < signal");
    }

    @Test
    void before_thatThrowsAtAnEvent_failsTheEvent() {
        add(new Recorder("outer"), new HubPipelineModule() {
            @Override
            protected boolean onBeforeConnect(HubEventContext context) {
                throw new IllegalStateException("no entry");
            }
        });
        var request = kit.request("demo");

        assertThat(kit.endpoint().onConnected(request)).isCompletedExceptionally();
        assertThat(request.items()).isEmpty();
        assertThat(log).doesNotContain("outer < connect");
    }

    @Test
    void after_thatThrows_isAnErrorForTheModulesOutside() {
        add(new Recorder("outer"), new HubPipelineModule() {
            @Override
            protected Object onAfterIncoming(Object result, HubIncomingContext context) {
                throw new HubException("not this result");
            }
        });

        assertThat(call("echo", "\"x\"")).isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"not this result\"}");
        assertThat(log).containsExactly("outer > demo.echo[x]", "outer ! not this result");
    }

    /* --- taking part --- */

    @Test
    void onBeforeAuthorizeConnect_returningFalse_deniesTheHubAndAsksNobodyInside() {
        add(
                new Recorder("outer"),
                new HubPipelineModule() {
                    @Override
                    protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
                        return false;
                    }
                },
                new Recorder("inner"));

        assertThat(kit.endpoint().admit(FakeRequest.withHubs("demo"))).isInstanceOf(Admission.Denied.class);
        assertThat(log).containsExactly("outer ? demo");
    }

    @Test
    void buildRejoiningGroups_leavesOutGroups_outermostLast() {
        add(rejoining("outer", "a"), rejoining("inner", "b"));

        List<String> rejoined = kit.endpoint()
                .rejoin(kit.request("demo"), List.of("hg-demo.a", "hg-demo.b", "hg-demo.c", "hg-other.c"));

        assertThat(log).containsExactly("inner [a, b, c]", "outer [a, c]");
        assertThat(rejoined).containsExactly("hg-demo.c");
    }

    /** Asks what is inside first, then takes one group out. */
    private HubPipelineModule rejoining(String name, String unwanted) {
        return new HubPipelineModule() {
            @Override
            public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
                return (hub, request, groups) -> {
                    List<String> left = next.rejoin(hub, request, groups);
                    log.add(name + " " + left);
                    return left.stream()
                            .filter(group -> !group.equals(unwanted))
                            .toList();
                };
            }
        };
    }

    @HubName("closed")
    @Authorize
    public static class ClosedHub extends Hub {
        public void call() {}
    }

    @Test
    void declaredAuthorization_isOutermost_deniesCallsFirstAndConnectionsLast() {
        HubKit closed = HubKit.of(ClosedHub.class);
        closed.deployment().hubPipeline().addModule(new Recorder("module"));

        assertThat(closed.endpoint().admit(FakeRequest.withHubs("closed"))).isInstanceOf(Admission.Denied.class);
        assertThat(closed.call("{\"H\":\"closed\",\"M\":\"call\",\"A\":[],\"I\":0}"))
                .contains("\"E\":");
        assertThat(log).as("asked about the connection, not of the call").containsExactly("module ? closed");
    }

    /* --- adding --- */

    @Test
    void addModule_afterFirstUse_isRefused() {
        add(new Recorder("in time"));
        call("echo", "\"x\"");

        assertThatIllegalStateException()
                .isThrownBy(() -> add(new Recorder("late")))
                .withMessage("Unable to add module. The HubPipeline has already been invoked.");
        assertThat(catchThrowable(() -> add((HubPipelineModule) null))).isInstanceOf(NullPointerException.class);
    }
}
