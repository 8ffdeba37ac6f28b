package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.support.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
  @TempDir static Path directory;
  private static Certificates files;

  @BeforeAll
  static void make() throws IOException {
    files = Certificates.in(directory).authority("ca").signed("server", "ca").authority("other");
    files
        .openssl("ec -in server.key -out sec1.key")
        .openssl("ecparam -name prime256v1 -out curve.pem")
        .concat("sec1curve.key", "curve.pem", "sec1.key")
        .openssl("pkcs8 -topk8 -in server.key -out locked.key -passout pass:secret")
        .openssl("ec -in server.key -aes128 -out locked1.key -passout pass:secret")
        .openssl("pkey -in server.key -outform DER -out der.key")
        .openssl("req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -subj /CN=rsa -out rsa.pem")
        .openssl("rsa -in rsa.key -traditional -out pkcs1.key")
        .openssl("req -x509 -newkey ed25519 -nodes -keyout ed.key -subj /CN=ed -out ed.pem")
        .openssl("x509 -in server.pem -outform DER -out der.pem")
        .openssl("dsaparam -genkey -noout -out dsa.key 2048")
        .openssl("req -x509 -key dsa.key -subj /CN=dsa -out dsa.pem")
        .concat("chain.pem", "server.pem", "ca.pem")
        .concat("reversed.pem", "ca.pem", "server.pem")
        .concat("both.pem", "server.key", "chain.pem");
    String key = Files.readString(files.file("server.key"));
    Files.writeString(files.file("cut.key"), key.substring(0, 90) + "\n-----END PRIVATE KEY-----");
    Files.writeString(files.file("garbled.key"), key.replaceFirst("\nM", "\n*"));
    Files.writeString(files.file("notes.txt"), "remember to make a key\n");
    Files.createDirectory(files.file("folder"));
  }

  private static Credentials load(String chain, String key) throws TlsException {
    return Credentials.load(settings(chain, key, "ca.pem"));
  }

  private static TlsSettings settings(String chain, String key, String ca) {
    return new TlsSettings(
        files.file(chain),
        key == null ? null : files.file(key),
        ClientCertificates.REQUIRED,
        files.file(ca),
        List.of(),
        2,
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "chain.pem, server.key, EC",
    "chain.pem, sec1.key, EC",
    "chain.pem, sec1curve.key, EC",
    "both.pem,, EC",
    "rsa.pem, rsa.key, RSA",
    "rsa.pem, pkcs1.key, RSA",
    "ed.pem, ed.key, EdDSA"
  })
  void load_readsWhatOpensslWrites(String chain, String key, String algorithm) throws Exception {
    Credentials credentials = load(chain, key);

    assertThat(credentials.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(credentials.chain())
        .hasSize(chain.equals("rsa.pem") || chain.equals("ed.pem") ? 1 : 2);
    assertThat(credentials.authorities()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "none.pem, server.key, ssl_chain_cert=, there is no such file",
    "chain.pem, none.key, ssl_key=, there is no such file",
    "folder, server.key, ssl_chain_cert=, is a directory",
    "notes.txt, server.key, ssl_chain_cert=, no PEM block",
    "chain.pem, der.key, ssl_key=, openssl pkey",
    "chain.pem, locked.key, ssl_key=, openssl pkey -in",
    "chain.pem, locked1.key, ssl_key=, openssl pkey -in",
    "chain.pem, cut.key, ssl_key=, damaged",
    "chain.pem, garbled.key, ssl_key=, damaged",
    "dsa.pem, dsa.key, ssl_key=, 'neither RSA, EC nor Ed25519'",
    "der.pem, server.key, ssl_chain_cert=, openssl x509 -inform DER",
    "ed.pem, server.key, ssl_key=, is not the key of the first certificate",
    "chain.pem, other.key, ssl_key=, is not the key of the first certificate",
    "chain.pem, rsa.key, ssl_key=, is not the key of the first certificate",
    "reversed.pem, server.key, ssl_key=, put the server's own certificate first",
    "chain.pem,, ssl_chain_cert=, name the file that has it with ssl_key=<file>",
    "server.key, server.key, ssl_chain_cert=, no certificate"
  })
  void load_namesTheFileAndTheTrouble(String chain, String key, String option, String trouble) {
    assertThatThrownBy(() -> load(chain, key))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith(option)
        .hasMessageContaining(trouble);
  }

  @Test
  void load_saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> Credentials.load(settings("notes.txt", "locked.key", "none.pem")))
        .isInstanceOfSatisfying(
            TlsException.class,
            e ->
                assertThat(e.faults())
                    .extracting(fault -> fault.split("=", -1)[0])
                    .containsExactly("ssl_chain_cert", "ssl_key", "ssl_ca_cert"));
  }

  @Test
  void load_withAuthoritiesThatAreNone_namesTheirFile() {
    assertThatThrownBy(() -> Credentials.load(settings("chain.pem", "server.key", "server.key")))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith("ssl_ca_cert=");
  }

  @Test
  void concern_isWhenTheCertificateIsNotValid() throws Exception {
    Credentials credentials = load("chain.pem", "server.key");

    assertThat(credentials.concern(Instant.now())).isNull();
    assertThat(credentials.concern(Instant.now().plus(Duration.ofDays(11)))).contains("expired");
    assertThat(credentials.concern(Instant.now().minus(Duration.ofDays(1)))).contains("valid from");
  }
}
