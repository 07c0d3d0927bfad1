package io.hubwire.kit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    private final LeakAudit audit = LeakAudit.ofThreads("kit-proxy");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocket listener;
    private FaultProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        listener.setSoTimeout(10_000);
        connectThrough(connection -> {});
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        audit.verify();
    }

    @Test
    void bytes_comeThroughBothWays_andSoDoTheEnds() throws IOException {
        client.getOutputStream().write(HELLO);
        assertThat(server.getInputStream().readNBytes(5)).isEqualTo(HELLO);
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);

        server.getOutputStream().write(HELLO);
        server.close();

        assertThat(client.getInputStream().readAllBytes()).isEqualTo(HELLO);
        await().until(() -> proxy.connections().isEmpty());
    }

    @Test
    void aLot_comesThroughWholeToASlowReader() throws IOException, InterruptedException {
        byte[] sent = new byte[4 << 20];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        Thread writer = new Thread(() -> writeAll(server, sent));
        writer.start();

        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        writer.join();
    }

    @Test
    void connections_areSpreadOverTheTargetsInTurn() throws IOException {
        ServerSocket second = keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        List<Integer> targets = new ArrayList<>();
        CountDownLatch told = new CountDownLatch(4);
        FaultProxy balancer =
                keep(FaultProxy.start(List.of(listener.getLocalPort(), second.getLocalPort()), connection -> {
                    targets.add(connection.target());
                    told.countDown();
                }));
        for (int i = 0; i < 4; i++) {
            keep(new Socket(InetAddress.getLoopbackAddress(), balancer.port()));
        }

        await().until(() -> told.getCount() == 0);
        assertThat(targets)
                .containsExactly(
                        listener.getLocalPort(), second.getLocalPort(), listener.getLocalPort(), second.getLocalPort());
    }

    @Test
    void cut_isAResetForBoth() {
        connection().cut();

        for (Socket side : List.of(client, server)) {
            assertThatThrownBy(() -> side.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.connections()).isEmpty();
    }

    @Test
    void end_isAnOrdinaryEndForBoth() throws IOException {
        connection().end();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(server.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void halfCloseTowardsServer_leavesTheOtherWayOpen() throws IOException {
        connection().halfCloseTowardsServer();

        assertThat(server.getInputStream().read()).isEqualTo(-1);
        server.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(5)).isEqualTo(HELLO);
    }

    @Test
    void halfCloseTowardsClient_leavesTheOtherWayOpen() throws IOException {
        connection().halfCloseTowardsClient();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.getOutputStream().write(HELLO);
        assertThat(server.getInputStream().readNBytes(5)).isEqualTo(HELLO);
    }

    @Test
    void swallow_letsNothingThrough_andFillsUp() throws IOException, InterruptedException {
        connection().swallow();

        Thread writer = new Thread(() -> writeAll(server, new byte[16 << 20]));
        writer.start();
        client.setSoTimeout(500);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(writer.isAlive()).isTrue();

        proxy.close();
        writer.join();
    }

    @Test
    void delay_makesEverythingLater() throws IOException {
        connection().delay(Duration.ofMillis(300));
        long sent = System.nanoTime();
        client.getOutputStream().write(HELLO);

        assertThat(server.getInputStream().readNBytes(5)).isEqualTo(HELLO);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent)).isGreaterThanOrEqualTo(300);
    }

    @Test
    void throttle_limitsWhatTheClientGets() throws IOException {
        connection().throttle(20_000);
        long sent = System.nanoTime();
        server.getOutputStream().write(new byte[10_000]);

        assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent)).isGreaterThanOrEqualTo(350);
    }

    @Test
    void nobodyListens_isAResetForTheClient() throws IOException {
        ServerSocket gone = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        gone.close();
        FaultProxy toNowhere = keep(FaultProxy.to(gone.getLocalPort()));

        Socket lonely = keep(new Socket(InetAddress.getLoopbackAddress(), toNowhere.port()));

        assertThatThrownBy(() -> lonely.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    private void connectThrough(Consumer<ProxiedConnection> faults) throws IOException {
        proxy = keep(FaultProxy.start(List.of(listener.getLocalPort()), faults));
        client = keep(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
        server = keep(listener.accept());
        for (Socket side : List.of(client, server)) {
            side.setSoTimeout(10_000);
        }
    }

    private ProxiedConnection connection() {
        return proxy.connections().get(0);
    }

    private static void writeAll(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException endedBefore) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.add(0, resource);
        return resource;
    }
}
