package io.ehcached.monitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final int MILLIS = 30_000;

  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private void start(int maxSeconds) throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(
                new Route("GET", "/a", "says a", caller -> reply("a")),
                new Route("POST", "/b", "says b", caller -> reply("b " + caller.page())),
                new Route("GET", "/own", "", caller -> reply("" + caller.isOnThisMachine())),
                new Route(
                    "GET",
                    "/wrong",
                    "",
                    caller -> {
                      throw new IllegalStateException("secret");
                    })),
            List.of("Node1.example.org"),
            maxSeconds);
  }

  private static CompletableFuture<HttpReply> reply(String text) {
    return CompletableFuture.completedFuture(HttpReply.text(200, text));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(MILLIS);
    sockets.add(socket);
    return socket;
  }

  private String ask(String request) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private String ask(String method, String path) throws IOException {
    return ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  @Test
  void pages_areFoundByMethodAndPath() throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET", "/a?x=1"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-length: 2\r\n")
        .contains("\r\nconnection: close\r\n")
        .endsWith("\r\n\r\na\n");
    assertThat(ask("HEAD", "/a")).contains("\r\ncontent-length: 2\r\n").endsWith("\r\n\r\n");
    assertThat(ask("POST", "/b")).endsWith("b false\n");
    assertThat(ask("GET", "/own")).endsWith("true\n");
    assertThat(ask("GET", "/")).contains("200").contains("GET  /a").contains("POST /b");
  }

  @Test
  void whatThereIsNot_isToldWithWhatThereIs() throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET", "/c")).startsWith("HTTP/1.1 404 ").contains("GET  /a");
    assertThat(ask("POST", "/a")).startsWith("HTTP/1.1 405 ").contains("/a takes GET, HEAD\n");
    assertThat(ask("GET", "/b")).contains(" 405 ").contains("Allow: POST\r\n");
    assertThat(ask("DELETE", "/")).contains(" 405 ");
  }

  @Test
  void aPageInABrowser_isKnownByItsHeaders() throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("POST /b HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\n\r\n"))
        .endsWith("b true\n");
    assertThat(ask("POST /b HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n\r\n"))
        .endsWith("b true\n");
  }

  @Test
  void aFault_isNotShown() throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET", "/wrong")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
    assertThat(ask("GET", "/a")).endsWith("a\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:11280",
        "10.0.0.5",
        "[::1]:11280",
        "localhost:80",
        "LOCALHOST",
        "node1.example.org.",
        "node1.example.org:11280"
      })
  void askedByItsAddressOrName_itAnswers(String host) throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).endsWith("a\n");
    assertThat(ask("GET /a HTTP/1.0\r\n\r\n")).endsWith("a\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:11280", "localhost.evil.example", "", "[::1"})
  void askedByAnotherName_itRefuses(String host) throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .contains("--admin-host");
    assertThat(ask("POST /b HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void bodyThatIsBrokenOff_isNoFault() throws IOException {
    start(HttpServer.MAX_SECONDS);
    try (CapturedLog log = CapturedLog.of(HttpHandler.class.getName())) {
      for (String head : List.of("Content-Length: 10", "Transfer-Encoding: chunked")) {
        Socket socket = connect();
        String request = "POST /b HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\n\r\n3\r\nab";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isNegative(); // the server has ended it
      }
      assertThat(log.with("ERROR")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get key\r\n", "\u0080\u0003 binary\r\n\r\n", "GET /a JUNK/9\r\n\r\n"})
  void whatIsNoRequest_isAnsweredAndEnds(String junk) throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask(junk)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void whatIsTooLong_isRefused() throws IOException {
    start(HttpServer.MAX_SECONDS);

    assertThat(ask("GET", "/" + "x".repeat(5000))).startsWith("HTTP/1.1 400 ");
    assertThat(ask("POST /b HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void whoDoesNotGoOn_makesRoomForOthers() throws IOException {
    start(HttpServer.MAX_SECONDS);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 2 * HttpServer.MAX_CONNECTIONS; i++) {
      Socket socket = connect();
      socket.getOutputStream().write("GET /a HT".getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }

    assertThat(ask("GET", "/a")).endsWith("a\n");
    for (Socket oldest : slow.subList(0, HttpServer.MAX_CONNECTIONS)) {
      assertThat(isEnded(oldest)).isTrue();
    }
    Socket youngest = slow.get(slow.size() - 1);
    youngest.getOutputStream().write("TP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(youngest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .endsWith("a\n");
  }

  @Test
  void aConnection_livesNoLongerThanItMay() throws IOException {
    start(1);
    Socket socket = connect();
    socket.getOutputStream().write("GET /a HT".getBytes(StandardCharsets.US_ASCII));

    assertThat(isEnded(socket)).isTrue();
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) { // reset
      return !(e instanceof java.net.SocketTimeoutException);
    }
  }
}
