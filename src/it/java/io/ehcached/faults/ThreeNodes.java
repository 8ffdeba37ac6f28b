package io.ehcached.faults;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a cluster of three, which all of them share; each gets it whole, whatever the one
 * before has done to it.
 */
final class ThreeNodes implements BeforeEachCallback, ParameterResolver {
  private static final Namespace OURS = Namespace.create(ThreeNodes.class);

  private static Cluster cluster(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(OURS)
        .getOrComputeIfAbsent(
            Cluster.class,
            c -> Plan.of(3).region("128m").arguments("-I", "8m").start(),
            Cluster.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    cluster(context).mend();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }
}
