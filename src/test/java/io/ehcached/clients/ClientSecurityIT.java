package io.ehcached.clients;

import io.ehcached.support.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** Clients that people use, saying who they are, and over TLS. */
class ClientSecurityIT {
  private static final String CREDENTIALS = "alice:secret";

  @ParameterizedTest
  @CsvSource({
    "PYTHON, log_in.py",
    "RUBY, log_in.rb",
    "PHP, log_in.php",
    "NODE, log_in.js",
    "JAVA, LogIn"
  })
  void clientSaysWhoItIs(ScriptLanguage language, String script) throws IOException {
    Path users = Files.createTempFile("users", "");
    Files.writeString(users, CREDENTIALS + "\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    try (NodeProcess node = start("-Y", users.toString())) {
      run(language, script, node, CREDENTIALS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PYTHON, over_tls.py",
    "RUBY, over_tls.rb",
    "RUBY_WITH_DALLI_5, over_tls.rb",
    "NODE, over_tls.js"
  })
  void clientSpeaksTls(ScriptLanguage language, String script) throws Exception {
    Path directory = Files.createTempDirectory("tls");
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    makeCertificate(certificate, key);
    String files = "ssl_chain_cert=" + certificate + ",ssl_key=" + key;
    try (NodeProcess node = start("-Z", "-o", files)) {
      run(language, script, node, certificate.toString());
    }
  }

  private static void run(ScriptLanguage language, String script, NodeProcess node, String last) {
    List<String> command;
    try {
      command = new ArrayList<>(language.command(script));
      command.addAll(List.of("127.0.0.1:" + node.port(), last));
      ScriptRun.of(command, () -> {}).assertPassed();
    } catch (MissingException e) {
      throw skip(e.getMessage());
    }
  }

  private static NodeProcess start(String... options) {
    try {
      return NodeProcess.startAlone(options);
    } catch (AssertionError e) {
      if (e.getMessage().contains("is not served yet")) { // until it is
        throw skip("the node knows no " + options[0] + " yet");
      }
      throw e;
    }
  }

  private static void makeCertificate(Path certificate, Path key) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
    command.addAll(List.of("-days", "30", "-subj", "/CN=localhost"));
    command.addAll(List.of("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
    command.addAll(List.of("-out", certificate.toString(), "-keyout", key.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("openssl failed: " + told);
      }
    } catch (IOException e) {
      throw skip("openssl is not installed (apt-get install openssl): " + e.getMessage());
    }
  }

  private static TestAbortedException skip(String reason) {
    System.out.println("skipped: " + reason);
    return new TestAbortedException(reason);
  }
}
