package io.ehcached.replication.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** Key stores for tests, with certificates made by the JDK's own keytool. */
public final class TestStores {
  private static final String PASSWORD = "changeit-1";

  private final Path directory;

  /** Makes stores in {@code directory}. */
  public TestStores(Path directory) throws Exception {
    this.directory = directory;
    Files.writeString(directory.resolve("password"), PASSWORD + "\n");
  }

  /** Makes keys, each in a store of its name, with a certificate that it signs itself. */
  public TestStores keys(String... names) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String name : names) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-keystore",
                  directory.resolve(name + ".p12").toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start());
    }
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }
    return this;
  }

  /** Makes a store of the certificates that are trusted. */
  public TestStores trust(String store, String... names) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String name : names) {
      KeyStore own =
          KeyStore.getInstance(directory.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
      trusted.setCertificateEntry(name, own.getCertificate(name));
    }
    try (OutputStream out = Files.newOutputStream(directory.resolve(store + ".p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return this;
  }

  /** Returns the files of a node with one of the keys, which trusts one of the stores. */
  public TlsFiles files(String key, String trust) {
    return new TlsFiles(
        directory.resolve(key + ".p12"),
        directory.resolve(trust + ".p12"),
        directory.resolve("password"));
  }
}
