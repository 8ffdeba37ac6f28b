package io.ehcached.replication.network;

import io.ehcached.replication.PeerSettingsException;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Properties;

/** The properties of one element of {@code ehcache.xml}, read with faults that name it. */
final class PeerProperties {
  private final String element;
  private final Properties properties;

  PeerProperties(String element, Properties properties) {
    this.element = element;
    this.properties = properties == null ? new Properties() : properties;
  }

  /** Returns a property, or null when there is nothing in it. */
  String text(String name) {
    String value = properties.getProperty(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  int number(String name, int otherwise, int min, int max) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As with a number that is too small or too large.
    }
    throw fault(name + "=" + value + " is not a whole number from " + min + " to " + max);
  }

  InetAddress anyAddress(String name, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw fault(name + "=" + host + " is not a host that this machine knows");
    }
  }

  InetAddress address(String name, String host) {
    InetAddress address = anyAddress(name, host);
    if (address.isAnyLocalAddress()) {
      throw fault(
          name + "=" + host + " is every address: write the one at which peers reach this machine");
    }
    return address;
  }

  /** Returns how peers prove themselves, as far as this element says it. */
  PeerSecurity security() {
    PeerSecurity security = PeerSecurity.none();
    String secretFile = text("secretFile");
    if (secretFile != null) {
      security = PeerSecurity.fromSecretFile(Path.of(secretFile));
    }
    String keyStore = text("tlsKeyStore");
    String trustStore = text("tlsTrustStore");
    String passwordFile = text("tlsPasswordFile");
    if (keyStore == null && trustStore == null && passwordFile == null) {
      return security;
    }
    if (keyStore == null || trustStore == null || passwordFile == null) {
      throw fault("TLS takes all three of tlsKeyStore, tlsTrustStore and tlsPasswordFile");
    }
    return security.and(
        PeerSecurity.tls(
            new TlsFiles(Path.of(keyStore), Path.of(trustStore), Path.of(passwordFile))));
  }

  PeerSettingsException fault(String text) {
    return new PeerSettingsException(element + ": " + text);
  }
}
