package io.ehcached.monitor.http;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A resource of the server.
 *
 * @param method HTTP's: GET, which HEAD goes with, or POST
 * @param path from the first slash on
 * @param about what it is, in a line for people
 * @param handler answers, on the one thread there is, and does not block
 */
public record Route(
    String method,
    String path,
    String about,
    Function<Caller, CompletionStage<HttpReply>> handler) {}
