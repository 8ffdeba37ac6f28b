package io.ehcached.clients;

import io.ehcached.support.Certificates;
import io.ehcached.support.NodeProcess;
import java.io.IOException;
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
    try (NodeProcess node = NodeProcess.startAlone("-Y", users.toString())) {
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
    Certificates made =
        Certificates.in(directory)
            .openssl(
                "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 30"
                    + " -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
                    + " -out certificate.pem -keyout key.pem");
    Path certificate = made.file("certificate.pem");
    String files = "ssl_chain_cert=" + certificate + ",ssl_key=" + made.file("key.pem");
    try (NodeProcess node = NodeProcess.startAlone("-Z", "-o", files)) {
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

  private static TestAbortedException skip(String reason) {
    System.out.println("skipped: " + reason);
    return new TestAbortedException(reason);
  }
}
