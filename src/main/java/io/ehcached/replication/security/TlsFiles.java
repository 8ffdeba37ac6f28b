package io.ehcached.replication.security;

import java.nio.file.Path;

/**
 * The files that mutual TLS between peers is made of.
 *
 * @param keyStore this node's key and certificate (PKCS12 or JKS)
 * @param trustStore the authorities that peers' certificates must come from, and no others
 * @param passwordFile holds the password of both stores
 */
public record TlsFiles(Path keyStore, Path trustStore, Path passwordFile) {}
