package io.hubwire.load.soak;

import io.hubwire.push.kit.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Someone who is signed in.
 *
 * @param authorization the value of the header
 * @param followed the names of those whose files this one hears of
 */
record Person(String name, String authorization, Set<String> followed) {
    private static final int AT_A_TIME = 8;

    /** Who can sign in, as in a file of accounts. */
    record Account(String name, String password) {}

    static List<Account> accounts(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(";", 3))
                .map(fields -> new Account(fields[0], fields[2]))
                .toList();
    }

    /** Signs them all in, and lets each follow so many of those behind in the list, the last ones the first. */
    static List<Person> signIn(URI server, List<Account> accounts, int follows) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Person>> people = IntStream.range(0, accounts.size())
                    .mapToObj(i ->
                            threads.submit(() -> signIn(server, accounts.get(i), namesBehind(accounts, i, follows))))
                    .toList();
            return people.stream().map(Person::result).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> namesBehind(List<Account> accounts, int place, int count) {
        return IntStream.rangeClosed(place + 1, place + count)
                .mapToObj(i -> accounts.get(i % accounts.size()).name())
                .collect(Collectors.toSet());
    }

    private static Person signIn(URI server, Account account, Set<String> followed) throws Exception {
        ApiClient api = ApiClient.signIn(server, account.name(), account.password());
        for (String name : followed) {
            int status =
                    api.put("/api/follows/" + name, "{\"categories\":null}").status();
            if (status != 204) {
                throw new IOException(account.name() + " cannot follow " + name + ": " + status);
            }
        }
        return new Person(account.name(), "Bearer " + api.token(), followed);
    }

    private static Person result(Future<Person> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("nobody can sign in: " + failure.getCause(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
