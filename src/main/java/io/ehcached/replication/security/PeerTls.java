package io.ehcached.replication.security;

import io.ehcached.replication.settings.PeerSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Mutual TLS 1.3: both ends show a certificate. Whoever has one from the trust store's authorities
 * is a peer; its host's name is not looked at. Its files can be read again. Safe for use by many
 * threads.
 */
public final class PeerTls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final TlsFiles files;
  private volatile Loaded now;

  /** What the files held. */
  private record Loaded(List<byte[]> content, SSLSocketFactory sockets, Set<Certificate> trusted) {}

  private PeerTls(TlsFiles files) {
    this.files = files;
    this.now = read(files);
  }

  static PeerTls load(TlsFiles files) {
    return new PeerTls(files);
  }

  /**
   * Reads the files again. Connections that are open go on as they are.
   *
   * @return whether they hold something else than before
   * @throws PeerSettingsException when they cannot be used; then nothing has changed
   */
  boolean refresh() {
    List<byte[]> content = content(files);
    if (Arrays.deepEquals(content.toArray(), now.content.toArray())) {
      return false;
    }
    now = read(files);
    return true;
  }

  /** Returns the certificates of all authorities that are trusted. */
  Set<Certificate> trusted() {
    return now.trusted;
  }

  private static List<byte[]> content(TlsFiles files) {
    List<byte[]> content = new ArrayList<>();
    for (Path file : List.of(files.keyStore(), files.trustStore(), files.passwordFile())) {
      try {
        content.add(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new PeerSettingsException("The peers' file " + file + " cannot be read: " + e, e);
      }
    }
    return content;
  }

  private static Set<Certificate> certificates(KeyStore store) throws KeyStoreException {
    Set<Certificate> certificates = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      certificates.add(store.getCertificate(alias));
    }
    return certificates;
  }

  private static Loaded read(TlsFiles files) {
    char[] password = password(files.passwordFile());
    List<String> faults = new ArrayList<>();
    KeyStore keys = store("key", files.keyStore(), password, faults);
    KeyStore trusted = store("trust", files.trustStore(), password, faults);
    if (!faults.isEmpty()) {
      throw new PeerSettingsException(String.join("; ", faults));
    }
    List<byte[]> content = content(files);
    try {
      KeyManagerFactory mine =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      mine.init(keys, password);
      TrustManagerFactory theirs =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      theirs.init(trusted);
      SSLContext context = SSLContext.getInstance(PROTOCOLS[0]);
      context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
      return new Loaded(content, context.getSocketFactory(), certificates(trusted));
    } catch (GeneralSecurityException e) {
      throw new PeerSettingsException(
          "TLS between peers cannot be set up from "
              + files.keyStore()
              + " and "
              + files.trustStore()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static char[] password(Path file) {
    try {
      return Files.readString(file).strip().toCharArray();
    } catch (IOException e) {
      throw new PeerSettingsException(
          "The password file of the peers' key stores, " + file + ", cannot be read: " + e, e);
    }
  }

  /** Returns a store; where it cannot be used, notes why, and returns null. */
  private static KeyStore store(String kind, Path file, char[] password, List<String> faults) {
    String what = "The peers' " + kind + " store " + file;
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password);
      if (store.size() > 0) {
        return store;
      }
      faults.add(what + " is empty");
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      faults.add(
          what
              + " cannot be read: "
              + e.getMessage()
              + "; it is to be a PKCS12 file with the password in the password file");
    }
    return null;
  }

  /** Lays the called end of TLS over a connection; nothing is read or written yet. */
  public SSLSocket server(Socket socket) throws IOException {
    SSLSocket tls = (SSLSocket) now.sockets.createSocket(socket, (InputStream) null, true);
    tls.setNeedClientAuth(true);
    tls.setEnabledProtocols(PROTOCOLS);
    return tls;
  }

  /** Lays the calling end of TLS over a connection, and proves both ends. */
  public SSLSocket client(Socket socket, String host) throws IOException {
    SSLSocket tls = (SSLSocket) now.sockets.createSocket(socket, host, socket.getPort(), true);
    tls.setEnabledProtocols(PROTOCOLS);
    tls.startHandshake();
    return tls;
  }

  TlsFiles files() {
    return files;
  }
}
