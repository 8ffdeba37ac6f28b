package io.ehcached.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates, as the command {@code openssl} makes them, in a folder. */
public final class Certificates {
  private final Path directory;

  private Certificates(Path directory) {
    this.directory = directory;
  }

  /** Makes them in a folder; skips the test, saying why, where there is no openssl. */
  public static Certificates in(Path directory) {
    try {
      new ProcessBuilder("openssl", "version").start().waitFor();
    } catch (IOException e) {
      String reason = "openssl is not installed (apt-get install openssl): " + e.getMessage();
      System.out.println("skipped: " + reason);
      assumeTrue(false, reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return new Certificates(directory);
  }

  /** Returns where a file is. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Runs openssl in the folder. */
  public Certificates openssl(String arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder(("openssl " + arguments).split(" ", -1));
      Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("openssl " + arguments + ":\n" + output);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Makes {@code name.key} and {@code name.pem}, which it signs itself. */
  public Certificates authority(String name) {
    return openssl(newKey(name) + " -x509 -days 10 -out " + name + ".pem");
  }

  /** Makes {@code name.key} and {@code name.pem}, which an authority signs. */
  public Certificates signed(String name, String authority) {
    openssl(newKey(name) + " -out " + name + ".csr");
    return openssl(
        "x509 -req -in %s.csr -CA %s.pem -CAkey %s.key -CAcreateserial -days 10 -out %s.pem"
            .formatted(name, authority, authority, name));
  }

  private static String newKey(String name) {
    return "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -subj /CN=%s"
        .formatted(name, name);
  }

  /** Puts files one behind the other into one. */
  public Certificates concat(String result, String... names) {
    try {
      StringBuilder all = new StringBuilder();
      for (String name : names) {
        all.append(Files.readString(file(name)));
      }
      Files.writeString(file(result), all);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what a client needs that takes servers of one authority.
   *
   * @param certificate what it shows when asked, or null
   */
  public SSLContext client(String authority, String certificate) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", certificate(authority));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyManager[] own =
          certificate == null
              ? new KeyManager[0]
              : new KeyManager[] {
                new StubbornKeyManager(certificate(certificate), key(certificate))
              };
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509Certificate certificate(String name) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file(name + ".pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey key(String name) throws GeneralSecurityException, IOException {
    String base64 = Files.readString(file(name + ".key")).replaceAll("-----.*-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }
}
