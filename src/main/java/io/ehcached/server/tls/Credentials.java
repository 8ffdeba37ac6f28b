package io.ehcached.server.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server shows and asks for: its key, its certificates, and the authorities of its clients,
 * read from their files and checked.
 *
 * @param chain the server's certificate first
 * @param authorities those that clients' certificates come from; empty for none
 */
record Credentials(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
  private static final byte[] ANYTHING = {1, 2, 3};

  /** Reads something of a file, which may be wrong. */
  private interface Reading<T> {
    T read() throws TlsException;
  }

  /** Reads the files; throws when any cannot be used, or they do not belong together. */
  static Credentials load(TlsSettings settings) throws TlsException {
    List<String> faults = new ArrayList<>();
    PemFile chainFile = or(faults, () -> PemFile.read("ssl_chain_cert", settings.chainCert()));
    PemFile keyFile =
        settings.key() == null
            ? chainFile
            : or(faults, () -> PemFile.read("ssl_key", settings.key()));
    List<X509Certificate> chain =
        chainFile == null ? null : or(faults, () -> certificates(chainFile));
    PrivateKey key = keyFile == null ? null : or(faults, () -> PemKey.in(keyFile));
    if (chain != null && key != null && !belong(key, chain.get(0))) {
      faults.add(
          keyFile.name()
              + " is not the key of the first certificate in "
              + chainFile.name()
              + ", which is "
              + subject(chain.get(0))
              + "; put the server's own certificate first, and name its key");
    }
    List<X509Certificate> authorities =
        settings.caCert() == null
            ? List.of()
            : or(faults, () -> certificates(PemFile.read("ssl_ca_cert", settings.caCert())));
    if (!faults.isEmpty()) {
      throw new TlsException(faults);
    }
    return new Credentials(key, chain, authorities);
  }

  /** Returns what is read; where it is wrong, notes that, and returns null. */
  private static <T> T or(List<String> faults, Reading<T> reading) {
    try {
      return reading.read();
    } catch (TlsException e) {
      faults.addAll(e.faults());
      return null;
    }
  }

  private static List<X509Certificate> certificates(PemFile file) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemFile.Block block : file.blocks()) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(file.name(), block.bytes()));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsException(file.name() + " has no certificate (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  private static X509Certificate certificate(String name, byte[] bytes) throws TlsException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new TlsException(name + " has a certificate that is damaged; copy it anew", e);
    }
  }

  /** Tells whether what the key signs is what the certificate's owner would have signed. */
  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm(); // Edwards curves have one way each
              });
      signature.initSign(key);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // of another kind
    }
  }

  static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  Instant validUntil() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** Returns a sentence about clients that will not like the certificate, or null. */
  String concern(Instant now) {
    Instant from = chain.get(0).getNotBefore().toInstant();
    if (now.isAfter(validUntil())) {
      return "has expired on " + validUntil();
    }
    return now.isBefore(from) ? "is valid from " + from + " on only" : null;
  }
}
